from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_date


class CoopMeeting(models.Model):
    """A meeting of a workgroup or a body, with its agenda, presence and minutes.

    A draft is planned; convoked, its people are invited; held, it cannot be moved any more; closed,
    its minutes are frozen.
    """

    _name = "coop.meeting"
    _description = "Meeting"
    _inherit = [
        "coop.member.page.mixin",
        "coop.minuted.mixin",
        "coop.step.mixin",
        "coop.translated.mixin",
        "mail.activity.mixin",
    ]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char(
        required=True,
        translate=True,
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    workgroup_id = fields.Many2one(
        "coop.workgroup", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    body_id = fields.Many2one(
        "coop.body", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    edition_id = fields.Many2one(
        related="workgroup_id.edition_id", store=True, index="btree_not_null"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("draft", "Planned"),
            ("convoked", "Convoked"),
            ("held", "Held"),
            ("closed", "Minutes Frozen"),
            ("cancelled", "Cancelled"),
        ]
    )
    user_id = fields.Many2one(
        "res.users",
        "Secretary",
        check_company=True,
        default=lambda self: self.env.user,
        tracking=True,
    )
    date_start = fields.Datetime("Begins", required=True, tracking=True)
    duration = fields.Float("Length", default=2.0, required=True)
    date_end = fields.Datetime("Ends", compute="_compute_date_end", store=True)
    place = fields.Char(tracking=True)
    antenna_id = fields.Many2one(
        "coop.antenna", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    url = fields.Char("Video Call", help="Where people take part from a distance.")
    point_ids = fields.One2many("coop.meeting.point", "meeting_id", "Agenda", copy=True)
    presence_ids = fields.One2many("coop.meeting.presence", "meeting_id")
    interpreter_ids = fields.One2many("coop.meeting.interpreter", "meeting_id", "Interpreters")
    announcement = fields.Html(
        translate=True, help="What the invited people read first, each in the own language."
    )
    notes = fields.Html("General Notes", help="What belongs to the minutes, besides the points.")
    event_id = fields.Many2one(
        "calendar.event",
        "Calendar",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    convoked_on = fields.Datetime(readonly=True, copy=False)
    present_count = fields.Integer("Present", compute="_compute_present_count")

    _one_group = models.Constraint(
        "CHECK (num_nonnulls(workgroup_id, body_id) = 1)",
        "A meeting is of one workgroup or of one body: choose one of both.",
    )
    _duration = models.Constraint(
        "CHECK (duration > 0 AND duration <= 24)", "A meeting lasts up to 24 hours."
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("workgroup_id", "body_id")
    def _compute_name(self):
        for meeting in self:
            group = meeting.workgroup_id or meeting.body_id
            meeting.name = meeting.name or (
                group and self.env._("Meeting of %(group)s", group=group.name)
            )

    @api.depends("name", "date_start")
    def _compute_display_name(self):
        for meeting in self:
            day = meeting._get_local_day()
            meeting.display_name = f"{meeting.name or ''}, {format_date(self.env, day)}"

    @api.depends("date_start", "duration")
    def _compute_date_end(self):
        for meeting in self:
            length = timedelta(hours=meeting.duration)
            meeting.date_end = meeting.date_start and meeting.date_start + length

    @api.depends("presence_ids.state")
    def _compute_present_count(self):
        groups = self.env["coop.meeting.presence"]._read_group(
            [("meeting_id", "in", self.ids), ("state", "=", "present")],
            ["meeting_id"],
            ["__count"],
        )
        counts = {meeting.id: count for meeting, count in groups}
        for meeting in self:
            meeting.present_count = counts.get(meeting._origin.id, 0)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Plan meetings, each in the company of its group."""
        for vals in vals_list:
            group = self.env["coop.workgroup"].browse(vals.get("workgroup_id")) or self.env[
                "coop.body"
            ].browse(vals.get("body_id"))
            if group:
                # In which company a group is, is no secret; who may plan is checked by the rules.
                vals["company_id"] = group.sudo().company_id.id
        meetings = super().create(vals_list)
        named = [not vals.get("name") for vals in vals_list]
        meetings.browse(
            one.id for one, by_group in zip(meetings, named, strict=True) if by_group
        )._name_in_languages()
        meetings._add_standing_points()
        return meetings

    def write(self, vals):
        """Change a meeting, and move it in the calendars of those who are invited."""
        result = super().write(vals)
        if vals.keys() & {"name", "date_start", "duration", "place", "antenna_id", "url"}:
            self._move_event()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_drafts()

    def _error_kept(self):
        return UserError(
            self.env._(
                "%(meeting)s was convoked: cancel it instead of deleting it.",
                meeting=self.display_name,
            )
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {"convoked_on", "event_id"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "draft":
            locked |= {"workgroup_id", "body_id", "company_id"}
            locked |= {"name", "announcement", "authentic_lang"}
        if self.state in ("held", "closed", "cancelled"):
            locked |= {"date_start", "duration", "place", "antenna_id", "url"}
        if self.state in ("closed", "cancelled"):
            locked |= {"notes"}
        return locked

    def _error_locked(self, name):
        if name in ("date_start", "duration") and self.state in ("held", "closed"):
            return UserError(
                self.env._(
                    "%(meeting)s was held: it cannot be moved any more. Plan another one.",
                    meeting=self.display_name,
                )
            )
        return super()._error_locked(name)

    def _get_group(self):
        """Return the workgroup or the body that meets."""
        self.ensure_one()
        return self.workgroup_id or self.body_id

    def _get_group_domain(self):
        """Return the domain of all meetings of the same group."""
        name = "workgroup_id" if self.workgroup_id else "body_id"
        return Domain(name, "=", self[name].id)

    def _get_people(self):
        """Return the contacts whom this meeting concerns."""
        self.ensure_one()
        if self.workgroup_id:
            people = self.workgroup_id.member_ids
            return people.filtered(lambda one: one.state == "active").partner_id
        day = self._get_local_day()
        return self.body_id.mandate_ids._active(day).partner_id

    def _get_zone(self):
        """Return the name of the time zone in which this meeting is announced."""
        # The seat of the cooperative stands for who never chose one.
        company = self.company_id.sudo()
        return self.env.user.tz or company.partner_id.tz or "Europe/Brussels"

    def _get_local_day(self):
        zoned = self.with_context(tz=self._get_zone())
        return self.date_start and fields.Datetime.context_timestamp(zoned, self.date_start).date()

    def _get_responsible(self):
        return self.user_id or self.company_id._get_governance_secretary()

    def _get_member_url(self):
        return f"/my/meetings/{self.id}"
