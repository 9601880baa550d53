from . import base_partner_merge
from . import coop_membership_end
from . import coop_share_decision
from . import coop_share_extract
