from odoo import models
from odoo.exceptions import UserError


class CoopActivity(models.Model):
    """How a member asks in the portal to close an Activity, and follows it.

    Private, with superuser rights: the portal calls these after the access check of the Activity.
    """

    _inherit = "coop.activity"

    def _get_last_closing(self):
        return self.sudo().closing_ids.sorted("id")[-1:]

    def _get_open_closing(self):
        closing = self._get_last_closing()
        return closing.filtered(lambda one: one.state in ("draft", "asked", "progress"))

    def _get_closing_destinations(self):
        """Return the member's other open Activities, which can receive what is left."""
        own = self.sudo().search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "=", "open"),
                ("id", "not in", self.ids),
            ]
        )
        return own.filtered(lambda activity: not activity.is_closing)

    def _ask_to_close(self, member, reason, destination_id):
        """Ask once: of two requests at the same time, the second finds what the first asked.

        :param member: the ``res.partner`` whose Activity it is
        :param int destination_id: the own Activity that receives what is left; 0: the cooperative
        :raise UserError: what stands in the way
        :return: the closing
        """
        self.ensure_one()
        self._bump_reserved(0)
        closing = self._get_open_closing()
        if closing:
            return closing
        if not reason:
            raise UserError(self.env._("Say why it ends: the cooperative wants to learn from it."))
        destination = self._get_closing_destinations().filtered(
            lambda activity: activity.id == destination_id
        )
        if destination_id and not destination:
            raise UserError(self.env._("Choose one of your open Activities, or the cooperative."))
        # Members have no right to write closings: this is their way in, for their own Activity.
        closing = (
            self.env["coop.activity.closing"]
            .sudo()
            .with_context(mail_create_nosubscribe=True)
            .create(
                {
                    "activity_id": self.id,
                    "company_id": self.company_id.id,
                    "reason": reason,
                    "surplus_to": "activity" if destination else "fund",
                    "destination_id": destination.id,
                }
            )
        )
        closing._ask(member)
        return closing
