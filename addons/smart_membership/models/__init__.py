from . import (
    coop_antenna,
    coop_counter,
    coop_demo,
    coop_member_category,
    coop_member_input,
    coop_membership,
    coop_sector,
    res_partner,
)
from . import coop_service, coop_service_request, coop_service_request_member
from . import coop_service_request_route
from . import coop_member_document_kind, coop_member_document, coop_member_document_cron
from . import coop_member_document_read, coop_member_document_access
from . import ir_attachment, ir_http
