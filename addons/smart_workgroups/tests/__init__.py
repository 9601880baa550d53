from . import test_translation
from . import test_frozen_text
