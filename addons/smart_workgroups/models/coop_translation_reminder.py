from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .coop_translation import WAITING

DAYS_BETWEEN = 7


class CoopTranslation(models.Model):
    """Translators are told once a week what waits for them, in one e-mail."""

    _inherit = "coop.translation"

    @api.model
    def _cron_remind(self):
        """Remind each translator of what waits, if the last time is a week ago."""
        cron = self.env["ir.cron"]
        # Languages come and go without a word to the texts.
        self._follow_all(self.env["res.company"].search([]))
        before = fields.Date.today() - timedelta(days=DAYS_BETWEEN)
        group = self.env.ref("smart_workgroups.group_governance_translator")
        users = group.all_user_ids.filtered(
            lambda user: not user.translation_reminder_on or user.translation_reminder_on <= before
        )
        waiting = self.search([("state", "in", WAITING)])
        cron._commit_progress(remaining=len(users))
        for user in users:
            rows = waiting._get_waiting_for(user)
            if rows:
                rows._send_reminder(user)
            if not cron._commit_progress(1):
                return

    def _get_waiting_for(self, user):
        """Return those that are given to this user, or to nobody in one of the user's languages."""
        langs = set(user.translation_lang_ids.mapped("code"))
        return self.filtered(
            lambda row: (
                (not row.company_id or row.company_id in user.company_ids)
                and (row.user_id == user or (not row.user_id and row.lang in langs))
            )
        )

    def _send_reminder(self, user):
        """Queue one e-mail about all of these."""
        template = self.env.ref("smart_workgroups.mail_template_translation_reminder")
        template.with_context(
            coop_person=user.partner_id,
            coop_lang=user.lang,
            coop_rows=self.with_context(lang=user.lang).with_user(user)._get_reminder_rows(),
            coop_url=f"{self[0].get_base_url()}/odoo/translations",
        ).send_mail(self[0].id, email_layout_xmlid="mail.mail_notification_light")
        user.translation_reminder_on = fields.Date.today()

    def _get_reminder_rows(self):
        labels = self._get_state_labels()
        langs = dict(self.env["res.lang"].get_installed())
        return [
            {
                "title": row.record_name,
                "kind": row.kind,
                "language": langs.get(row.lang, row.lang),
                "state": labels[row.state],
            }
            for row in self
        ]

    @api.model
    def _follow_all(self, companies):
        """Make the rows that are missing in these companies, after their languages changed."""
        translated = self.env.registry["coop.translated.mixin"]
        for name, model in self.env.registry.items():
            if model._abstract or not issubclass(model, translated):
                continue
            # Kept by the system: which languages are wanted is the company's choice.
            Model = self.env[name].sudo().with_context(active_test=False)
            domain = Domain.TRUE
            if "company_id" in Model._fields:
                domain = Domain("company_id", "in", companies.ids)
            Model.search(domain)._follow_translations()
