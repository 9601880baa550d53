from odoo import models


class CoopMemberPageMixin(models.AbstractModel):
    """What members read on a page of the portal, to which the mails about it lead."""

    _name = "coop.member.page.mixin"
    _description = "Read by Members in the Portal"

    def _get_member_url(self):
        """Return the page in the portal, which checks who reads it."""
        raise NotImplementedError

    def _get_member_status(self):
        """Return a key and the name of where this stands, as members read it."""
        self.ensure_one()
        return self.state, dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _get_access_action(self, access_uid=None, force_website=False):
        """Links in notifications lead members to their page, which has no secret to pass on."""
        self.ensure_one()
        # Only who it is matters here, not what that user may read.
        user = self.env["res.users"].sudo().browse(access_uid) if access_uid else self.env.user
        if user.share or force_website:
            return {
                "type": "ir.actions.act_url",
                "url": self._get_member_url(),
                "target": "self",
                "res_id": self.id,
            }
        return super()._get_access_action(access_uid=access_uid, force_website=force_website)

    def _mail_members(self, template, people, **context):
        """Queue a mail to each of these, in their language.

        :param str template: XML id of a template in this addon
        :param people: ``res.partner``; who has no address gets none
        """
        self.ensure_one()
        # The fixed text of a template is sent; who acts needs no right to edit it.
        template = self.env.ref(f"smart_activity_billing.{template}").sudo()
        # Members get mails about one another's steps without a right on contacts.
        for person in people.sudo().filtered("email_normalized"):
            template.with_context(
                coop_person_id=person.id,
                coop_person_name=person.name,
                coop_lang=person.lang,
                coop_zone=person.tz or self.company_id.partner_id.tz or "Europe/Brussels",
                **context,
            ).send_mail(self.id, email_layout_xmlid="mail.mail_notification_light")
