from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class CoopMandate(models.Model):
    """The secretary hears in time that a mandate expires."""

    _inherit = "coop.mandate"

    @api.model
    def _cron_remind(self):
        """Remind the secretaries once of each mandate that expires soon."""
        today = fields.Date.context_today(self)
        bodies = self.env["coop.body"].search([("reminder_days", ">", 0)])
        domain = Domain.OR(
            Domain("body_id", "in", same.ids)
            & Domain("date_end", "<=", today + timedelta(days=days))
            for days, same in bodies.grouped("reminder_days").items()
        )
        expiring = self.search(
            domain & self._active_domain(today) & Domain("reminded", "=", False), order="id"
        )
        for mandate in expiring:
            user = mandate.body_id._get_secretary()
            mandate.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=mandate.date_end,
                summary=mandate.with_context(lang=user.lang)._describe_expiry(),
                user_id=user.id,
            )
        expiring.reminded = True

    def _describe_expiry(self):
        return self.env._(
            "The mandate of %(person)s in %(body)s expires: prepare an election or a new mandate",
            person=self.partner_id.name,
            body=self.body_id.name,
        )

    def _describe_left(self):
        return self.env._(
            "%(person)s left the co-operative, and %(body)s: find who takes over",
            person=self.partner_id.name,
            body=self.body_id.name,
        )
