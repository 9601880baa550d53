from odoo import api, fields, models

# What decides on whether and how much an order holds, beside its lines.
DECIDING_FIELDS = {
    "budget_released",
    "company_id",
    "currency_id",
    "currency_rate",
    "date_order",
    "fiscal_position_id",
    "partner_id",
    "state",
}
# The proof that an order settles its lines at once: no remote call can put this in a context.
_AT_ONCE = object()


def settled_at_once(records):
    """Tell whether the order that writes these lines settles what they hold."""
    return records.env.context.get("coop_settled_by_order") is _AT_ONCE


class PurchaseOrder(models.Model):
    """An order for an Activity: what is confirmed holds the budget until it is billed."""

    _inherit = "purchase.order"

    activity_id = fields.Many2one(
        "coop.activity",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('company_id', '=', company_id), ('state', '=', 'open')]",
        # Suppliers read their orders in the portal, and not whose budget pays them.
        groups="base.group_user",
        help="The Activity of all lines that do not name another one.",
    )
    override_reason = fields.Char(
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Why it may be ordered although the budget does not have it. Only who may override "
        "budgets can let it pass.",
    )
    budget_released = fields.Boolean(
        readonly=True,
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Nothing more will be billed: what was not billed is available again.",
    )
    reserved_amount = fields.Monetary(
        "Reserved",
        currency_field="company_currency_id",
        compute="_compute_reserved_amount",
        groups="base.group_user",
        help="What this order holds of the budgets of Activities.",
    )
    reservation_count = fields.Integer(compute="_compute_reserved_amount", groups="base.group_user")

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _compute_reserved_amount(self):
        sums = {
            order_id: (count, amount)
            for order_id, count, amount in self.env["coop.budget.reservation"]._read_group(
                [("res_model", "=", self._name), ("res_id", "in", self.ids)],
                ["res_id"],
                ["__count", "remaining:sum"],
            )
        }
        for order in self:
            order.reservation_count, order.reserved_amount = sums.get(order._origin.id, (0, 0.0))

    @api.onchange("activity_id")
    def _onchange_activity_id(self):
        self._apply_activity(self._origin.activity_id)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_numbers_of_lines(vals)
        orders = super().create(vals_list)
        for order in orders.filtered("activity_id"):
            order._apply_activity(self.env["coop.activity"])
        return orders

    def write(self, vals):
        self._check_numbers_of_lines(vals)
        previous = {order: order.activity_id for order in self} if "activity_id" in vals else {}
        writing = (
            self.with_context(coop_settled_by_order=_AT_ONCE) if "order_line" in vals else self
        )
        result = super(PurchaseOrder, writing).write(vals)
        for order, activity in previous.items():
            order._apply_activity(activity)
        if "order_line" in vals or not DECIDING_FIELDS.isdisjoint(vals):
            self.order_line._settle_budget()
        return result

    def _check_numbers_of_lines(self, vals):
        """Refuse impossible numbers before the lines are computed."""
        for command in vals.get("order_line") or ():
            if len(command) == 3 and isinstance(command[2], dict):
                self.env["purchase.order.line"]._check_numbers(command[2])

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_release_budget(self):
        """Give back what these orders hold, because nothing more will be billed."""
        self.write({"budget_released": True})
        return True

    def action_hold_budget(self):
        """Hold again what is ordered and not yet billed.

        :raise UserError: an Activity does not have it any more
        """
        self.write({"budget_released": False})
        return True

    def action_view_reservations(self):
        """Open what this order holds, and held."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_budget_reservation_action"
        )
        return action | {
            "domain": [("res_model", "=", self._name), ("res_id", "=", self.id)],
            "context": {},
        }

    # ------------------------------------------------------------------
    # What holds a budget
    # ------------------------------------------------------------------

    def _reserves_budget(self):
        """Tell whether this order holds the budgets that its lines name.

        To extend for orders whose money is held by other reservations than their own.
        """
        self.ensure_one()
        return True

    def _holds_budget(self):
        """Tell whether what is not billed yet is to be held now."""
        self.ensure_one()
        return self.state == "purchase" and not self.budget_released and self._reserves_budget()

    def _apply_activity(self, previous):
        """Give the order's Activity to its lines without one, and to those that followed it.

        :param previous: the Activity that the order had before
        """
        self.ensure_one()
        if self.activity_id == previous:
            return
        for line in self.order_line.filtered(lambda line: not line.display_type):
            followed = previous and line.activity_id == previous
            if followed or not line._get_activities():
                line.analytic_distribution = line._get_distribution_for(self.activity_id)
