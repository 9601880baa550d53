from datetime import datetime, time, timedelta

import pytz

from odoo import fields, models
from odoo.exceptions import UserError

from ..lib.series import monthly

MOST = 24


class CoopMeetingSeries(models.TransientModel):
    """Plan the monthly meetings of a workgroup in one go."""

    _name = "coop.meeting.series"
    _description = "Plan Monthly Meetings"

    workgroup_id = fields.Many2one("coop.workgroup", required=True, ondelete="cascade")
    date_first = fields.Date("First Meeting", required=True)
    hour = fields.Float("At", default=18.0, required=True)
    duration = fields.Float("Length", default=2.0, required=True)
    count = fields.Integer("How Many", default=6, required=True)
    place = fields.Char()
    antenna_id = fields.Many2one("coop.antenna", ondelete="cascade")
    url = fields.Char("Video Call")

    def action_plan(self):
        """Plan the meetings, on the same weekday of each month and at the same local time."""
        self.ensure_one()
        self.workgroup_id.check_access("write")
        if not 0 < self.count <= MOST:
            raise UserError(self.env._("Plan from 1 to %(most)s meetings in one go.", most=MOST))
        if not 0 <= self.hour < 24:
            raise UserError(self.env._("Choose a time from 0:00 to 23:59."))
        meetings = self.env["coop.meeting"].create(
            [self._prepare_meeting(day) for day in monthly(self.date_first, self.count)]
        )
        action = self.workgroup_id.action_view_meetings()
        action["domain"] = [("id", "in", meetings.ids)]
        return action

    def _prepare_meeting(self, day):
        company = self.workgroup_id.company_id
        zone = pytz.timezone(self.env.user.tz or company.partner_id.tz or "Europe/Brussels")
        local = datetime.combine(day, time()) + timedelta(minutes=round(self.hour * 60))
        moment = zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)
        return {
            "workgroup_id": self.workgroup_id.id,
            "date_start": moment,
            "duration": self.duration,
            "place": self.place,
            "antenna_id": (self.antenna_id or self.workgroup_id.antenna_id).id,
            "url": self.url,
        }
