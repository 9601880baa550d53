from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.composition import places_left


class CoopWorkgroup(models.Model):
    """Members who work on one theme of an edition, and write recommendations."""

    _name = "coop.workgroup"
    _description = "Workgroup"
    _inherit = ["coop.member.page.mixin", "coop.step.mixin", "mail.activity.mixin"]
    _order = "edition_id desc, sequence, id"
    _check_company_auto = True
    # Whoever takes part may discuss.
    _mail_post_access = "read"

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    edition_id = fields.Many2one(
        "coop.edition", index="btree_not_null", check_company=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection([("draft", "Draft"), ("open", "Open"), ("closed", "Closed")])
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        default=lambda self: self.env.user,
        tracking=True,
        help="Gets the alerts when somebody is missing.",
    )
    description = fields.Html("Assignment", translate=True)
    places = fields.Integer(
        "Places for Members",
        help="How many members may join, besides directors, staff and secretary; 0: no limit.",
        tracking=True,
    )
    lang_ids = fields.Many2many(
        "res.lang",
        "coop_workgroup_lang_rel",
        "workgroup_id",
        "lang_id",
        "Languages",
        help="That are spoken; who chooses another one gets an interpreter.",
    )
    antenna_id = fields.Many2one(
        "coop.antenna",
        "Where It Meets",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    theme_ids = fields.One2many("coop.edition.theme", "workgroup_id", "Themes")
    member_ids = fields.One2many("coop.workgroup.member", "workgroup_id", "People")
    active_member_ids = fields.One2many(
        "coop.workgroup.member",
        "workgroup_id",
        "Takes Part",
        domain=[("state", "=", "active")],
        readonly=True,
    )
    # How many are there everybody may know; who they are is another matter.
    member_count = fields.Integer("Members", compute="_compute_member_count", compute_sudo=True)
    waiting_count = fields.Integer("Waiting", compute="_compute_member_count", compute_sudo=True)
    meeting_ids = fields.One2many("coop.meeting", "workgroup_id", "Meetings")
    meeting_count = fields.Integer(compute="_compute_meeting_count", compute_sudo=True)
    date_opened = fields.Date(readonly=True, copy=False)
    date_closed = fields.Date(readonly=True, copy=False)

    _places = models.Constraint(
        "CHECK (COALESCE(places, 0) >= 0)", "The number of places is not negative."
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("member_ids.state")
    def _compute_member_count(self):
        groups = self.env["coop.workgroup.member"]._read_group(
            [("workgroup_id", "in", self.ids)], ["workgroup_id", "state"], ["__count"]
        )
        counts = {(workgroup.id, state): count for workgroup, state, count in groups}
        for workgroup in self:
            workgroup.member_count = counts.get((workgroup._origin.id, "active"), 0)
            workgroup.waiting_count = counts.get((workgroup._origin.id, "waiting"), 0)

    @api.depends("meeting_ids")
    def _compute_meeting_count(self):
        groups = self.env["coop.meeting"]._read_group(
            [("workgroup_id", "in", self.ids)], ["workgroup_id"], ["__count"]
        )
        counts = {workgroup.id: count for workgroup, count in groups}
        for workgroup in self:
            workgroup.meeting_count = counts.get(workgroup._origin.id, 0)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        self.check_access("write")
        if "places" in vals:
            self._take_turn()
        result = super().write(vals)
        if "places" in vals:
            self.member_ids._check_places()
            self._promote_waiting()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_drafts()

    def _error_kept(self):
        return UserError(
            self.env._(
                "%(workgroup)s started: close it instead of deleting it.",
                workgroup=self.display_name,
            )
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open(self):
        """Let these start, and members join.

        :raise UserError: somebody is missing whom the rule of the edition wants
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("draft")
        for workgroup in self:
            workgroup._check_composition()
            workgroup._write_decision(
                {"state": "open", "date_opened": fields.Date.context_today(self)}
            )
        return True

    def action_close(self):
        """End the work: nobody joins, and nothing is convoked any more.

        :raise UserError: a meeting is convoked or has no minutes yet
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("open")
        for workgroup in self:
            going = workgroup.meeting_ids.filtered(lambda one: one.state in ("convoked", "held"))
            if going:
                raise UserError(
                    self.env._(
                        "%(workgroup)s still has this meeting: %(meeting)s. Freeze its minutes, "
                        "or cancel it.",
                        workgroup=workgroup.display_name,
                        meeting=going[0].display_name,
                    )
                )
            workgroup._write_decision(
                {"state": "closed", "date_closed": fields.Date.context_today(self)}
            )
            waiting = workgroup.member_ids.filtered(lambda one: one.state == "waiting")
            waiting._write_state("left")
        return True

    def action_reopen(self):
        """Go on with what was closed.

        :raise UserError: as of the start
        """
        self.check_access("write")
        self._take_turn()
        self._check_state("closed")
        for workgroup in self:
            workgroup._check_composition()
            workgroup._write_decision({"state": "open", "date_closed": False})
        return True

    def action_view_meetings(self):
        """Open the meetings of this workgroup."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id("smart_workgroups.coop_meeting_action")
        action["domain"] = [("workgroup_id", "=", self.id)]
        action["context"] = {"default_workgroup_id": self.id}
        return action

    def action_plan_series(self):
        """Open the dialogue that plans a monthly series of meetings."""
        self.ensure_one()
        self.check_access("write")
        return {
            "name": self.env._("Plan Monthly Meetings"),
            "type": "ir.actions.act_window",
            "res_model": "coop.meeting.series",
            "view_mode": "form",
            "target": "new",
            "context": {"default_workgroup_id": self.id},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_turn(self):
        """Make rivals for the places of these wait, and be replayed."""
        if self:
            self.env["coop.reference.mixin"]._bump(self.sorted("id"))
            self.invalidate_recordset(["state", "places"])

    def _decided_fields(self):
        return super()._decided_fields() | {"date_opened", "date_closed"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked if self.state == "draft" else locked | {"edition_id", "company_id"}

    def _get_places_left(self):
        """Return how many members may still join, or None where there is no limit."""
        self.ensure_one()
        taken = self.env["coop.workgroup.member"].search_count(
            [("workgroup_id", "=", self.id), ("role", "=", "member"), ("state", "=", "active")]
        )
        return places_left(self.places, taken)

    def _get_responsible(self):
        self.ensure_one()
        return self.user_id or self.company_id._get_governance_secretary()

    def _get_member_url(self):
        return f"/my/workgroups/{self.id}"

    @api.model
    def _get_visible_domain(self, person):
        """Return the workgroups that somebody sees: started, of the own co-operatives."""
        return fields.Domain("state", "!=", "draft") & fields.Domain(
            "company_id", "in", person._get_member_companies().ids
        )
