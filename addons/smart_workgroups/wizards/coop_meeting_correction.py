from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CoopMeetingCorrection(models.TransientModel):
    """Record a correction of frozen minutes that a later meeting approved."""

    _name = "coop.meeting.correction"
    _description = "Correction of Minutes"

    meeting_id = fields.Many2one("coop.meeting", required=True, ondelete="cascade")
    approved_meeting_id = fields.Many2one(
        "coop.meeting",
        "Approved at",
        required=True,
        compute="_compute_approved_meeting_id",
        store=True,
        readonly=False,
        ondelete="cascade",
        help="The next meeting, which must be held.",
    )
    reason = fields.Text("What Is Corrected", required=True)
    notes = fields.Html("General Notes", compute="_compute_lines", store=True, readonly=False)
    line_ids = fields.One2many(
        "coop.meeting.correction.line",
        "correction_id",
        "Points",
        compute="_compute_lines",
        store=True,
        readonly=False,
    )

    @api.depends("meeting_id")
    def _compute_approved_meeting_id(self):
        for wizard in self:
            wizard.approved_meeting_id = wizard._find_next()

    @api.depends("meeting_id")
    def _compute_lines(self):
        for wizard in self:
            content = wizard._get_last()._read_content() if wizard._get_last() else {}
            wizard.notes = content.get("notes")
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create(
                    {
                        "number": number,
                        "name": point["name"],
                        "notes": point["notes"],
                        "decision": point["decision"],
                    }
                )
                for number, point in enumerate(content.get("points", ()))
            ]

    def action_correct(self):
        """Freeze the corrected minutes as a new revision.

        :raise UserError: the meeting that approved it is none, or nothing is corrected
        """
        self.ensure_one()
        meeting = self.meeting_id
        meeting.check_access("write")
        meeting._take_turn()
        meeting._check_state("closed")
        self._check_approved()
        last = self._get_last()
        content = last._read_content()
        del content["revision"], content["reason"]
        corrected = self._correct(content)
        if corrected == content:
            raise UserError(
                self.env._(
                    "Nothing differs from the frozen minutes of %(meeting)s: correct a text.",
                    meeting=meeting.display_name,
                )
            )
        meeting._freeze_minutes(corrected, self.approved_meeting_id, self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _correct(self, content):
        lines = {line.number: line for line in self.line_ids}
        points = [
            point
            | {
                "notes": str(lines[number].notes or ""),
                "decision": lines[number].decision or "",
            }
            if number in lines
            else point
            for number, point in enumerate(content["points"])
        ]
        return content | {"points": points, "notes": str(self.notes or "")}

    def _check_approved(self):
        meeting, other = self.meeting_id, self.approved_meeting_id
        same = other.filtered_domain(meeting._get_group_domain())
        last = self._get_last().approved_meeting_id or meeting
        if not same or other.date_start <= last.date_start or other.state not in ("held", "closed"):
            raise UserError(
                self.env._(
                    "The minutes of %(meeting)s are corrected by a later meeting of %(group)s that "
                    "was held: choose the one that approved it.",
                    meeting=meeting.display_name,
                    group=meeting._get_group().display_name,
                )
            )

    def _get_last(self):
        return self.meeting_id.minutes_ids.sorted("revision", reverse=True)[:1]

    def _find_next(self):
        meeting = self.meeting_id
        if not meeting:
            return meeting
        last = self._get_last().approved_meeting_id or meeting
        return meeting.search(
            meeting._get_group_domain()
            & Domain("state", "in", ("held", "closed"))
            & Domain("date_start", ">", last.date_start),
            order="date_start, id",
            limit=1,
        )
