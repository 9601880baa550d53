import base64

from odoo import fields, models

from odoo.addons.smart_membership.lib.table_file import xlsx_book

from ..lib.price_list import TITLES


class CoopSupplierOffer(models.Model):
    """The table that a supplier fills in: what is bought, and what was offered so far."""

    _inherit = "coop.supplier.offer"

    price_list_ids = fields.One2many("coop.supplier.price.list", "offer_id", "Price Lists")
    template = fields.Binary(compute="_compute_template", compute_sudo=False)

    def _compute_template(self):
        for offer in self:
            offer.template = base64.b64encode(offer._make_template())

    def action_template(self):
        """Download the table of what is bought, to be filled in with prices."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template/{self.name}.xlsx?download=true",
            "target": "self",
        }

    def _make_template(self):
        """Return the table as XLSX: what is in it comes back as it is."""
        self.ensure_one()
        names = ("reference", "product", "unit", "start", "price", "pack", "capacity", "co2")
        rows = []
        lines = {line.campaign_product_id: line for line in self.line_ids}
        # A supplier has no right on the campaign.
        for one in self.campaign_id.sudo().product_ids:
            line = lines.get(one, self.env["coop.supplier.offer.line"])
            tiers = line._get_tiers() if line else [(0, None)]
            product, uom = one.product_id, one.uom_id
            rows += [
                [
                    line.supplier_reference or None,
                    product.default_code or product.name,
                    uom.name,
                    start,
                    float(price) if price is not None else None,
                    line.pack_quantity or None,
                    line.capacity or None,
                    line.co2_grams or None,
                ]
                for start, price in tiers
            ]
        return xlsx_book([(self.env._("Prices"), [TITLES[name][0] for name in names], rows)])
