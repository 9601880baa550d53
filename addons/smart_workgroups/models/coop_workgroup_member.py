from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.smart_membership.lib.selection_order import in_order


class CoopWorkgroupMember(models.Model):
    """Who takes part in a workgroup, and in which role.

    Places are taken one after the other: whoever takes one first bumps the row of the workgroup.
    """

    _name = "coop.workgroup.member"
    _description = "Member of a Workgroup"
    _order = "state, role, id"
    _check_company_auto = True

    workgroup_id = fields.Many2one("coop.workgroup", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="workgroup_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Person", required=True, index=True, ondelete="restrict"
    )
    role = fields.Selection(
        [
            ("director", "Director"),
            ("staff", "Permanent Staff"),
            ("secretary", "Secretary"),
            ("member", "Member"),
        ],
        required=True,
        default="member",
        group_expand=in_order("role"),
    )
    state = fields.Selection(
        [("active", "Takes Part"), ("waiting", "On the Waiting List"), ("left", "Left")],
        string="Status",
        required=True,
        default="active",
        readonly=True,
        copy=False,
        index=True,
        group_expand=in_order("state"),
    )
    date_start = fields.Date("Since", required=True, default=fields.Date.context_today)
    date_end = fields.Date("Left on", readonly=True, copy=False)
    lang_id = fields.Many2one(
        "res.lang", "Language", help="In which this person takes part best; empty: any of them."
    )
    needs_interpreter = fields.Boolean(compute="_compute_needs_interpreter", store=True)
    mail_wanted = fields.Boolean(
        "E-mails of the Discussion", help="Gets the messages of the discussion by e-mail."
    )

    _once = models.UniqueIndex(
        "(workgroup_id, partner_id) WHERE state <> 'left'",
        "This person is in the workgroup already: change that line.",
    )
    _left_on = models.Constraint(
        "CHECK ((state = 'left') = (date_end IS NOT NULL))", "Who left did so on a day."
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("partner_id", "workgroup_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.partner_id.name or ''} ({one.workgroup_id.name or ''})"

    @api.depends("lang_id", "workgroup_id.lang_ids")
    def _compute_needs_interpreter(self):
        for one in self:
            spoken = one.workgroup_id.lang_ids
            one.needs_interpreter = bool(spoken and one.lang_id and one.lang_id not in spoken)

    def _check_places(self):
        for workgroup in self.workgroup_id.filtered("places"):
            taken = workgroup.member_ids.filtered(
                lambda one: one.role == "member" and one.state == "active"
            )
            if len(taken) > workgroup.places:
                raise ValidationError(
                    self.env._(
                        "All %(places)s places of %(workgroup)s are taken: add a place, or put "
                        "this person on the waiting list.",
                        places=workgroup.places,
                        workgroup=workgroup.display_name,
                    )
                )

    def _check_roles(self):
        """Refuse who does not fill the own role.

        :raise UserError: naming the person and what is missing
        """
        filling = self._filter_filling()
        for one in self - filling:
            said = {
                "director": self.env._("has no running mandate on the Board"),
                "staff": self.env._("is no member of the category permanent staff"),
                "secretary": self.env._("neither works here nor is a member"),
                "member": self.env._("is no member of the co-operative"),
            }[one.role]
            raise UserError(
                self.env._(
                    "%(person)s cannot be in %(workgroup)s as “%(role)s”: %(person)s %(reason)s. "
                    "Choose another role or another person.",
                    person=one.partner_id.display_name,
                    workgroup=one.workgroup_id.display_name,
                    role=dict(self._fields["role"]._description_selection(self.env))[one.role],
                    reason=said,
                )
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.check_access("create")
        workgroups = self.env["coop.workgroup"].browse(
            {vals.get("workgroup_id") for vals in vals_list} - {None}
        )
        workgroups._take_turn()
        workgroups._check_state("draft", "open")
        people = super().create(vals_list)
        people._check_places()
        people._check_roles()
        people._follow()
        people._attend()
        workgroups._watch_composition()
        return people

    def write(self, vals):
        self.check_access("write")
        for one in self:
            for name in ("workgroup_id", "partner_id"):
                if vals.get(name, one[name].id) != one[name].id:
                    raise UserError(
                        self.env._(
                            "%(person)s stays as it is: add another line.", person=one.display_name
                        )
                    )
            if vals.get("state", one.state) != one.state:
                raise UserError(
                    self.env._("Use the buttons to let %(person)s leave.", person=one.display_name)
                )
        if "role" in vals:
            self.workgroup_id._take_turn()
        result = super().write(vals)
        if "role" in vals:
            self._check_places()
            self._check_roles()
            self.workgroup_id._watch_composition()
        if "mail_wanted" in vals:
            self._follow()
        return result

    def unlink(self):
        """Take lines away that were a mistake; who took part leaves instead."""
        for one in self:
            if one.workgroup_id.state != "draft":
                raise UserError(
                    self.env._(
                        "%(person)s took part: let this person leave instead.",
                        person=one.display_name,
                    )
                )
        return super().unlink()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_leave(self):
        """Let these people leave today; who waits moves up."""
        self.check_access("write")
        self._leave()
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _write_state(self, state):
        """Write what ``write`` refuses."""
        values = {"state": state}
        if state == "left":
            values["date_end"] = fields.Date.context_today(self)
        return super().write(values)  # pylint: disable=super-method-mismatch

    def _filter_filling(self):
        """Return those who are today what their role says: three queries for any number."""
        members, directors, staff = {}, {}, {}
        for company, people in self.grouped("company_id").items():
            partners = people.partner_id
            members[company] = partners._filter_members(company)
            directors[company] = partners._filter_mandates("board", company=company)
            staff[company] = partners._filter_staff(company)

        def fills(one):
            company, person = one.company_id, one.partner_id
            if one.role == "director":
                return person in directors[company]
            if one.role == "staff":
                return person in staff[company]
            if one.role == "secretary":
                users = person.sudo().user_ids  # whether somebody works here is no secret
                return person in members[company] or any(not user.share for user in users)
            return person in members[company]

        return self.filtered(fills)

    def _follow(self):
        """Let the discussion reach those by e-mail who want that."""
        for one in self:
            workgroup = one.workgroup_id.sudo()  # members have no right on followers
            if one.mail_wanted and one.state == "active":
                workgroup.message_subscribe(partner_ids=one.partner_id.ids)
            else:
                workgroup.message_unsubscribe(partner_ids=one.partner_id.ids)
