from . import coop_invoice_send_back
