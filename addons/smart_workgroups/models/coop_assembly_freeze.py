from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime


class CoopAssembly(models.Model):
    """How the minutes of an Assembly are frozen: all that a court may ask for, in one text."""

    _inherit = "coop.assembly"
    _minutes_template = "smart_workgroups.report_assembly_minutes"
    _minutes_rich = ("notes", "text")

    minutes_ids = fields.One2many(
        "coop.assembly.minutes", "assembly_id", "Frozen Minutes", readonly=True
    )

    def action_freeze(self):
        """Freeze the minutes: with hash and PDF, and never changed again.

        :raise UserError: not held, or a point of which nobody says what became of it
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("held")
        for assembly in self:
            assembly._check_can_freeze()
            # One text counts: the one in the authentic language.
            authentic = assembly.with_context(lang=assembly.authentic_lang)
            authentic._freeze_minutes(authentic._get_minutes_content())
            assembly._write_decision({"state": "closed"})
        return True

    def _check_can_freeze(self):
        self.ensure_one()
        for point in self.point_ids.filtered(lambda one: one.kind != "information"):
            if not point.outcome and not point._get_results():
                raise UserError(
                    self.env._(
                        "What came out of “%(point)s” at %(assembly)s? Record the resolution or "
                        "publish the vote, or say that the point was not treated.",
                        point=point.title,
                        assembly=self.display_name,
                    )
                )
        if not self.chair_id or not self.secretary_id:
            raise UserError(
                self.env._(
                    "Fill in who was chair and who was secretary of %(assembly)s: the minutes "
                    "name both.",
                    assembly=self.display_name,
                )
            )

    # ------------------------------------------------------------------
    # What the minutes say
    # ------------------------------------------------------------------

    def _get_minutes_content(self):
        """Return what the minutes of this Assembly say, as it is known now."""
        self.ensure_one()
        return {
            "assembly": self.name,
            "company": self.company_id.name,
            "kind": dict(self._fields["kind"]._description_selection(self.env))[self.kind],
            "first_call": self.first_call_id.display_name or "",
            "when": self._get_moment(),
            "place": self.place or "",
            "opened": self._tell_time(self.opened_on),
            "ended": self._tell_time(self.held_on),
            "chair": self.chair_id.name,
            "secretary": self.secretary_id.name,
            "convocation": self._get_convocation_content(),
            "attendance": self._get_attendance(),
            "quorum": self._get_quorum_content(),
            "points": [point._get_minutes_content() for point in self.point_ids],
            "notes": str(self.notes or ""),
        }

    def _tell_time(self, moment):
        return format_datetime(self.env, moment, tz=self._get_zone()) if moment else ""

    def _get_convocation_content(self):
        convocation = self.convocation_id
        return {
            "number": convocation.number,
            "sent": self._tell_time(convocation.convoked_on),
            "record_day": fields.Date.to_string(convocation.record_date) or "",
            "members": convocation.roll_count,
            "votes": convocation.roll_votes,
            "hash": convocation.roll_hash or "",
            "reached": self.sent_count,
            "not_reached": self.missed_count,
            "reason": convocation.reason or "",
        }

    def _get_attendance(self):
        """Return who was there or represented, in the order of the member numbers."""
        labels = dict(
            self.env["coop.assembly.voter"]._fields["presence"]._description_selection(self.env)
        )
        # The roll of an Assembly that the user may write.
        given = self.sudo().proxy_ids.filtered(lambda one: one.state == "given").principal_id
        voters = (
            self.env["coop.assembly.voter"]
            .sudo()
            .search(
                Domain("convocation_id", "=", self.convocation_id.id)
                & (Domain("presence", "!=", "absent") | Domain("partner_id", "in", given.ids)),
                order="number",
            )
        )
        return [
            {
                "number": voter.number,
                "name": voter.partner_id.name,
                "votes": voter.votes,
                "presence": labels[voter.presence] if voter.presence != "absent" else "",
                "came": self._tell_time(voter.arrived_on),
                "went": self._tell_time(voter.left_on),
                "holder": voter.holder_id.name or "",
            }
            for voter in voters
        ]

    def _get_quorum_content(self):
        events = dict(
            self.env["coop.assembly.quorum"]._fields["event"]._description_selection(self.env)
        )
        return [
            {
                "time": self._tell_time(row.recorded_at),
                "event": events[row.event],
                "member": row.voter_id.display_name or "",
                "present": row.present,
                "represented": row.represented,
                "basis": row.basis,
                "summary": row.summary or "",
                "lost": row.lost,
            }
            for row in self.quorum_ids.sorted("id")
        ]

    def _get_minutes_day(self):
        return self.date
