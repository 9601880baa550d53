from . import account_statement_import
from . import coop_budget_transfer_reason
from . import coop_invoice_send_back
