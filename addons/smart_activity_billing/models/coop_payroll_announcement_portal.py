from odoo import api, models
from odoo.exceptions import AccessError

PAGE = "/my/salaries"


class CoopPayrollAnnouncement(models.Model):
    """What members need to announce their own salary in the portal, and nobody else's."""

    _name = "coop.payroll.announcement"
    _inherit = ["coop.member.form.mixin", "coop.payroll.announcement"]

    @api.model
    def _request(self, token, values):
        """Announce the salary of the user, exactly once for each form.

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
        announcement = self._create_by_form(
            activity.company_id,
            token,
            {
                "activity_id": activity.id,
                "partner_id": person.id,
                "date_from": values["month"],
                "amount": float(values["amount"]),
                "note": values["note"],
            },
        )
        announcement._announce(person)
        return announcement

    def _get_member_url(self):
        return f"{PAGE}/{self.id}"
