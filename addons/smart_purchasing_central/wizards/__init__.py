from . import coop_purchase_allocation_note
