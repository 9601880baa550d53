from odoo import fields, models


class CoopMeetingMinutes(models.Model):
    """The minutes of a meeting; a later meeting of the same people approves a correction."""

    _name = "coop.meeting.minutes"
    _description = "Frozen Minutes"
    _inherit = ["coop.minutes.mixin"]
    _order = "meeting_id, revision desc"
    _minutes_of = "meeting_id"

    meeting_id = fields.Many2one(
        "coop.meeting", required=True, readonly=True, index=True, ondelete="restrict"
    )
    approved_meeting_id = fields.Many2one(
        "coop.meeting",
        "Approved at",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The later meeting that approved this correction.",
    )

    _revision_once = models.UniqueIndex(
        "(meeting_id, revision)", "This revision of the minutes is frozen already."
    )
    _corrected = models.Constraint(
        "CHECK ((revision = 1) = (approved_meeting_id IS NULL) "
        "AND (revision = 1 OR COALESCE(reason, '') <> ''))",
        "A correction says what it corrects, and which meeting approved it.",
    )
