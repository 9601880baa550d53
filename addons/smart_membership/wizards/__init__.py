from . import base_partner_merge
from . import coop_membership_end
from . import coop_share_decision
from . import coop_share_extract
from . import coop_share_transfer_decision
from . import res_config_settings
