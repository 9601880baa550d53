from odoo import fields, models
from odoo.exceptions import UserError


class CoopMeeting(models.Model):
    """The way of a meeting: convoked, held, its minutes frozen."""

    _inherit = "coop.meeting"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_convoke(self):
        """Invite the people of these meetings.

        :raise UserError: the agenda is empty, the day is over, nobody is there to invite
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("draft")
        for meeting in self:
            meeting._check_can_convoke()
            meeting._invite()
            meeting._write_decision({"state": "convoked", "convoked_on": fields.Datetime.now()})
            meeting._make_event()
        return True

    def action_hold(self):
        """Say that these meetings took place: from now on they cannot be moved.

        :raise UserError: they have not begun yet, or nobody is noted as present
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("convoked")
        for meeting in self:
            if meeting.date_start > fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "%(meeting)s has not begun yet: come back then.",
                        meeting=meeting.display_name,
                    )
                )
            present = meeting.presence_ids.filtered(lambda one: one.state == "present")
            if not present:
                raise UserError(
                    self.env._(
                        "Note who was present at %(meeting)s before.", meeting=meeting.display_name
                    )
                )
            meeting._write_decision({"state": "held"})
            others = meeting.presence_ids.filtered(lambda one: one.state in ("invited", "accepted"))
            others.write({"state": "absent"})
        return True

    def action_freeze(self):
        """Freeze the minutes: with hash and PDF, and never changed again.

        :raise UserError: not held, or a point has no outcome
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("held")
        for meeting in self:
            meeting._check_can_freeze()
            # One text counts: the one in the authentic language.
            authentic = meeting.with_context(lang=meeting.authentic_lang)
            authentic._freeze_minutes(authentic._get_minutes_content())
            meeting._write_decision({"state": "closed"})
            meeting._carry_over()
        return True

    def action_cancel(self):
        """Cancel what is not held yet; its points wait for another meeting."""
        self.check_access("write")
        self._take_turn()
        self._check_state("draft", "convoked")
        for meeting in self:
            meeting._write_decision({"state": "cancelled"})
            # Core tells those who are invited.
            meeting.event_id.sudo().unlink()
        return True

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_can_convoke(self):
        self.ensure_one()
        if self.workgroup_id and self.workgroup_id.state != "open":
            raise UserError(
                self.env._(
                    "%(workgroup)s is not open: start it before its meetings are convoked.",
                    workgroup=self.workgroup_id.display_name,
                )
            )
        if self.date_start <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%(meeting)s would be in the past: choose another day.",
                    meeting=self.display_name,
                )
            )
        if not self.point_ids:
            raise UserError(
                self.env._(
                    "Put at least one point on the agenda of %(meeting)s: whoever is invited reads "
                    "what it is about.",
                    meeting=self.display_name,
                )
            )
        if not self._get_people():
            raise UserError(
                self.env._(
                    "Nobody is in %(group)s yet: there is nobody to invite.",
                    group=self._get_group().display_name,
                )
            )
        self._check_translations()

    def _check_can_freeze(self):
        self.ensure_one()
        waiting = self.point_ids.filtered(lambda point: not point.outcome)
        if waiting:
            raise UserError(
                self.env._(
                    "What became of “%(point)s” at %(meeting)s? Choose its outcome before the "
                    "minutes are frozen.",
                    point=waiting[0].name,
                    meeting=self.display_name,
                )
            )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_turn(self):
        """Make rivals for these wait, and be replayed."""
        if self:
            self.env["coop.reference.mixin"]._bump(self.sorted("id"))
            self.invalidate_recordset(["state"])

    def _invite(self):
        """Note whom this meeting concerns, and who needs an interpreter."""
        known = self.presence_ids.partner_id
        self.env["coop.meeting.presence"].create(
            [{"meeting_id": self.id, "partner_id": one.id} for one in self._get_people() - known]
        )
        languages = self.workgroup_id.member_ids.filtered(
            lambda one: one.state == "active" and one.needs_interpreter
        ).lang_id
        asked = self.interpreter_ids.lang_id
        self.env["coop.meeting.interpreter"].create(
            [{"meeting_id": self.id, "lang_id": lang.id} for lang in languages - asked]
        )
