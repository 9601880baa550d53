from odoo import models
from odoo.fields import Domain


class CoopMembership(models.Model):
    """Who leaves the co-operative leaves its bodies and workgroups on the same day."""

    _inherit = "coop.membership"

    def _end(self, date_end, exit_reason):
        # First, so that who is given a mandate or a place at this moment comes before or after.
        self.sudo().partner_id._hold_memberships()
        result = super()._end(date_end, exit_reason)
        # Whoever may end a membership need not have a right on what follows from it.
        for company, memberships in self.sudo().grouped("company_id").items():
            memberships._end_mandates(company, date_end)
        return result

    def _end_mandates(self, company, day):
        """End what these did for the co-operative, and tell the secretary."""
        own = Domain("company_id", "=", company.id) & Domain(
            "partner_id", "in", self.partner_id.ids
        )
        later = Domain("date_end", "=", False) | Domain("date_end", ">", day)
        members_only = Domain("body_id.members_only", "=", True)
        mandates = self.env["coop.mandate"].search(own & later & members_only)
        for mandate in mandates:
            user = mandate.body_id._get_secretary()
            mandate.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=mandate.with_context(lang=user.lang)._describe_left(),
                user_id=user.id,
            )
        mandates._end(day, self.env._("Left the co-operative"))
        representations = self.env["coop.representation"].search(own & later)
        for one in representations:
            user = one._get_secretary()
            one.activity_schedule(
                "mail.mail_activity_data_warning",
                summary=one.with_context(lang=user.lang)._describe_left(),
                user_id=user.id,
            )
        representations._end(day)
        lines = self.env["coop.workgroup.member"].search(own & Domain("state", "!=", "left"))
        lines.filtered(lambda one: one.workgroup_id.state != "closed")._leave()
        # A director who left may be missing in workgroups.
        self.env["coop.workgroup"].search([("company_id", "=", company.id)])._watch_composition()
