from decimal import Decimal

from odoo import models
from odoo.fields import Domain


class CoopSupplierPriceList(models.Model):
    """What a price list would change against what the supplier offered before."""

    _inherit = "coop.supplier.price.list"

    def _compare(self, articles):
        """Return what would change against this draft, or the last offer of this supplier."""
        before = self._get_lines_before()
        differences = [
            self._prepare_difference(
                article, before.get(article["product"].product_id) if article["product"] else None
            )
            for article in articles
            if "tiers" in article
        ]
        named = {article["product"].product_id for article in articles if article["product"]}
        return differences + [
            {
                "change": "3_gone",
                "row": 0,
                "supplier_reference": line.supplier_reference,
                "campaign_product_id": line.campaign_product_id.id,
                "old_price": line.first_price,
                "new_price": 0.0,
                "percentage": 0.0,
                "is_jump": False,
            }
            for product, line in before.items()
            if product not in named and line.offer_id == self.offer_id
        ]

    def _get_lines_before(self):
        """Return ``{product: the last line}`` that this supplier offered in this currency."""
        products = self.campaign_id.sudo().product_ids.product_id
        of_currency = Domain("offer_id.offer_currency_id", "=", self.offer_currency_id.id)
        lines = self._get_earlier_lines(products, of_currency)
        return {line.product_id: line for line in lines}

    def _get_earlier_lines(self, products, domain):
        """Return what this supplier offered before, the lines of this offer last.

        Of other offers only what was opened: a sealed one of another campaign would be read here.
        """
        own = Domain("offer_id", "=", self.offer_id.id)
        domain &= (
            Domain("company_id", "=", self.company_id.id)
            & Domain("partner_id", "child_of", self.partner_id.commercial_partner_id.ids)
            & Domain("product_id", "in", products.ids)
            & (own | Domain("is_opened", "=", True))
        )
        # Of this same supplier, who has no rights.
        lines = self.env["coop.supplier.offer.line"].sudo().search(domain, order="id")
        return lines.sorted(lambda line: line.offer_id == self.offer_id)

    def _prepare_difference(self, article, before):
        tiers = article.get("tiers") or [(0, Decimal(0))]
        price = tiers[0][1]
        vals = {
            "row": article["rows"][0].number,
            "supplier_reference": article["reference"],
            "campaign_product_id": article["product"].id,
            "new_price": float(price),
            "old_price": before.first_price if before else 0.0,
            "percentage": 0.0,
            "is_jump": False,
        }
        if not article["product"]:
            return vals | {"change": "5_beside"}
        if not before:
            return vals | {"change": "1_new"}
        old_tiers = before._get_tiers()
        changes = self._get_changes(article, before, old_tiers)
        same = old_tiers == tiers and not changes
        percentage = self._get_largest_change(old_tiers, tiers)
        return vals | {
            "change": "4_same" if same else "2_changed",
            "percentage": float(percentage),
            "is_jump": abs(percentage) > Decimal(str(self.jump)),
            "changes": changes,
        }

    def _get_changes(self, article, before, old_tiers):
        """Return what changes beside prices: ``[name, old, new]`` of each."""
        old_starts, starts = (
            [start for start, _price in some] for some in (old_tiers, article["tiers"])
        )
        values = [
            ("quantities", old_starts, starts),
            ("pack", before.pack_quantity, float(article["pack"])),
            ("capacity", before.capacity, article["capacity"]),
            ("co2", before.co2_grams, article["co2"]),
        ]
        return [[name, old, new] for name, old, new in values if old != new]

    def _get_largest_change(self, old_tiers, tiers):
        """Return the largest change of a price in percent, tier by tier."""
        changes = [
            (new - old) * 100 / old
            for (_old_start, old), (_start, new) in zip(old_tiers, tiers, strict=False)
            if old
        ]
        return max(changes, key=abs, default=Decimal(0))
