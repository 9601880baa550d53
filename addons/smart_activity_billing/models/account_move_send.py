from odoo import api, models

from odoo.addons.base.models.ir_actions_report import _wkhtml


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    @api.model
    def _prepare_invoice_pdf_report(self, invoices_data):
        """Print invoices one by one where the PDF converter cannot print several.

        Debian's converter cannot; without this, the background job would fail as soon as two
        accepted invoices wait for it.
        """
        if _wkhtml().is_patched_qt:
            return super()._prepare_invoice_pdf_report(invoices_data)
        for invoice, invoice_data in invoices_data.items():
            super()._prepare_invoice_pdf_report({invoice: invoice_data})
        return None
