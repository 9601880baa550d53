from . import coop_purchase_allocation_note
from . import coop_purchase_campaign_change
