from odoo import api, fields, models
from odoo.fields import Domain

OPINION = "coop.ethics.opinion"
MEETING = "coop.meeting"


class CoopTranslation(models.Model):
    """What the ethics committee writes is translated by the committee until it is published.

    So are the announcements of its meetings.

    To all others, translators too, not even that there is a text to translate.
    """

    _inherit = "coop.translation"

    is_disclosed = fields.Boolean(
        compute="_compute_is_disclosed", search="_search_is_disclosed", compute_sudo=True
    )

    @api.depends("res_model", "res_id")
    @api.depends_context("uid")
    def _compute_is_disclosed(self):
        disclosed = self.filtered_domain(self._get_disclosed_domain())
        for row in self:
            row.is_disclosed = row in disclosed

    @api.model
    def _search_is_disclosed(self, operator, value):
        if operator != "in" or True not in value:
            return NotImplemented
        return self._get_disclosed_domain()

    @api.model
    def _get_disclosed_domain(self):
        # Who reads the case follows from the seat; sudo, for translators have no right there.
        opinions = self.env[OPINION].sudo().search([("case_id.may_read", "=", True)])
        Meeting = self.env[MEETING].sudo()
        closed = Meeting.search(~Meeting._get_disclosed_domain())
        return (Domain("res_model", "!=", OPINION) | Domain("res_id", "in", opinions.ids)) & (
            Domain("res_model", "!=", MEETING) | Domain("res_id", "not in", closed.ids)
        )

    def _get_waiting_for(self, user):
        """Leave them out of the reminders: an e-mail is not confidential."""
        rows = super()._get_waiting_for(user)
        # Of which body a meeting is decides on who is told.
        meetings = (
            self.env[MEETING].sudo().browse(row.res_id for row in rows if row.res_model == MEETING)
        )
        closed = {(MEETING, meeting.id) for meeting in meetings.exists() if meeting.is_confidential}
        return rows.filtered(
            lambda row: row.res_model != OPINION and (row.res_model, row.res_id) not in closed
        )
