from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

PAGE = "/my/salaries"


class CoopPayrollAnnouncement(models.Model):
    """What members need to announce their own salary in the portal, and nobody else's."""

    _inherit = "coop.payroll.announcement"

    @api.model
    def _get_own_domain(self, person):
        """Return what finds the announced salaries of somebody."""
        return Domain("partner_id", "=", person.id)

    @api.model
    def _find_by_token(self, person, token):
        """Return what this form announced already, if anything."""
        # The token is not readable by members; it leads to what they announced only.
        return self.sudo().search([("submitted_by_id", "=", person.id), ("token", "=", token)])

    @api.model
    def _request(self, token, values):
        """Announce the salary of the user, exactly once for each form.

        Of two equal requests at once, the second fails to bump the Activity's row, is replayed by
        the server, and then finds the announcement of the first.

        :param str token: of the form
        :param dict values: ``activity``, ``month``, ``amount`` and ``note``, all checked
        :raise UserError: what stands in the way
        :return: the announcement, with superuser rights
        """
        person = self.env.user.partner_id
        activity = values["activity"]
        if person not in activity.manager_ids:
            raise AccessError(self.env._("Only a manager of the Activity can do this."))
        activity._bump_reserved(0)
        announcement = self._find_by_token(person, token)
        if announcement:
            return announcement
        # Members have no right to write announcements: this is their way in, for their own salary.
        Announcement = self.sudo().with_company(activity.company_id)
        announcement = Announcement.with_context(mail_create_nosubscribe=True).create(
            {
                "company_id": activity.company_id.id,
                "activity_id": activity.id,
                "partner_id": person.id,
                "date_from": values["month"],
                "amount": float(values["amount"]),
                "note": values["note"],
                "token": token,
            }
        )
        announcement._announce(person)
        return announcement

    def _get_member_status(self):
        """Return a key and the name of where this stands, as members read it."""
        self.ensure_one()
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
