from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import float_compare


class CoopPurchaseCampaign(models.Model):
    """One transfer from the hub to each pick-up point, with all that is collected there."""

    _inherit = "coop.purchase.campaign"

    def action_view_pickings(self):
        """Open the transfers to the pick-up points."""
        self.ensure_one()
        self.check_access("read")
        return {
            "name": self.env._("Transfers to pick-up points"),
            "type": "ir.actions.act_window",
            "res_model": "stock.picking",
            "view_mode": "list,form",
            "domain": [("campaign_id", "=", self.id)],
            "context": {"create": False},
        }

    def _send_to_points(self):
        """Let the transfers bring to each pick-up point what is for it, neither more nor less.

        What is on its way already counts. A transfer that did not leave yet is adapted, and the
        next receipt makes another one.
        """
        self.ensure_one()
        missing = self._get_missing_at_points()
        for antenna in self.env["coop.antenna"].union(*missing).sorted("id"):
            waiting = self.picking_ids.filtered(
                lambda one, antenna=antenna: (
                    one.antenna_id == antenna and one.state not in ("done", "cancel")
                )
            )
            if waiting:
                self._adapt_transfer(waiting[0], missing[antenna])
            else:
                self._make_transfer(antenna, missing[antenna])

    def _get_missing_at_points(self):
        """Return ``{antenna: {product: quantity}}`` that no transfer brings there yet.

        Negative where an open transfer brings too much.
        """
        wanted = defaultdict(float)
        for one in self.allocation_ids.filtered(
            lambda one: one.antenna_id and one.campaign_product_id.product_id.type == "consu"
        ):
            # What was weighed is the weight of what came in: it is not brought again.
            wanted[one.antenna_id, one.campaign_product_id.product_id] += one.received
        for picking in self.picking_ids:
            for move in picking.move_ids.filtered(lambda move: move.state != "cancel"):
                quantity = move.quantity if move.state == "done" else move.product_uom_qty
                wanted[picking.antenna_id, move.product_id] -= quantity
        missing = defaultdict(dict)
        for (antenna, product), quantity in wanted.items():
            if float_compare(quantity, 0.0, precision_rounding=product.uom_id.rounding):
                missing[antenna][product] = quantity
        return missing

    def _make_transfer(self, antenna, quantities):
        quantities = {product: one for product, one in quantities.items() if one > 0}
        if not quantities:
            return
        warehouse = self._get_warehouse()
        target = antenna._get_stock_location(warehouse)
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.int_type_id.id,
                "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": target.id,
                "campaign_id": self.id,
                "antenna_id": antenna.id,
                "origin": self.name,
                "company_id": self.company_id.id,
                "move_ids": [
                    Command.create(self._prepare_move(product, quantity, warehouse, target))
                    for product, quantity in quantities.items()
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()

    def _adapt_transfer(self, picking, quantities):
        moves = {move.product_id: move for move in picking.move_ids}
        for product, quantity in quantities.items():
            move = moves.get(product)
            if move:
                move.product_uom_qty = max(move.product_uom_qty + quantity, 0.0)
            elif quantity > 0:
                picking.move_ids = [
                    Command.create(
                        self._prepare_move(
                            product, quantity, self._get_warehouse(), picking.location_dest_id
                        )
                    )
                ]
        picking.action_confirm()
        picking.action_assign()

    def _prepare_move(self, product, quantity, warehouse, target):
        return {
            "product_id": product.id,
            "product_uom_qty": quantity,
            "product_uom": product.uom_id.id,
            "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": target.id,
            "company_id": self.company_id.id,
        }

    def _get_warehouse(self):
        """Return the hub: where the orders of the campaign come in.

        :raise UserError: the company has no warehouse
        """
        warehouse = self.order_ids.picking_type_id.warehouse_id[:1] or self.env[
            "stock.warehouse"
        ].search([("company_id", "=", self.company_id.id)], limit=1)
        if not warehouse:
            raise UserError(
                self.env._(
                    "%(company)s has no warehouse: add one, it is the hub where goods come in.",
                    company=self.company_id.name,
                )
            )
        return warehouse
