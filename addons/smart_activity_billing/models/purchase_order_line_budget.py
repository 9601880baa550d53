from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import float_repr

from ..lib.ordered import not_yet_billed, split_over
from .account_move_line_lock import check_numbers
from .purchase_order import settled_at_once

# What decides on the amount that a line holds, and until when.
DECIDING_FIELDS = {
    "activity_id",
    "analytic_distribution",
    "date_planned",
    "discount",
    "order_id",
    "price_unit",
    "product_id",
    "product_qty",
    "product_uom_id",
    "tax_ids",
}
NUMBERS = ("price_unit", "product_qty", "discount")


class PurchaseOrderLine(models.Model):
    """What is ordered for Activities and not yet billed is held in their budgets.

    One method, ``_settle_budget``, compares what is held with what is to be held, and moves the
    difference. It is called whenever an order, a line or a bill changes, however often that is.
    """

    _inherit = "purchase.order.line"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_numbers(vals)
        lines = super().create(vals_list)
        if not settled_at_once(self):
            lines._settle_budget()
        return lines

    def write(self, vals):
        self._check_numbers(vals)
        result = super().write(vals)
        if not DECIDING_FIELDS.isdisjoint(vals) and not settled_at_once(self):
            self._settle_budget()
        return result

    def _check_numbers(self, vals):
        check_numbers(self, vals, NUMBERS)

    # ------------------------------------------------------------------
    # Settling
    # ------------------------------------------------------------------

    def _settle_budget(self, booked=False):
        """Let the reservations of these lines hold what is ordered and not yet billed.

        :param bool booked: the books changed, which are never blocked; what they took is done, and
            what they gave back is held without asking whether it is there
        :raise UserError: an Activity is not open, or does not have what is held in addition
        """
        # Whoever orders or books moves what is promised, without a right on reservations.
        lines = self.sudo().filtered(lambda line: line.state in ("purchase", "cancel", "draft"))
        # What is closed holds nothing again; but nothing more is ordered for it.
        wanted = lines._get_wanted_amounts(closed_too=not booked)
        held = self.env["coop.budget.reservation"].sudo()
        if lines:
            held = held.search(
                [("purchase_line_id", "in", lines.ids), ("state", "=", "active")], order="id desc"
            )
        activities = held.activity_id.union(*(activity for _line, activity in wanted))
        for activity in activities.sorted("id"):
            # In the order of their ids, so that two orders never wait for each other.
            activity._bump_reserved(0)
        held.invalidate_recordset(["remaining", "state"])
        missing = lines._lower_reservations(held, wanted, "done" if booked else "cancelled")
        lines._raise_reservations(missing, booked)
        lines._date_reservations(held)

    def _lower_reservations(self, held, wanted, ended):
        """Give back what is held beyond what is wanted, the oldest first.

        :return: ``{(line, Activity): amount}`` of what is wanted beyond what is held
        """
        missing = dict(wanted)
        surplus = {}
        for reservation in held:
            key = reservation.purchase_line_id, reservation.activity_id
            kept = missing.get(key, 0.0) - reservation.remaining
            missing[key] = reservation.currency_id.round(max(kept, 0.0))
            if reservation.currency_id.compare_amounts(kept, 0.0) < 0:
                surplus[reservation] = -kept
        held.filtered(lambda one: one in surplus)._lower(surplus, ended)
        return {key: amount for key, amount in missing.items() if amount > 0}

    def _raise_reservations(self, missing, booked):
        """Hold what is missing, in one go for each order and Activity."""
        parts = defaultdict(list)
        for (line, activity), amount in missing.items():
            vals = {"amount": amount, "purchase_line_id": line.id}
            parts[activity, line.order_id].append(vals | line._prepare_until())
        for (activity, order), values in sorted(
            parts.items(), key=lambda item: [record.id for record in item[0]]
        ):
            activity._reserve_parts(
                values,
                "purchase",
                origin=order,
                override_reason=order.override_reason or None,
                booked=booked,
            )

    def _date_reservations(self, held):
        """Keep until when the money is held, which suppliers change."""
        for reservation in held.filtered(lambda one: one.state == "active"):
            until = reservation.purchase_line_id._prepare_until()
            if reservation.date_until != until["date_until"]:
                reservation.write(until)

    def _prepare_until(self):
        return {"date_until": self.date_planned and self.date_planned.date()}

    # ------------------------------------------------------------------
    # What is to be held
    # ------------------------------------------------------------------

    def _get_wanted_amounts(self, closed_too=False):
        """Return ``{(line, Activity): amount}`` of what is ordered and not yet billed.

        :param bool closed_too: for closed Activities as well, which hold nothing
        :raise UserError: a line names an Activity of another company
        """
        orders = self.order_id.filtered(lambda order: order._holds_budget())
        lines = self.filtered(lambda line: line.order_id in orders and not line.display_type)
        activities = lines._by_activity_account()
        named = {line: line._get_activity_keys(activities) for line in lines}
        lines = lines.filtered(lambda line: named[line])
        billed = lines._get_billed()
        wanted = defaultdict(float)
        for line in lines:
            amount = line._get_not_billed(*billed[line])
            keys = named[line]
            line._check_company_of(self.env["coop.activity"].union(*keys.values()))
            shares = [line.analytic_distribution[key] for key in keys]
            unit = line.company_currency_id.rounding
            for activity, part in zip(keys.values(), split_over(amount, shares, unit), strict=True):
                if closed_too or activity.state != "closed":
                    wanted[line, activity] += float(part)
        return wanted

    def _get_not_billed(self, quantity, amount):
        """Return what this line still has to cost, when so much was billed."""
        return not_yet_billed(
            self.budget_amount,
            (self.product_qty, self.price_subtotal),
            (float_repr(quantity, 6), float_repr(amount, 6)),
            self.company_currency_id.rounding,
        )

    def _get_billed(self):
        """Return ``{line: (quantity, untaxed amount)}`` of posted bills, less their credits.

        In the unit and the currency of the order. Drafts bill nothing yet.
        """
        billed = dict.fromkeys(self, (0.0, 0.0))
        bills = self.env["account.move.line"].search(
            [
                ("purchase_line_id", "in", self.ids),
                ("parent_state", "=", "posted"),
                ("display_type", "=", "product"),
            ]
        )
        for bill in bills:
            line = bill.purchase_line_id
            quantity, amount = billed[line]
            sign = -1 if bill.move_id.move_type == "in_refund" else 1
            unit = bill.product_uom_id or line.product_uom_id
            same = bill.currency_id == line.currency_id
            billed[line] = (
                quantity
                + sign
                * unit._compute_quantity(
                    bill.quantity, line.product_uom_id, round=False, raise_if_failure=False
                ),
                amount
                + (bill.amount_currency if same else bill.balance * line.order_id.currency_rate),
            )
        return billed

    def _check_company_of(self, activities):
        for activity in activities:
            if activity.company_id != self.company_id:
                raise UserError(
                    self.env._(
                        "%(activity)s belongs to %(company)s: it cannot pay for %(order)s.",
                        activity=activity.display_name,
                        company=activity.company_id.name,
                        order=self.order_id.display_name,
                    )
                )
