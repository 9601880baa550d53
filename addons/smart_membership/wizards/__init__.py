from . import coop_membership_end
from . import coop_share_decision
from . import coop_membership_request_accept
from . import coop_membership_request_accept_line
from . import coop_membership_request_refuse
