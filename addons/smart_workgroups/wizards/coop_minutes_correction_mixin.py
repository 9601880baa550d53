from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopMinutesCorrectionMixin(models.AbstractModel):
    """Asks what frozen minutes should say instead; it becomes their next revision.

    Whoever inherits this has what is corrected in the field ``_corrects``, and ``line_ids``.
    """

    _name = "coop.minutes.correction.mixin"
    _description = "Correction of Minutes"
    _corrects = None

    reason = fields.Text("What Is Corrected", required=True)
    notes = fields.Html("General Notes", compute="_compute_lines", store=True, readonly=False)

    revision = fields.Integer(
        compute="_compute_revision",
        store=True,
        readonly=False,
        help="Which revision is corrected: the one in force when the dialogue was opened.",
    )

    @api.depends(lambda self: [self._corrects] if self._corrects else [])
    def _compute_revision(self):
        for wizard in self:
            wizard.revision = wizard[self._corrects].minutes_revision

    @api.depends(lambda self: [self._corrects] if self._corrects else [])
    def _compute_lines(self):
        for wizard in self:
            last = wizard[self._corrects]._get_minutes_in_force()
            content = last._read_content() if last else {}
            wizard.notes = content.get("notes")
            wizard.line_ids = [fields.Command.clear()] + [
                fields.Command.create({"number": number, **self._prepare_line(point)})
                for number, point in enumerate(content.get("points", ()))
            ]

    def action_correct(self):
        """Freeze the corrected minutes as a new revision; the one before is kept.

        :raise UserError: nothing is corrected, or without a reason
        """
        self.ensure_one()
        record = self[self._corrects]
        record.check_access("write")
        record._take_turn()
        record.invalidate_recordset(["minutes_ids", "minutes_revision"])
        record._check_state("closed")
        self._check_correction()
        content = record._get_minutes_in_force()._read_own_content()
        corrected = self._correct(content)
        if corrected == content:
            raise UserError(
                self.env._(
                    "Nothing differs from the frozen minutes of %(meeting)s: correct a text.",
                    meeting=record.display_name,
                )
            )
        self._freeze(record.with_context(lang=record.authentic_lang), corrected)
        return {"type": "ir.actions.act_window_close"}

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_correction(self):
        if self.revision != self[self._corrects].minutes_revision:
            raise UserError(
                self.env._(
                    "Somebody corrected the minutes of %(meeting)s meanwhile: open the dialogue "
                    "anew, so that nothing of it is lost.",
                    meeting=self[self._corrects].display_name,
                )
            )
        if not (self.reason or "").strip():
            raise UserError(
                self.env._(
                    "Say what is corrected in the minutes of %(meeting)s, and why: everybody reads "
                    "it in the new revision.",
                    meeting=self[self._corrects].display_name,
                )
            )

    def _correct(self, content):
        """Return the content with what was typed."""
        lines = {line.number: line for line in self.line_ids}
        points = [
            point | self._correct_point(lines[number]) if number in lines else point
            for number, point in enumerate(content["points"])
        ]
        return content | {"points": points, "notes": str(self.notes or "")}

    def _freeze(self, record, content):
        return record._freeze_minutes(content, self.reason.strip())

    @api.model
    def _prepare_line(self, point):
        return {"name": point.get("name") or point.get("title"), "notes": point["notes"]}

    def _correct_point(self, line):
        return {"notes": str(line.notes or "")}
