from . import coop_action_report
from . import coop_recommendation_merge
from . import coop_recommendation_split
from . import coop_meeting_correction
from . import coop_meeting_correction_line
from . import coop_meeting_series
from . import coop_translation_write
from . import coop_translation_write_line
