import re

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

PAGE = "/my/transfers"


class CoopBudgetTransfer(models.Model):
    """What members need to move budget in the portal, and nothing about anybody else's."""

    _inherit = "coop.budget.transfer"

    @api.model
    def _get_own_domain(self, person):
        """Return what finds the transfers of somebody's Activities; drafts are the giver's own."""
        return Domain("source_id.manager_ids", "in", person.ids) | (
            Domain("destination_id.manager_ids", "in", person.ids)
            & Domain("submission_date", "!=", False)
        )

    @api.model
    def _get_waiting_domain(self, person):
        """Return what finds the transfers that wait for the decision of somebody."""
        return Domain("destination_id.manager_ids", "in", person.ids) & Domain(
            "state", "=", "submitted"
        )

    @api.model
    def _find_activities(self, company, text):
        """Return the open Activities with exactly this code, or this name of it or its member.

        Nothing but an exact answer, so that nobody lists the Activities of others.
        """
        # Who knows a code or a name may move budget there, without reading anything else of it.
        Activity = self.env["coop.activity"].sudo()
        text = " ".join(text.split())[:200]
        if not text:
            return Activity
        # What is typed is no pattern.
        exactly = re.sub(r"([\\%_])", r"\\\1", text)
        in_company = Domain("company_id", "=", company.id) & Domain("state", "=", "open")
        found = Activity.search(in_company & Domain("code", "=ilike", exactly), limit=1)
        return found or Activity.search(
            in_company
            & (Domain("name", "=ilike", exactly) | Domain("partner_id.name", "=ilike", exactly)),
            limit=2,
        )

    @api.model
    def _find_by_token(self, person, token):
        """Return the transfer for which this form asked already, if any."""
        # The token is not readable by members; it leads to what they asked for only.
        return self.sudo().search([("submitted_by_id", "=", person.id), ("token", "=", token)])

    @api.model
    def _request(self, token, values):
        """Ask for a transfer in the name of the user, exactly once for each form.

        Of two equal requests at once, the second fails to bump the Activity's row, is replayed by
        the server, and then finds the transfer of the first.

        :param str token: of the form
        :param dict values: ``source``, ``destination``, ``amount`` and ``reason``, all checked
        :raise UserError: what stands in the way
        :return: the transfer, with superuser rights
        """
        person = self.env.user.partner_id
        source, destination = values["source"], values["destination"]
        if person not in source.manager_ids:
            raise AccessError(self.env._("Only a manager of the Activity that gives can do this."))
        for activity in (source | destination).sorted("id"):
            activity._bump_reserved(0)
        transfer = self._find_by_token(person, token)
        if transfer:
            return transfer
        # Members have no right to write transfers: this is their way in, for their own Activities.
        Transfer = self.sudo().with_company(source.company_id)
        transfer = Transfer.with_context(mail_create_nosubscribe=True).create(
            {
                "company_id": source.company_id.id,
                "source_id": source.id,
                "destination_id": destination.id,
                "amount": float(values["amount"]),
                "reason": values["reason"],
                "token": token,
            }
        )
        transfer._submit(person)
        return transfer

    def _get_member_status(self):
        """Return a key and the name of where this stands, as members read it."""
        self.ensure_one()
        if self.state == "cancelled":
            if self.reversal_move_id:
                return "reversed", self.env._("Reversed")
            return "withdrawn", self.env._("Withdrawn")
        return self.state, dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _get_member_url(self):
        return f"{PAGE}/{self.id}"

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

    def _mail(self, step, people):
        """Queue a mail to each of these, in their language, with a link to the transfer's page."""
        self.ensure_one()
        # The fixed text of a template is sent; who asks or decides needs no right to edit it.
        template = self.env.ref(
            f"smart_activity_billing.mail_template_budget_transfer_{step}"
        ).sudo()
        # Each side may get the name of the other, and nobody a right on contacts.
        for person in people.sudo().filtered("email_normalized"):
            template.with_context(
                coop_person_id=person.id, coop_person_name=person.name, coop_lang=person.lang
            ).send_mail(self.id, email_layout_xmlid="mail.mail_notification_light")
