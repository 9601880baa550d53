from collections import defaultdict

from odoo import models
from odoo.fields import Domain


class CoopPurchaseCampaign(models.Model):
    """What members see of the result: their own part, and the sums of all."""

    _inherit = "coop.purchase.campaign"

    def _get_pledges_of(self, person):
        """Return the pledges of a person, or of Activities that the person manages."""
        own = Domain("partner_id", "=", person.id) | Domain(
            "activity_id.manager_ids", "in", person.ids
        )
        return self.env["coop.purchase.pledge"].search(
            Domain("campaign_id", "=", self.id) & Domain("state", "!=", "withdrawn") & own
        )

    def _get_portal_charges(self, pledges):
        """Return ``{pledge: {kind: amount}}`` with the names of the kinds."""
        Charge = self.env["coop.purchase.charge"]
        kinds = dict(Charge._fields["kind"]._description_selection(self.env))
        found = Charge._read_group(
            [("pledge_id", "in", pledges.ids)], ["pledge_id", "kind"], ["amount:sum"]
        )
        charges = defaultdict(dict)
        # Goods come first, as in the list of kinds.
        order = list(kinds)
        for pledge, kind, amount in sorted(found, key=lambda row: order.index(row[1])):
            charges[pledge][kinds[kind]] = amount
        return charges

    def _get_portal_rows(self, pledge):
        """Return what a pledge got: ``(product, ordered, kept, to collect)``, as text."""
        rows = self.allocation_ids.filtered(lambda one: one.pledge_id == pledge)
        return [
            (
                one.campaign_product_id.product_id.display_name,
                self._format_quantity(one.ordered, one.uom_id),
                self._format_quantity(one.kept, one.uom_id),
                self._format_quantity(max(one.to_hand_over, 0.0), one.uom_id),
            )
            for one in rows.sorted(lambda one: (one.campaign_product_id.sequence, one.id))
        ]
