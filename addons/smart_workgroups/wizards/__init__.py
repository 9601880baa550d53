from . import coop_translation_write
from . import coop_translation_write_line
