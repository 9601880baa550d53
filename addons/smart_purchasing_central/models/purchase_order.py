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

    def _reserves_budget(self):
        return super()._reserves_budget() and not self.campaign_id
