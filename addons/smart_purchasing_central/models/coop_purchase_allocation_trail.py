from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_is_zero, float_round

from .coop_purchase_allocation_move import FIELD_OF_KIND, KIND_OF_FIELD


class CoopPurchaseAllocation(models.Model):
    """What became of a part of an order; whatever changes it leaves a movement in its trail."""

    _inherit = "coop.purchase.allocation"

    weighed = fields.Float(
        "Weighing Difference",
        digits="Product Unit",
        readonly=True,
        help="What the scales said at the hand-over, less the part of what came in.",
    )
    damaged = fields.Float(
        "Damaged or Lost",
        digits="Product Unit",
        readonly=True,
        help="What was found unusable, or missing, before it was handed over.",
    )
    empties = fields.Float(
        "Packaging Brought Back",
        digits="Product Unit",
        readonly=True,
        help="Of how many units the packaging came back, which frees its deposit.",
    )
    kept = fields.Float(
        digits="Product Unit",
        compute="_compute_kept",
        help="What is paid: the part of what came in, as weighed, less what was damaged or brought "
        "back.",
    )
    to_hand_over = fields.Float(digits="Product Unit", compute="_compute_kept")
    move_ids = fields.One2many("coop.purchase.allocation.move", "allocation_id", "Trail")

    _quantities_possible = models.Constraint(
        """CHECK (
            COALESCE(received, 0) >= 0 AND COALESCE(damaged, 0) >= 0
            AND COALESCE(handed_over, 0) >= 0
            AND COALESCE(handed_over, 0)
                <= COALESCE(received, 0) + COALESCE(weighed, 0) - COALESCE(damaged, 0)
            AND COALESCE(returned, 0) BETWEEN 0 AND COALESCE(handed_over, 0)
            AND COALESCE(empties, 0) BETWEEN 0 AND COALESCE(handed_over, 0)
        )""",
        "No more is handed over than came in, and no more brought back than was handed over.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("received", "weighed", "damaged", "handed_over", "returned")
    def _compute_kept(self):
        digits = self._get_digits()
        for one in self:
            usable = one.received + one.weighed - one.damaged
            one.kept = float_round(usable - one.returned, digits)
            one.to_hand_over = float_round(usable - one.handed_over, digits)

    @api.depends("campaign_product_id", "partner_id", "activity_id")
    def _compute_display_name(self):
        for one in self:
            # Whose it is, is on the labels of the goods.
            row = one.sudo()
            who = row.activity_id.name or row.partner_id.name or self.env._("Shared services")
            one.display_name = f"{row.campaign_product_id.product_id.display_name}, {who}"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        allocations = super().create(vals_list)
        allocations._add_to_trail(
            [
                (one, kind, one[name])
                for one in allocations
                for name, kind in KIND_OF_FIELD.items()
                if one[name]
            ]
        )
        return allocations

    def write(self, vals):
        names = [name for name in KIND_OF_FIELD if name in vals]
        before = {one: [one[name] for name in names] for one in self}
        result = super().write(vals)
        self._add_to_trail(
            [
                (one, KIND_OF_FIELD[name], one[name] - old)
                for one in self
                for name, old in zip(names, before[one], strict=True)
            ]
        )
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_without_trail(self):
        for one in self:
            raise UserError(
                self.env._(
                    "%(allocation)s has a trail and stays on record: order nothing for it instead.",
                    allocation=one.display_name,
                )
            )

    # ------------------------------------------------------------------
    # The trail
    # ------------------------------------------------------------------

    def _record(self, kind, quantities, reason=None):
        """Change one quantity of each of these by a movement: the way of all changes.

        :param str kind: a key of ``FIELD_OF_KIND``
        :param dict quantities: what is added, by allocation; negative where it is taken away
        :param str reason: why, where that is not plain
        """
        name, digits = FIELD_OF_KIND[kind], self._get_digits()
        rows = []
        # Who may do what was checked before: allocations are written by the system only.
        for one in self.sudo():
            quantity = float_round(quantities[one], digits)
            if float_is_zero(quantity, digits):
                continue
            rows.append((one, kind, quantity))
            one._write_quantity({name: float_round(one[name] + quantity, digits)})
        self._add_to_trail(rows, reason)

    def _withdraw_orders(self):
        """Take back what was ordered, because it is ordered anew: the trail keeps it."""
        self._record("order", {one: -one.ordered for one in self}, self.env._("Ordered anew"))
        self._write_quantity({"order_line_id": False})

    def _write_quantity(self, vals):
        """Write what ``_record`` notes in the trail by itself, for many at once."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _add_to_trail(self, rows, reason=None):
        digits = self._get_digits()
        # The trail is written by the system, whoever did it is named in it.
        self.env["coop.purchase.allocation.move"].sudo().create(
            [
                {
                    "allocation_id": one.id,
                    "campaign_id": one.campaign_id.id,
                    "company_id": one.company_id.id,
                    "kind": kind,
                    "quantity": float_round(quantity, digits),
                    "reason": reason,
                    "user_id": self.env.uid,
                }
                for one, kind, quantity in rows
                if not float_is_zero(quantity, digits)
            ]
        )

    def _take_turn(self):
        """Make rivals for these wait, and be replayed: what was read before no longer holds."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE coop_purchase_allocation SET campaign_id = campaign_id "
                "WHERE id IN (SELECT id FROM coop_purchase_allocation WHERE id = ANY(%s) "
                "ORDER BY id FOR NO KEY UPDATE)",
                self.ids,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset([*FIELD_OF_KIND.values(), "kept", "to_hand_over"], flush=False)

    @api.model
    def _get_digits(self):
        return self.env["decimal.precision"].precision_get("Product Unit")
