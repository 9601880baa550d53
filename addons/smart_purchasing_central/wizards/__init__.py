from . import coop_purchase_plan_make
