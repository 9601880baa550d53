from . import account_statement_import
from . import coop_expense_refusal
from . import coop_invoice_send_back
