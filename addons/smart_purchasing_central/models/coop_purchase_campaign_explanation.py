from odoo import models

from .coop_purchase_campaign_evaluate import AWARDED


class CoopPurchaseCampaign(models.Model):
    """Why these suppliers: what members read after the award."""

    _inherit = "coop.purchase.campaign"

    def _get_explanation(self):
        """Return the choice product by product, without prices that were not taken.

        :return: list of ``{"product", "lines": [{"line", "is_ordered", "scores"}]}``
        """
        self.ensure_one()
        # Whoever may read of the choice: see `_get_explained_domain`.
        campaign = self.sudo()
        lines = campaign.offer_ids.filtered("is_opened").line_ids
        ordered = campaign.plan_id.line_ids.offer_line_id
        return [
            {
                "product": product,
                "lines": [
                    {"line": line, "is_ordered": line in ordered, "scores": line.score_ids}
                    for line in lines.filtered(
                        lambda line, product=product: line.campaign_product_id == product
                    ).sorted(lambda line: (line.is_knocked_out, -line.score, line.id))
                ],
            }
            for product in campaign.product_ids
        ]

    def _get_explained_domain(self, person):
        """Return which campaigns tell somebody of their choice: those of the own co-operative."""
        companies = person._get_member_companies()
        return [("company_id", "in", companies.ids), ("state", "in", AWARDED)]

    def _is_explained_to(self, person):
        """Whether somebody may read why these suppliers were chosen."""
        self.ensure_one()
        explained = self.filtered_domain(self._get_explained_domain(person))
        return bool(explained.offers_opened_on)
