from odoo import models
from odoo.exceptions import UserError

# From when on offers are no secret and suppliers are chosen.
AWARDED = ("ordered", "receiving", "settled", "closed")


class CoopPurchaseCampaign(models.Model):
    """Why these suppliers: what the award report says of each offer, product by product."""

    _inherit = "coop.purchase.campaign"

    def action_print_award(self):
        """Print why these suppliers were chosen.

        :raise UserError: they are not chosen yet: offers are sealed until then
        """
        self.check_access("read")
        self._check_awarded()
        return self.env.ref("smart_purchasing_central.action_report_award").report_action(self)

    def _check_awarded(self):
        for campaign in self:
            if campaign.state not in AWARDED:
                raise UserError(
                    self.env._(
                        "The suppliers of %(campaign)s are not chosen yet: order first.",
                        campaign=campaign.display_name,
                    )
                )

    def _get_award_suppliers(self):
        """Return what is ordered from whom: dicts ``partner``, ``order``, ``amount``, ``units``."""
        self._check_awarded()
        rows = []
        for order in self.order_ids.filtered(lambda order: order.state == "purchase"):
            offer = self.offer_ids.filtered(
                lambda one, order=order: (
                    one.partner_id == order.partner_id and one.state != "withdrawn"
                )
            )[:1]
            rows.append({"order": order, "offer": offer, "partner": order.partner_id})
        return rows

    def _get_award_products(self):
        """Return for each product its offers, the chosen ones first, each with a reason in words.

        :return: list of tuples: the campaign's product, and dicts ``line``, ``price``, ``score``,
            ``units``, ``chosen``, ``reason``
        """
        self._check_awarded()
        ordered = self._get_ordered_units()
        return [(product, self._get_award_offers(product, ordered)) for product in self.product_ids]

    def _get_ordered_units(self):
        """Return ``{(supplier, product): (units, price)}`` in the company's currency."""
        return {
            (line.partner_id, line.product_id): (
                line.product_uom_id._compute_quantity(line.product_qty, line.product_id.uom_id),
                line._get_campaign_price(),
            )
            for line in self.order_ids.order_line
            if line.state == "purchase" and not line.display_type
        }

    def _get_award_offers(self, product, ordered):
        goods = product.product_id
        units = sum(part[0] for (_partner, one), part in ordered.items() if one == goods)
        rows = []
        for line in product.offer_line_ids.filtered(
            lambda line: line.offer_id.state not in ("draft", "withdrawn")
        ):
            bought, paid = ordered.get((line.partner_id, goods), (0.0, None))
            rows.append(
                {
                    "line": line,
                    "units": bought,
                    "price": paid if bought else line._get_award_price(units),
                    "score": line.score,
                    "chosen": bool(bought),
                    "reason": "",
                }
            )
        chosen = [row for row in rows if row["chosen"]]
        for row in rows:
            row["reason"] = self._explain_award(row, chosen)
        return sorted(rows, key=lambda row: (not row["chosen"], row["price"] or 0.0))

    def _explain_award(self, row, chosen):
        """Return in words why an offer was chosen or not."""
        line, currency = row["line"], self.currency_id
        if row["chosen"]:
            return self.env._("Chosen by the plan.")
        if line.is_knocked_out or line.offer_id.state == "knocked_out":
            return self.env._("Knocked out: %(reason)s", reason=line.knock_out_reason or "")
        if not chosen:
            return self.env._("Nothing of this product was bought.")
        parts = []
        dearest = max(one["price"] for one in chosen)
        best = max(one["score"] for one in chosen)
        if row["price"] and currency.compare_amounts(row["price"], dearest) > 0:
            parts.append(
                self.env._(
                    "%(amount)s dearer for each unit.",
                    amount=currency.format(row["price"] - dearest),
                )
            )
        if row["score"] < best:
            parts.append(
                self.env._(
                    "A score of %(score)s, less than %(best)s.",
                    score=round(row["score"], 1),
                    best=round(best, 1),
                )
            )
        return " ".join(parts) or self.env._(
            "As good by itself; with packs, minimum orders, delivery costs and the number of "
            "suppliers the whole would have cost more."
        )

    def _get_award_criteria(self):
        """Return the criteria as announced: tuples of a name and its weight in percent."""
        if "criterion_ids" not in self._fields:
            return []
        return [(one.display_name, one.weight) for one in self.criterion_ids]
