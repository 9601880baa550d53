from . import test_sharing
