from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from .coop_service_request import OPEN_STATES

ACTIVITY = "mail.mail_activity_data_todo"
ANSWER_WITHIN = timedelta(days=3)


class CoopServiceRequest(models.Model):
    """Who follows up a request: somebody of the member's antenna."""

    _inherit = "coop.service.request"

    def _route(self):
        """Make somebody responsible for each request: who has the fewest open ones."""
        # Who asks need not know who works where.
        for (company, antenna), requests in (
            self.sudo().grouped(lambda request: (request.company_id, request.antenna_id)).items()
        ):
            users = self._get_staff(company, antenna)
            load = dict.fromkeys(users.ids, 0)
            load.update(self._count_open(users))
            for request in requests:
                if not request.user_id and load:
                    user_id = min(load, key=lambda key: (load[key], key))
                    load[user_id] += 1
                    request._write_decision({"user_id": user_id})
                request._plan_activity()

    def _plan_activity(self):
        if self.user_id:
            self.activity_schedule(
                ACTIVITY,
                date_deadline=fields.Date.context_today(self) + ANSWER_WITHIN,
                summary=self.with_context(lang=self.user_id.lang).service_id.name,
                user_id=self.user_id.id,
            )

    @api.model
    def _get_staff(self, company, antenna):
        """Return who may follow up requests: contact persons of the antenna, else all services."""
        group = self.env.ref("smart_membership.group_membership_user")
        users = group.sudo().all_user_ids.filtered(
            lambda user: not user.share and user.active and company in user.company_ids
        )
        return users.filtered(lambda user: user.partner_id in antenna.contact_ids) or users

    @api.model
    def _count_open(self, users):
        groups = self._read_group(
            Domain("user_id", "in", users.ids) & Domain("state", "in", OPEN_STATES),
            ["user_id"],
            ["__count"],
        )
        return {user.id: count for user, count in groups}
