from odoo import models
from odoo.fields import Domain


class CoopMeeting(models.Model):
    """What a meeting leaves open comes back at the next one."""

    _inherit = "coop.meeting"

    def _carry_over(self):
        """Put the points that were not treated on the agenda of the next meeting, if there is one.

        Else they wait for the next one that is planned.
        """
        for meeting in self:
            following = self.search(
                meeting._get_group_domain()
                & Domain("state", "in", ("draft", "convoked"))
                & Domain("date_start", ">", meeting.date_start),
                order="date_start, id",
                limit=1,
            )
            if following:
                following._take_waiting_points()

    def _add_standing_points(self):
        """Begin an agenda with the minutes of the last meeting and what it left open."""
        for meeting in self:
            # One after the other: what the first takes along, the second must not.
            nearer = self.search_count(
                meeting._get_group_domain()
                & Domain("state", "in", ("draft", "convoked"))
                & Domain("date_start", "<", meeting.date_start),
                limit=1,
            )
            if not nearer:
                meeting._take_waiting_points()

    def _take_waiting_points(self):
        """Take the points that wait for this meeting, and the minutes that wait for approval."""
        self.ensure_one()
        Point = self.env["coop.meeting.point"]
        before = self.search(
            self._get_group_domain()
            & Domain("state", "=", "closed")
            & Domain("date_start", "<", self.date_start)
        )
        waiting = Point.search(
            Domain("meeting_id", "in", before.ids)
            & Domain("outcome", "=", "carried")
            & Domain("carried_to_ids", "=", False)
        )
        Point.create([point._prepare_carried(self) for point in waiting])
        if before and not self.point_ids.filtered(lambda point: point.kind == "minutes"):
            Point.create(self._prepare_minutes_point(before[0]))

    def _prepare_minutes_point(self, last):
        return {
            "meeting_id": self.id,
            "name": self.env._("Minutes of %(meeting)s", meeting=last.display_name),
            "kind": "minutes",
            "minutes": 5,
            "sequence": 1,
        }
