from . import (
    base_partner_merge,
    coop_member_document_deletion,
    coop_membership_end,
    coop_membership_request_accept,
    coop_membership_request_accept_line,
    coop_membership_request_refuse,
    coop_personal_data_erasure,
    coop_personal_data_erasure_line,
    coop_share_decision,
    coop_share_exit_year,
    coop_share_extract,
    res_config_settings,
)
