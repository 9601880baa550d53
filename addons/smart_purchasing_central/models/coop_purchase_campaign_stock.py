from collections import defaultdict

from odoo import models
from odoo.fields import Command
from odoo.tools import float_compare


class CoopPurchaseCampaign(models.Model):
    """What was handed over leaves the stock of its pick-up point, when the campaign is settled."""

    _inherit = "coop.purchase.campaign"

    def _end_pledges(self):
        result = super()._end_pledges()
        self._take_out_of_stock()
        return result

    def _take_out_of_stock(self):
        """Take out what members have, less what went out before; what came back comes in again.

        One transfer for each pick-up point, done at once: the hand-over happened already.
        """
        wanted = defaultdict(float)
        for one in self.allocation_ids.filtered(
            lambda one: one.antenna_id and one.campaign_product_id.product_id.type == "consu"
        ):
            product = one.campaign_product_id.product_id
            wanted[one.antenna_id, product] += one.handed_over - one.returned
        for picking in self.hand_over_ids:
            for move in picking.move_ids.filtered(lambda move: move.state == "done"):
                sign = 1 if move.location_dest_id.usage == "customer" else -1
                wanted[picking.antenna_id, move.product_id] -= sign * move.quantity
        by_point = defaultdict(dict)
        for (antenna, product), quantity in wanted.items():
            if float_compare(quantity, 0.0, precision_rounding=product.uom_id.rounding):
                by_point[antenna][product] = quantity
        for antenna in self.env["coop.antenna"].union(*by_point).sorted("id"):
            for sign in (1, -1):
                part = {
                    product: abs(quantity)
                    for product, quantity in by_point[antenna].items()
                    if quantity * sign > 0
                }
                if part:
                    self._move_out(antenna, part, back=sign < 0)

    def _move_out(self, antenna, quantities, back):
        warehouse = self._get_warehouse()
        here = antenna._get_stock_location(warehouse)
        customers = self.env.ref("stock.stock_location_customers")
        source, target = (customers, here) if back else (here, customers)
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.out_type_id.id,
                "location_id": source.id,
                "location_dest_id": target.id,
                "hand_over_campaign_id": self.id,
                "antenna_id": antenna.id,
                "origin": self.name,
                "company_id": self.company_id.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "product_uom": product.uom_id.id,
                            "location_id": source.id,
                            "location_dest_id": target.id,
                            "company_id": self.company_id.id,
                        }
                    )
                    for product, quantity in quantities.items()
                ],
            }
        )
        picking.action_confirm()
        for move in picking.move_ids:
            # It is in people's hands, whether or not the transfer to the point was noted in time.
            move.write({"quantity": quantities[move.product_id], "picked": True})
        picking._action_done()
