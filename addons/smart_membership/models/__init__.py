from . import (
    account_move,
    account_move_line,
    account_partial_reconcile,
    account_payment,
    coop_antenna,
    coop_counter,
    coop_demo,
    coop_directory_entry,
    coop_directory_form,
    coop_member_category,
    coop_member_input,
    coop_membership,
    coop_membership_directory,
    coop_membership_shares,
    coop_sector,
    coop_sector_network,
    coop_share_certificate,
    coop_share_class,
    coop_share_movement,
    coop_share_movement_chain,
    coop_share_movement_extract,
    coop_share_price,
    coop_share_subscription,
    coop_share_subscription_payment,
    coop_skill,
    event_event,
    mail_group,
    res_company,
    res_partner,
)
from . import coop_service, coop_service_request, coop_service_request_member
from . import coop_service_request_route
from . import coop_member_document_kind, coop_member_document, coop_member_document_cron
from . import coop_member_document_read, coop_member_document_access
from . import ir_attachment, ir_http
