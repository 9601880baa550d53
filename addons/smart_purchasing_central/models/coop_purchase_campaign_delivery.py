from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_round

from ..lib.delivery import share_receipts, started_steps, whole_steps
from ..lib.sharing import Claim

# From when on goods come, and until when they may be counted again.
DELIVERING = ("ordered", "receiving", "settled")


class CoopPurchaseCampaign(models.Model):
    """What comes in at the hub, shared over the pledges: minimums first, by the rule."""

    _inherit = "coop.purchase.campaign"

    allocation_move_ids = fields.One2many("coop.purchase.allocation.move", "campaign_id", "Trail")
    picking_ids = fields.One2many("stock.picking", "campaign_id", "Transfers to Pick-up Points")
    hand_over_ids = fields.One2many("stock.picking", "hand_over_campaign_id", "Taken from Stock")

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_share_receipts(self):
        """Share again what came in: harmless, however often."""
        self.check_access("write")
        for campaign in self:
            # Who may lead the campaign was checked; allocations are written by the system only.
            campaign.sudo()._share_receipts()
        return True

    # ------------------------------------------------------------------
    # Sharing
    # ------------------------------------------------------------------

    def _share_receipts(self, broken=None):
        """Let allocations have their part of what came in, neither more nor less.

        Compares what is with what is to be, so that a receipt that is validated twice, or counted
        again, does no harm. What was handed over stays with who has it.

        :param dict broken: what was found unusable at the hub, by order line: shared by nobody
        """
        self.ensure_one()
        broken = broken or {}
        self._take_delivery_turn()
        self._check_state(*DELIVERING)
        lines = self.order_ids.order_line.filtered(lambda line: line.state == "purchase")
        received = lines._get_campaign_receipts()
        # What was ordered before and cancelled is nobody's claim any more.
        allocations = self.allocation_ids.filtered(lambda one: one.order_line_id in lines)
        held = self._get_held(allocations)
        targets = {}
        for product, part in allocations.grouped("campaign_product_id").items():
            targets |= self._share_product(product, part, (received, broken, held))
        targets |= self._share_what_was_not_ordered(allocations, received)
        self._adopt_receipts(targets)
        if self.state == "ordered" and any(received.values()):
            self._write_decision({"state": "receiving"})
        self._send_to_points()

    def _share_product(self, product, allocations, counted):
        """Return ``{(order line, pledge line): quantity}`` of one product.

        What nobody takes is of the shared services: under an empty pledge line.
        """
        received, broken, held = counted
        step, digits = product.step or 1.0, allocations._get_digits()
        # In one order, so that sharing again changes nothing: who pledged first, among equals.
        lines = list(allocations.order_line_id.sorted("id"))
        pledged = list(allocations.pledge_line_id.sorted(lambda one: (one.pledge_id.id, one.id)))
        place = {(one.pledge_line_id, one.order_line_id): one for one in allocations}
        rows = [[place.get((one, line)) for line in lines] for one in pledged]
        useless = {one.order_line_id: one.damaged for one in allocations if not one.pledge_line_id}
        came = [
            whole_steps(
                received.get(line, 0.0) - useless.get(line, 0.0) - broken.get(line, 0.0), step
            )
            for line in lines
        ]
        given, _rest = share_receipts(
            came,
            [
                self._get_claim(one, row, held[one] - held[one, product], step)
                for one, row in zip(pledged, rows, strict=True)
            ],
            [[whole_steps(one.ordered, step) if one else 0 for one in row] for row in rows],
            [[self._count_kept(one, step) for one in row] for row in rows],
            equally=self.shortage_rule == "equal",
        )
        nobody = self.env["coop.purchase.pledge.line"]
        targets = {}
        for index, line in enumerate(lines):
            left = received.get(line, 0.0)
            for one, row in zip(pledged, given, strict=True):
                quantity = float_round(row[index] * step, digits)
                targets[line, one] = quantity
                left -= quantity
            targets[line, nobody] = float_round(max(left, 0.0), digits)
        return targets

    def _share_what_was_not_ordered(self, allocations, received):
        """What came on lines that are for nobody is of the shared services."""
        nobody = self.env["coop.purchase.pledge.line"]
        return {
            (line, nobody): quantity
            for line, quantity in received.items()
            if quantity > 0
            and line not in allocations.order_line_id
            and line.product_id in self.product_ids.product_id
        }

    def _get_claim(self, pledge_line, allocations, elsewhere, step):
        """Return what one pledge can use of a product, in steps, beside what it has elsewhere."""
        ordered = sum(one.ordered for one in allocations if one)
        limit = pledge_line.tolerance
        if self.leftover_rule == "cooperative":
            # No more than was ordered for it: what comes above is of the shared services.
            limit = max(ordered + elsewhere - pledge_line.wanted, 0.0)
        minimum, wanted, total = (
            whole_steps(max(quantity - elsewhere, 0.0), step)
            for quantity in (
                pledge_line.minimum_acceptable,
                pledge_line.wanted,
                pledge_line.wanted + limit,
            )
        )
        return Claim(min(minimum, wanted), wanted, total - wanted)

    def _get_held(self, allocations):
        """Return what each pledge line has, or may count on, in all and by product.

        One that accepts a substitute may have parts of both.
        """
        held = defaultdict(float)
        for one in allocations:
            quantity = one.received or one.ordered
            held[one.pledge_line_id] += quantity
            held[one.pledge_line_id, one.campaign_product_id] += quantity
        return held

    def _count_kept(self, allocation, step):
        """Return the steps that somebody has in hands, which are not shared again."""
        if not allocation:
            return 0
        taken = allocation.handed_over + allocation.damaged - allocation.weighed
        return min(started_steps(taken, step), whole_steps(allocation.received, step))

    def _adopt_receipts(self, targets):
        """Move each allocation to what it is to have; where there is none yet, make one."""
        present = {(one.order_line_id, one.pledge_line_id): one for one in self.allocation_ids}
        missing = [key for key, quantity in targets.items() if quantity and key not in present]
        made = self.env["coop.purchase.allocation"].create(
            [self._prepare_received(*key) for key in missing]
        )
        present |= dict(zip(missing, made, strict=True))
        changes = {
            present[key]: quantity - present[key].received
            for key, quantity in targets.items()
            if key in present
        }
        allocations = self.env["coop.purchase.allocation"].union(*changes)
        allocations._record("receipt", changes)

    def _prepare_received(self, order_line, pledge_line):
        product = self.product_ids.filtered(lambda one: one.product_id == order_line.product_id)
        return {
            "campaign_id": self.id,
            "pledge_line_id": pledge_line.id,
            "antenna_id": pledge_line.pledge_id.antenna_id.id,
            "order_line_id": order_line.id,
            "campaign_product_id": product.id,
            "unit_price": order_line._get_campaign_price(),
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_delivery_turn(self):
        """Make rivals for the campaign wait, and be replayed: one at a time counts or charges."""
        self._bump(self)
        self.invalidate_recordset(["state"])

    def _get_expected_pickings(self):
        """Return the receipts that did not come yet."""
        return self.order_ids.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )

    def _check_all_came(self):
        """Refuse while a supplier still has to deliver.

        :raise UserError: naming what is expected
        """
        for picking in self._get_expected_pickings():
            raise UserError(
                self.env._(
                    "%(receipt)s of %(supplier)s is still expected for %(campaign)s: validate it, "
                    "or cancel it when nothing more comes.",
                    receipt=picking.name,
                    supplier=picking.partner_id.display_name,
                    campaign=self.display_name,
                )
            )
