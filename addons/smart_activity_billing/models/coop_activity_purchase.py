from odoo import fields, models

from ..lib.ordered import split_over

BUYERS = "purchase.group_purchase_user,account.group_account_readonly,account.group_account_invoice"


class CoopActivity(models.Model):
    """What is ordered and billed for an Activity, in the back office and in the portal."""

    _inherit = "coop.activity"

    purchase_order_count = fields.Integer(
        "Purchase Orders", compute="_compute_purchase_order_count", groups=BUYERS
    )

    def _compute_purchase_order_count(self):
        Order = self.env["purchase.order"]
        for activity in self:
            activity.purchase_order_count = (
                Order.search_count(activity._get_order_domain()) if Order.has_access("read") else 0
            )

    def write(self, vals):
        reopened = self.browse()
        if vals.get("state", "closed") != "closed":
            reopened = self.filtered(lambda activity: activity.state == "closed")
        result = super().write(vals)
        if reopened:
            # A closed Activity holds nothing; what is still to be billed for it does again.
            lines = self.env["purchase.order.line"].sudo()
            account_ids = reopened.sudo().analytic_account_id.ids
            lines.search(
                [("analytic_distribution", "in", account_ids), ("state", "=", "purchase")]
            )._settle_budget(booked=True)
        return result

    def action_view_purchase_orders(self):
        """Open the orders with a line for the Activity."""
        self.ensure_one()
        self.check_access("read")
        return {
            "name": self.env._("Purchase orders of %(activity)s", activity=self.name),
            "type": "ir.actions.act_window",
            "res_model": "purchase.order",
            "view_mode": "list,kanban,form",
            "domain": self._get_order_domain(),
            "context": {"default_activity_id": self.id},
        }

    def _get_order_domain(self):
        # The account is no secret to who may read the Activity.
        account = self.sudo().analytic_account_id
        return [("order_line.analytic_distribution", "in", account.ids)]

    # ------------------------------------------------------------------
    # Pages of members: called after the access check of the Activity
    # ------------------------------------------------------------------

    def _get_hold_url(self, origin):
        if origin is not None and origin._name == "purchase.order":
            return f"/my/activities/{self.id}/orders/{origin.id}"
        return super()._get_hold_url(origin)

    def _find_order(self, order_id):
        """Return a confirmed order with a line for this Activity, with superuser rights."""
        self.ensure_one()
        return (
            self.env["purchase.order"]
            .sudo()
            .search(
                [
                    ("id", "=", order_id),
                    ("state", "in", ("purchase", "cancel")),
                    ("date_approve", "!=", False),
                    *self._get_order_domain(),
                ]
            )
        )

    def _get_order_lines(self, order):
        """Return what an order has for this Activity: its share, and what is not billed yet."""
        self.ensure_one()
        lines = order.order_line.filtered(lambda line: not line.display_type)
        activities = lines._by_activity_account()
        held = dict(
            self.env["coop.budget.reservation"]
            .sudo()
            ._read_group(
                [("activity_id", "=", self.id), ("purchase_line_id", "in", lines.ids)],
                ["purchase_line_id"],
                ["remaining:sum"],
            )
        )
        rows = []
        for line in lines:
            keys = line._get_activity_keys(activities)
            shares = [line.analytic_distribution[key] for key in keys]
            parts = split_over(line.budget_amount, shares, self.currency_id.rounding)
            own = [
                part for one, part in zip(keys.values(), parts, strict=True) if one.id == self.id
            ]
            if own:
                rows.append({"line": line, "amount": float(sum(own)), "held": held.get(line, 0.0)})
        return rows

    def _find_bill(self, move_id):
        """Return a posted bill or credit note that this Activity pays, with superuser rights."""
        self.ensure_one()
        bill = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("id", "=", move_id),
                    ("state", "=", "posted"),
                    ("move_type", "in", ("in_invoice", "in_refund")),
                ]
            )
        )
        return bill if bill and self._get_bill_lines(bill) else bill.browse()

    def _get_bill_lines(self, bill):
        """Return the analytic lines of a bill that are for this Activity."""
        self.ensure_one()
        own = self.sudo()
        return own.env["account.analytic.line"].search(
            [
                ("move_line_id", "in", bill.line_ids.ids),
                (self._analytic_column(), "=", own.analytic_account_id.id),
            ],
            order="id",
        )

    def _get_bill_files(self, bill):
        """Return the files of a bill; those of a bill that others pay too are not shown."""
        self.ensure_one()
        if bill.line_ids.analytic_line_ids - self._get_bill_lines(bill):
            return self.env["ir.attachment"]
        return bill.attachment_ids.filtered(lambda file: not file.res_field)
