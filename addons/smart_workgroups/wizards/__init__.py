from . import coop_meeting_correction
from . import coop_meeting_correction_line
from . import coop_meeting_series
from . import coop_ethics_decline
from . import coop_translation_write
from . import coop_translation_write_line
from . import coop_indicator_report
