import re

from odoo import api, models
from odoo.fields import Domain


class CoopActivity(models.Model):
    """How members name an Activity of somebody else, to move budget to it or to ask it along."""

    _inherit = "coop.activity"

    @api.model
    def _find_exactly(self, company, text):
        """Return the open Activities with exactly this code, or this name of it or its member.

        Nothing but an exact answer, so that nobody lists the Activities of others.
        """
        # Who knows a code or a name may ask there, without reading anything else of it.
        Activity = self.sudo()
        text = " ".join(text.split())[:200]
        if not text:
            return Activity.browse()
        # What is typed is no pattern.
        exactly = re.sub(r"([\\%_])", r"\\\1", text)
        in_company = Domain("company_id", "=", company.id) & Domain("state", "=", "open")
        found = Activity.search(in_company & Domain("code", "=ilike", exactly), limit=1)
        return found or Activity.search(
            in_company
            & (Domain("name", "=ilike", exactly) | Domain("partner_id.name", "=ilike", exactly)),
            limit=2,
        )
