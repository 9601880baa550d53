from odoo import fields, models


class PurchaseOrderLine(models.Model):
    """What came in for a line of a campaign's order, in the unit of the product."""

    _inherit = "purchase.order.line"

    allocation_ids = fields.One2many("coop.purchase.allocation", "order_line_id", "Allocations")

    def _get_campaign_receipts(self):
        """Return ``{line: quantity}`` that is there to be shared.

        What went back to the supplier lowers it only where it is not noted on an allocation as
        damaged or brought back: then it is known of whom it was.
        """
        noted = self.env["coop.purchase.allocation"]._read_group(
            [("order_line_id", "in", self.ids)],
            ["order_line_id"],
            ["damaged:sum", "returned:sum"],
        )
        known = {line: damaged + returned for line, damaged, returned in noted}
        receipts = {}
        for line in self.filtered(lambda line: not line.display_type):
            came, went = line._get_moved_quantities()
            receipts[line] = max(came - max(went - known.get(line, 0.0), 0.0), 0.0)
        return receipts

    def _get_moved_quantities(self):
        """Return what came in, and what went back to the supplier."""
        self.ensure_one()
        unit = self.product_id.uom_id
        if self.qty_received_method != "stock_moves":
            return self.product_uom_id._compute_quantity(self.qty_received, unit), 0.0
        came = went = 0.0
        for move in self._get_po_line_moves():
            if move.state != "done":
                continue
            quantity = move.product_uom._compute_quantity(move.quantity, unit)
            if move._is_purchase_return():
                went += quantity
            else:
                came += quantity
        return came, went

    def _get_campaign_price(self):
        """Return the price of one unit of the product, in the company's currency, without VAT."""
        self.ensure_one()
        quantity = self.product_uom_id._compute_quantity(self.product_qty, self.product_id.uom_id)
        amount = self.price_subtotal / (self.order_id.currency_rate or 1.0)
        return self.company_id.currency_id.round(amount / quantity) if quantity else 0.0
