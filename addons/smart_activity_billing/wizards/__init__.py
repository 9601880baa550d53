from . import account_statement_import
from . import base_partner_merge
from . import coop_activity_statement_make
from . import coop_budget_transfer_reason
from . import coop_expense_refusal
from . import coop_investment_reason
from . import coop_invoice_send_back
