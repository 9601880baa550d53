from . import test_frozen_text
