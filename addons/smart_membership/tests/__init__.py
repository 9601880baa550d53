from . import (
    test_antenna_sector,
    test_demo,
    test_hardening,
    test_join_units,
    test_membership,
    test_number_concurrency,
    test_partner,
    test_portal,
    test_query_count,
    test_security,
    test_share_register,
    test_share_subscription,
)
