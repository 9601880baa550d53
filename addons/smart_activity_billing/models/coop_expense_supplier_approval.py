from odoo import models


class CoopExpense(models.Model):
    """What who decides by a link sees of a supplier's bill; a corrected draft is another one."""

    _inherit = "coop.expense"

    def _get_approval_facts(self):
        facts = super()._get_approval_facts()
        # Who decides need not read bills.
        bill = self.sudo().bill_id
        if not bill:
            return facts
        return facts | {
            "payee": self.payee,
            "reference": self.reference or "",
            "supplier": bill.partner_id.id,
            "bill": f"{bill.amount_total:.2f} {bill.currency_id.name}",
            "cost": f"{bill._get_activity_cost(self.sudo().activity_id):.2f}",
        }

    def _get_approval_rows(self):
        rows = super()._get_approval_rows()
        if self.payee != "supplier":
            return rows
        supplier = self.sudo().bill_id.partner_id.display_name
        return [
            (self.env._("To be paid to"), supplier or self.env._("a supplier to be filled in")),
            (self.env._("Number of the bill"), self.reference),
            *rows,
        ]
