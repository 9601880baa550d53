from . import (
    coop_antenna,
    coop_counter,
    coop_demo,
    coop_member_category,
    coop_membership,
    coop_sector,
    res_partner,
)
