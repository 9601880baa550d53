from odoo import fields, models


class PurchaseOrder(models.Model):
    """An order of a campaign: its money is held by the pledges, not by the order."""

    _inherit = "purchase.order"

    campaign_id = fields.Many2one(
        "coop.purchase.campaign",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )

    def write(self, vals):
        result = super().write(vals)
        if "campaign_id" in vals:
            # What leaves its campaign is held by no pledge any more.
            self.order_line._settle_budget()
        return result

    def _reserves_budget(self):
        return super()._reserves_budget() and not self.campaign_id
