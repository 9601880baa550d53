from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.smart_membership.lib.kept_rows import keep_triggers

# What each kind of movement changes on its allocation: the field is the sum of these movements.
FIELD_OF_KIND = {
    "order": "ordered",
    "receipt": "received",
    "weight": "weighed",
    "damage": "damaged",
    "hand_over": "handed_over",
    "return": "returned",
    "empties": "empties",
}
KIND_OF_FIELD = {name: kind for kind, name in FIELD_OF_KIND.items()}


class CoopPurchaseAllocationMove(models.Model):
    """What changed a part of an order, by whom and why: the trail that sums to the allocation.

    Rows are only ever added, by ``coop.purchase.allocation``.
    """

    _name = "coop.purchase.allocation.move"
    _description = "Movement of a Purchase Allocation"
    _inherit = ["coop.kept.mixin"]
    _order = "id desc"
    _rec_name = "allocation_id"

    allocation_id = fields.Many2one(
        "coop.purchase.allocation", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # Not related: a trail is not written again when something else changes.
    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("order", "Ordered"),
            ("receipt", "Part of what came in"),
            ("weight", "Weighed"),
            ("damage", "Damaged or lost"),
            ("hand_over", "Handed over"),
            ("return", "Brought back"),
            ("empties", "Packaging brought back"),
        ],
        required=True,
        readonly=True,
    )
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    uom_id = fields.Many2one(related="allocation_id.uom_id")
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one(
        "res.users", "By", required=True, readonly=True, index=True, ondelete="restrict"
    )
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _quantity_not_zero = models.Constraint("CHECK (quantity <> 0)", "A movement moves something.")

    def init(self):
        triggers = keep_triggers(
            "coop_purchase_trail", self._table, "The trail of allocations is only ever added to"
        )
        self.env.cr.execute(SQL(triggers))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Movements of allocations are written by their actions."))
        return super().create(vals_list)

    def _error_kept(self):
        return UserError(self.env._("Movements of allocations are kept as they are: a trail."))
