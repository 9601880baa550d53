from . import coop_membership_end
from . import coop_share_decision
from . import coop_share_exit_decision
from . import coop_share_exit_year
