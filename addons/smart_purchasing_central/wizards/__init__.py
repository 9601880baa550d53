from . import coop_purchase_campaign_change
