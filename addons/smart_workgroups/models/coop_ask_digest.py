from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..lib.fatigue import pick

# People who get their digest in one transaction.
BATCH = 50


class CoopAsk(models.Model):
    """Requests leave in digests, as far as the budget of the month allows."""

    _inherit = "coop.ask"

    @api.model
    def _cron_send(self):
        """Send everybody what may be sent today, in batches."""
        today = fields.Date.today()
        self.search([("date_until", "<", today)])._expire()
        cron = self.env["ir.cron"]
        domain = Domain("state", "in", ("waiting", "sent")) & self._get_awake_domain(today)
        groups = self._read_group(domain, ["company_id", "partner_id"], ["id:recordset"])
        cron._commit_progress(remaining=len(groups))
        for start in range(0, len(groups), BATCH):
            batch = groups[start : start + BATCH]
            self._send_batch(batch)
            if not cron._commit_progress(len(batch)):
                return

    @api.model
    def _get_awake_domain(self, today):
        """Return what finds the requests that rest neither alone nor with all others."""
        awake = Domain("snooze_until", "=", False) | Domain("snooze_until", "<=", today)
        person = Domain("partner_id.ask_snooze_until", "=", False) | Domain(
            "partner_id.ask_snooze_until", "<=", today
        )
        return awake & person

    @api.model
    def _send_batch(self, groups):
        people = self.env["res.partner"].union(*[person for _company, person, _asks in groups])
        used, last = self._get_use(people)
        now = fields.Datetime.now()
        for company, person, asks in groups:
            rest = timedelta(days=company.ask_digest_days)
            if (company, person) in last and last[company, person] + rest > now:
                continue
            fresh = asks.filtered(lambda ask: ask.state == "waiting")
            before = now - timedelta(days=company.ask_reminder_days)
            late = (asks - fresh).filtered(
                lambda ask, before=before: not ask.reminded_on and ask.sent_on <= before
            )
            new_ids, late_ids = pick(
                [(str(ask.date_until or ""), ask.id) for ask in fresh],
                late.sorted("id").ids,
                company.ask_budget,
                used.get((company, person), 0),
            )
            if new_ids or late_ids:
                self.browse(new_ids + late_ids)._send_digest(person, set(late_ids))

    @api.model
    def _get_use(self, people):
        """Return how many requests went out this month, and when the last one did, by person.

        :return: two dicts by ``(company, person)``; reminders count like requests
        """
        first = fields.Datetime.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        used, last = {}, {}
        for name in ("sent_on", "reminded_on"):
            own = Domain("partner_id", "in", people.ids) & Domain(name, "!=", False)
            for company, person, moment in self._read_group(
                own, ["company_id", "partner_id"], [f"{name}:max"]
            ):
                key = company, person
                last[key] = max(last.get(key, moment), moment)
            for company, person, count in self._read_group(
                own & Domain(name, ">=", first), ["company_id", "partner_id"], ["__count"]
            ):
                key = company, person
                used[key] = used.get(key, 0) + count
        return used, last

    def _send_digest(self, person, late_ids):
        """Queue one e-mail about all of these, in the language of who reads it."""
        template = self.env.ref("smart_workgroups.mail_template_ask_digest")
        template.with_context(
            coop_person=person,
            coop_lang=person.lang,
            coop_rows=[
                {
                    "name": ask.name,
                    "url": ask._get_full_url(),
                    "minutes": ask.minutes,
                    "until": ask.date_until,
                    "again": ask.id in late_ids,
                }
                for ask in self
            ],
        ).send_mail(self[0].id, email_layout_xmlid="mail.mail_notification_light")
        now = fields.Datetime.now()
        late = self.filtered(lambda ask: ask.id in late_ids)
        late.write({"reminded_on": now})
        (self - late).write({"state": "sent", "sent_on": now})

    def _get_full_url(self):
        self.ensure_one()
        url = self.url or ""
        return url if "://" in url else f"{self.get_base_url()}{url}"
