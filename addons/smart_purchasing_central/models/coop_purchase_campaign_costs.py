from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo import models
from odoo.fields import Domain

from odoo.addons.smart_activity_billing.lib.money import exact

from ..lib.charging import billed_quantity, share_deposits, share_freight, share_goods


class CostLine(NamedTuple):
    """What one journal item brought to the clearing account."""

    kind: str
    order_line: models.Model
    orders: models.Model
    amount: Decimal
    quantity: Decimal


class CoopPurchaseCampaign(models.Model):
    """Who is to pay what of all that came to the clearing account: to the cent, by the rules.

    The ledger is the truth: whatever is on the account and was not charged from it, is shared.
    """

    _inherit = "coop.purchase.campaign"

    def _get_charge_targets(self):
        """Return ``{(allocation, kind): amount}`` of all charges that are to be.

        What the shared services bear is under an empty allocation.
        """
        self.ensure_one()
        targets = defaultdict(Decimal)
        costs = self._get_costs()
        pledged = self.allocation_ids.filtered("pledge_line_id").sorted("id")
        rows_of = pledged.grouped("order_line_id")
        by_line = defaultdict(list)
        for cost in costs:
            if cost.kind == "goods":
                by_line[cost.order_line].append(cost)
        for order_line, part in by_line.items():
            self._share_goods(targets, rows_of.get(order_line, pledged.browse()), part)
        others = defaultdict(list)
        for cost in costs:
            if cost.kind != "goods":
                others[cost.kind, cost.orders].append(cost)
        for (kind, orders), part in others.items():
            rows = pledged
            if orders:
                rows = pledged.filtered(
                    lambda one, orders=orders: one.order_line_id.order_id in orders
                )
            self._share_others(targets, kind, rows, part)
        return targets

    def _share_goods(self, targets, rows, costs):
        parts, rest = share_goods(
            sum(cost.amount for cost in costs),
            billed_quantity(
                [(cost.quantity, cost.amount) for cost in costs if cost.quantity > 0],
                [(-cost.quantity, -cost.amount) for cost in costs if cost.quantity < 0],
            ),
            [one.kept for one in rows],
            self._get_unit(),
        )
        self._add_parts(targets, "goods", rows, parts, rest)

    def _share_others(self, targets, kind, rows, costs):
        total = sum(cost.amount for cost in costs)
        if kind == "deposit":
            parts, rest = share_deposits(
                sum(cost.amount for cost in costs if cost.amount > 0),
                total,
                [one.kept - one.empties for one in rows],
                sum(rows.mapped("empties")),
                self._get_unit(),
            )
        else:
            weights, points = self._get_freight_weights(rows, kind)
            parts, rest = share_freight(total, weights, points, self._get_unit())
        self._add_parts(targets, kind, rows, parts, rest)

    def _get_freight_weights(self, rows, kind):
        """Return what each allocation counts for by the rule, and their pick-up points if any."""
        rule = self.freight_rule if kind == "freight" else "value"
        if rule == "quantity":
            return [one.kept for one in rows], None
        if rule == "weight" and any(rows.campaign_product_id.mapped("unit_weight")):
            return [one.kept * one.campaign_product_id.unit_weight for one in rows], None
        values = [one.kept * one.unit_price for one in rows]
        if not any(value > 0 for value in values):
            values = [one.kept for one in rows]
        return values, [one.antenna_id.id for one in rows] if rule == "point" else None

    def _add_parts(self, targets, kind, rows, parts, rest):
        for one, part in zip(rows, parts, strict=True):
            targets[one, kind] += part
        targets[rows.browse(), kind] += rest

    # ------------------------------------------------------------------
    # What is on the clearing account
    # ------------------------------------------------------------------

    def _get_costs(self):
        """Return a ``CostLine`` for each thing that came to the clearing account."""
        column = self._get_clearing_column()
        # The charges themselves went out from it, and are no costs.
        domain = Domain(column, "in", self.clearing_account_id.ids) & (
            Domain("move_line_id", "=", False)
            | Domain("move_line_id.move_id", "not in", self.charge_ids.move_id.ids)
        )
        lines = self.env["account.analytic.line"].search(domain, order="id")
        allocated = self.allocation_ids.order_line_id
        return [self._read_cost(line, allocated) for line in lines]

    def _read_cost(self, line, allocated):
        item = line.move_line_id
        order_line = item.purchase_line_id
        orders = item.move_id.line_ids.purchase_line_id.order_id & self.order_ids
        kind = "goods"
        quantity = Decimal(0)
        if order_line not in allocated:
            kind = item.product_id.campaign_cost_kind or "freight"
            if item.display_type and item.display_type != "product":
                kind = "other"
            order_line = order_line.browse()
        else:
            sign = -1 if item.move_id.move_type == "in_refund" else 1
            unit = item.product_uom_id or order_line.product_uom_id
            quantity = sign * Decimal(
                str(
                    unit._compute_quantity(
                        item.quantity,
                        order_line.product_id.uom_id,
                        round=False,
                        raise_if_failure=False,
                    )
                )
            )
        return CostLine(kind, order_line, orders, -exact(line.amount, self._get_unit()), quantity)

    def _get_unit(self):
        return self.currency_id.rounding
