from . import coop_action_report
from . import coop_recommendation_merge
from . import coop_recommendation_split
