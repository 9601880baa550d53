from odoo import api, models
from odoo.fields import Domain


class CoopMeeting(models.Model):
    """Who sees a meeting in the portal."""

    _inherit = "coop.meeting"

    @api.model
    def _get_visible_domain(self, person):
        """Return the meetings that somebody sees.

        Those of workgroups are open to all members of the co-operative from the convocation on;
        those of a body only to who was invited or sits there today.
        """
        companies = Domain("company_id", "in", person._get_member_companies().ids)
        sitting = self.env["coop.mandate"]._active_domain() & Domain("partner_id", "=", person.id)
        body = Domain("presence_ids.partner_id", "=", person.id) | Domain(
            "body_id.mandate_ids", "any", sitting
        )
        return (
            companies
            & Domain("state", "in", ("convoked", "held", "closed"))
            & (Domain("workgroup_id.state", "in", ("open", "closed")) | body)
        )
