from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.smart_membership.lib.selection_order import in_order


class CoopMeetingPresence(models.Model):
    """Who is invited to a meeting, says to come, and was there."""

    _name = "coop.meeting.presence"
    _description = "Presence at a Meeting"
    _order = "meeting_id, id"

    meeting_id = fields.Many2one("coop.meeting", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="meeting_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("invited", "Invited"),
            ("accepted", "Comes"),
            ("excused", "Excused"),
            ("present", "Present"),
            ("absent", "Absent"),
        ],
        "Presence",
        required=True,
        default="invited",
        group_expand=in_order("state"),
    )
    remote = fields.Boolean("From a Distance")
    note = fields.Char()

    _once = models.UniqueIndex("(meeting_id, partner_id)", "This person is on the list already.")

    @api.depends("partner_id", "meeting_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.partner_id.name or ''} ({one.meeting_id.name or ''})"

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        people._check_open()
        return people

    def write(self, vals):
        self.check_access("write")
        self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_open(self):
        self._check_open()

    def _check_open(self):
        # Who freezes the minutes at this moment, and who writes, come one after the other: else
        # the one would not see the other, and the minutes not say what stands here.
        self.meeting_id._take_turn()
        for one in self:
            if one.meeting_id.state in ("closed", "cancelled"):
                raise UserError(
                    self.env._(
                        "The minutes of %(meeting)s are frozen, or it was cancelled: its presence "
                        "stays as noted.",
                        meeting=one.meeting_id.display_name,
                    )
                )

    def _answer(self, comes):
        """Note whether somebody comes, as said in the portal.

        :raise UserError: the meeting was held or cancelled
        """
        self.ensure_one()
        if self.meeting_id.state != "convoked":
            raise UserError(
                self.env._(
                    "%(meeting)s does not wait for answers any more.",
                    meeting=self.meeting_id.display_name,
                )
            )
        self.state = "accepted" if comes else "excused"
