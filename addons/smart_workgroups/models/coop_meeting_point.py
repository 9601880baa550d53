from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopMeetingPoint(models.Model):
    """A point on the agenda of a meeting, and what became of it."""

    _name = "coop.meeting.point"
    _description = "Point on an Agenda"
    _order = "meeting_id, sequence, id"

    name = fields.Char("Point", required=True, translate=True)
    meeting_id = fields.Many2one("coop.meeting", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("information", "Information"),
            ("discussion", "Discussion"),
            ("decision", "Decision"),
            ("minutes", "Approval of Minutes"),
        ],
        required=True,
        default="discussion",
    )
    minutes = fields.Integer("Minutes Planned", default=15)
    partner_id = fields.Many2one(
        "res.partner", "Brought by", index="btree_not_null", ondelete="set null"
    )
    notes = fields.Html(copy=False)
    outcome = fields.Selection(
        [
            ("discussed", "Discussed"),
            ("decided", "Decided"),
            ("carried", "Carried over"),
            ("dropped", "Dropped"),
        ],
        copy=False,
    )
    decision = fields.Text(copy=False, help="What was decided, in words that stand alone.")
    carried_from_id = fields.Many2one(
        "coop.meeting.point",
        "Carried Over From",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    carried_to_ids = fields.One2many("coop.meeting.point", "carried_from_id", "Carried Over To")

    _carried_once = models.UniqueIndex(
        "(carried_from_id) WHERE carried_from_id IS NOT NULL", "A point is carried over once."
    )
    _decided = models.Constraint(
        "CHECK (outcome <> 'decided' OR COALESCE(decision, '') <> '')",
        "Write what was decided.",
    )
    _minutes = models.Constraint(
        "CHECK (minutes BETWEEN 0 AND 1440)", "A point takes from no minute to one day."
    )

    # ------------------------------------------------------------------
    # CRUD: what is in frozen minutes stays
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        points = super().create(vals_list)
        points._check_open()
        return points

    def write(self, vals):
        self.check_access("write")
        self._check_open()
        result = super().write(vals)
        if "meeting_id" in vals:
            self._check_open()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self._check_open()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self._check_open()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_open(self):
        # Who freezes the minutes at this moment, and who writes, come one after the other: else
        # the one would not see the other, and the minutes not say what stands here.
        self.meeting_id._take_turn()
        for point in self:
            if point.meeting_id.state in ("closed", "cancelled"):
                raise UserError(
                    self.env._(
                        "The minutes of %(meeting)s are frozen, or it was cancelled: its agenda "
                        "stays. A mistake is corrected by a new revision of the minutes.",
                        meeting=point.meeting_id.display_name,
                    )
                )

    def _prepare_carried(self, meeting):
        """Return what carries this point over to a later meeting."""
        return {
            "meeting_id": meeting.id,
            "name": self.name,
            "kind": self.kind,
            "minutes": self.minutes,
            "partner_id": self.partner_id.id,
            "carried_from_id": self.id,
            "sequence": 5,
        }
