from . import test_translation
