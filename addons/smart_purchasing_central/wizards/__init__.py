from . import coop_purchase_allocation_note
from . import coop_purchase_campaign_change
from . import coop_purchase_plan_make
from . import coop_purchase_pledge_make
from . import coop_purchase_pledge_make_line
