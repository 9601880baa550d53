from odoo import fields, models


class CoopMeeting(models.Model):
    """What the minutes of a meeting say: what was noted, as it is frozen."""

    _inherit = "coop.meeting"
    _minutes_template = "smart_workgroups.report_minutes"

    minutes_ids = fields.One2many("coop.meeting.minutes", "meeting_id", "Frozen Minutes")

    def _get_minutes_content(self):
        """Return what the minutes of this meeting say, as it is written down now."""
        self.ensure_one()
        return {
            "meeting": self.name,
            "group": self._get_group().name,
            "company": self.company_id.name,
            "begins": fields.Datetime.to_string(self.date_start),
            "when": self._get_moment(),
            "place": self._get_place(),
            "people": [
                {"name": one.partner_id.name, "presence": one.state, "remote": one.remote}
                for one in self.presence_ids
            ],
            "points": [
                {
                    "name": point.name,
                    "notes": str(point.notes or ""),
                    "outcome": point.outcome or "",
                    "decision": point.decision or "",
                }
                for point in self.point_ids
            ],
            "notes": str(self.notes or ""),
        }

    def _get_minutes_day(self):
        return self._get_local_day()

    def _get_warned(self):
        # Who does not read the meetings of a committee is told at the committee.
        return self.body_id if self.is_confidential else super()._get_warned()
