from odoo import fields, models

# What happened that gives members time to act.
DATED = ("opened", "reminder", "boxfill", "extended", "reopened")


class CoopPurchaseNotice(models.Model):
    """What somebody is to read of campaigns: all of a day in one e-mail."""

    _name = "coop.purchase.notice"
    _description = "Notice of a Purchase Campaign"
    _inherit = ["coop.digest.mixin"]
    _order = "id"

    event_id = fields.Many2one(
        "coop.purchase.campaign.event",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    campaign_id = fields.Many2one(related="event_id.campaign_id", store=True, index=True)
    company_id = fields.Many2one(related="event_id.company_id", store=True, index=True)

    _one_each = models.UniqueIndex("(event_id, partner_id)", "Somebody is told once.")

    def _send_digest(self, person):
        template = self.env.ref("smart_purchasing_central.mail_template_purchase_digest")
        template.with_context(
            coop_person=person,
            coop_lang=person.lang,
            coop_zone=person.tz or self.company_id.partner_id.tz or "Europe/Brussels",
            coop_rows=self.with_context(lang=person.lang)._get_digest_rows(person),
        ).send_mail(self[0].id, email_layout_xmlid="mail.mail_notification_light")
        self.sent_on = fields.Datetime.now()

    def _get_digest_rows(self, person):
        """Return what is told: the last thing that happened to each campaign, in their order."""
        last = {notice.campaign_id: notice.event_id for notice in self}
        return [
            {
                "title": campaign.title,
                "text": event._describe(),
                "reason": event.reason,
                "deadline": event.deadline if event.kind in DATED else None,
                "url": f"{campaign.get_base_url()}{campaign._get_member_url()}",
            }
            for campaign, event in last.items()
        ]
