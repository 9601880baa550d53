from . import portal
from . import portal_budget_transfer
from . import portal_expense
from . import portal_export
from . import portal_invoice
from . import portal_invoice_form
from . import portal_statement
from . import portal_transparency
