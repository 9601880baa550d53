from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class CoopInvestmentMovement(models.Model):
    """What changed a share of an investment, and by which entry: the trail of its value.

    The values of a share are the sums of its movements. Rows are only ever added.
    """

    _name = "coop.investment.movement"
    _description = "Movement of an Investment"
    _order = "date desc, id desc"

    share_id = fields.Many2one(
        "coop.investment.share", required=True, readonly=True, index=True, ondelete="restrict"
    )
    investment_id = fields.Many2one(
        related="share_id.investment_id", store=True, index=True, readonly=True
    )
    activity_id = fields.Many2one(
        related="share_id.activity_id", store=True, index=True, readonly=True
    )
    company_id = fields.Many2one(related="share_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="share_id.currency_id")
    date = fields.Date(required=True, readonly=True)
    kind = fields.Selection(
        [
            ("purchase", "Purchase"),
            ("credit", "Credit Note"),
            ("depreciation", "Depreciation"),
            ("transfer", "Transfer"),
            ("disposal", "End of Use"),
        ],
        required=True,
        readonly=True,
    )
    cost = fields.Monetary(readonly=True, help="Change of the share in the purchase value.")
    written_off = fields.Monetary(readonly=True, help="Change of what is written off.")
    proceeds = fields.Monetary(readonly=True, help="Part of what it was sold for.")
    move_id = fields.Many2one(
        "account.move",
        "Entry",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    note = fields.Char(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Movements of investments are written by the books."))
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() - {"move_id"}:
            raise UserError(self.env._("Movements of investments are kept as they are: a trail."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Movements of investments are kept as they are: a trail."))
