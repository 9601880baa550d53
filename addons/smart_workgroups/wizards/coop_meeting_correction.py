from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CoopMeetingCorrection(models.TransientModel):
    """Record a correction of frozen minutes that a later meeting approved."""

    _name = "coop.meeting.correction"
    _description = "Correction of Minutes"
    _inherit = ["coop.minutes.correction.mixin"]
    _corrects = "meeting_id"

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

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _prepare_line(self, point):
        return super()._prepare_line(point) | {"decision": point["decision"]}

    def _correct_point(self, line):
        return super()._correct_point(line) | {"decision": line.decision or ""}

    def _freeze(self, record, content):
        other = self.approved_meeting_id
        approved = {"approved_at": other.with_env(record.env).display_name}
        return record._freeze_minutes(
            content | approved, self.reason.strip(), approved_meeting_id=other.id
        )

    def _check_correction(self):
        result = super()._check_correction()
        meeting, other = self.meeting_id, self.approved_meeting_id
        same = other.filtered_domain(meeting._get_group_domain())
        last = meeting._get_minutes_in_force().approved_meeting_id or meeting
        if not same or other.date_start <= last.date_start or other.state not in ("held", "closed"):
            raise UserError(
                self.env._(
                    "The minutes of %(meeting)s are corrected by a later meeting of %(group)s that "
                    "was held: choose the one that approved it.",
                    meeting=meeting.display_name,
                    group=meeting._get_group().display_name,
                )
            )
        return result

    def _find_next(self):
        meeting = self.meeting_id
        if not meeting:
            return meeting
        last = meeting._get_minutes_in_force().approved_meeting_id or meeting
        return meeting.search(
            meeting._get_group_domain()
            & Domain("state", "in", ("held", "closed"))
            & Domain("date_start", ">", last.date_start),
            order="date_start, id",
            limit=1,
        )
