from . import coop_membership_end
