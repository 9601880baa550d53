from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from .coop_edition_phase import PHASES


class CoopEdition(models.Model):
    """One run of the participative process, from its call for themes to its action plan.

    Its charter and its questions are the rules of the game: written before the call, and as they
    are from then on.
    """

    _name = "coop.edition"
    _description = "Edition"
    _inherit = [
        "coop.member.page.mixin",
        "coop.step.mixin",
        "coop.translated.mixin",
        "mail.activity.mixin",
    ]
    _order = "date_start desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("call", "Call for Themes"),
            ("work", "Workgroups"),
            ("review", "Review by the Board"),
            ("assembly", "General Assembly"),
            ("follow_up", "Follow-up"),
            ("closed", "Closed"),
        ]
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        check_company=True,
        default=lambda self: self.env.user,
        tracking=True,
    )
    date_start = fields.Date("Begins", required=True, default=fields.Date.context_today)
    date_end = fields.Date("Ends")
    description = fields.Html(translate=True, help="What members read first.")
    charter = fields.Html(
        translate=True, help="The rules of the game, known from the start: fixed by the call."
    )
    question_ids = fields.One2many("coop.edition.question", "edition_id", "Questions", copy=True)
    phase_ids = fields.One2many("coop.edition.phase", "edition_id", "Phases", copy=True)
    theme_ids = fields.One2many("coop.edition.theme", "edition_id", "Themes")
    workgroup_ids = fields.One2many("coop.workgroup", "edition_id", "Workgroups")
    theme_count = fields.Integer(compute="_compute_counts")
    workgroup_count = fields.Integer(compute="_compute_counts")
    # Who must be in each workgroup before it starts.
    directors_needed = fields.Integer(
        "Directors", required=True, default=lambda self: self.env.company.workgroup_directors
    )
    staff_needed = fields.Integer(
        "Permanent Staff", required=True, default=lambda self: self.env.company.workgroup_staff
    )
    secretaries_needed = fields.Integer(
        "Secretaries",
        required=True,
        default=lambda self: self.env.company.workgroup_secretaries,
    )

    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)", "An edition ends after it begins."
    )
    _needed = models.Constraint(
        "CHECK (directors_needed >= 0 AND staff_needed >= 0 AND secretaries_needed >= 0)",
        "How many a workgroup needs is not negative.",
    )

    # ------------------------------------------------------------------
    # Compute and constraints
    # ------------------------------------------------------------------

    @api.depends("theme_ids", "workgroup_ids")
    def _compute_counts(self):
        for name in ("theme", "workgroup"):
            groups = self.env[self._fields[f"{name}_ids"].comodel_name]._read_group(
                [("edition_id", "in", self.ids)], ["edition_id"], ["__count"]
            )
            counts = {edition.id: count for edition, count in groups}
            for edition in self:
                edition[f"{name}_count"] = counts.get(edition._origin.id, 0)

    @api.constrains("phase_ids")
    def _check_phases(self):
        """Phases follow each other; one may begin on the last day of the one before."""
        order = list(PHASES)
        for edition in self:
            phases = edition.phase_ids.filtered("date_start").sorted(
                lambda one: order.index(one.kind)
            )
            for first, second in pairwise(phases):
                if second.date_start < (first.date_end or first.date_start):
                    raise ValidationError(
                        self.env._(
                            "%(edition)s: “%(second)s” cannot begin on %(date)s, before "
                            "“%(first)s” is over. Change one of the dates.",
                            edition=edition.display_name,
                            second=second.display_name,
                            first=first.display_name,
                            date=format_date(self.env, second.date_start),
                        )
                    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Begin with all phases, to be given dates."""
        for vals in vals_list:
            if not vals.get("phase_ids"):
                vals["phase_ids"] = [fields.Command.create({"kind": kind}) for kind in PHASES]
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_drafts()

    def _error_kept(self):
        return UserError(
            self.env._(
                "%(edition)s began: it stays in the history of the co-operative.",
                edition=self.display_name,
            )
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_next(self):
        """Go to the next phase.

        :raise UserError: something of the present one is not done
        """
        self.check_access("write")
        states = self._fields["state"].get_values(self.env)
        for edition in self:
            edition._check_state(*states[:-1])
            edition._check_step()
            step = states[states.index(edition.state) + 1]
            edition._write_decision({"state": step})
        return True

    def action_back(self):
        """Go back to the phase before: a step taken too early is no harm."""
        self.check_access("write")
        states = self._fields["state"].get_values(self.env)
        for edition in self:
            edition._check_state(*states[2:])
            edition._write_decision({"state": states[states.index(edition.state) - 1]})
        return True

    def action_view_themes(self):
        """Open the themes of this edition."""
        return self._open("coop_edition_theme_action")

    def action_view_workgroups(self):
        """Open the workgroups of this edition."""
        return self._open("coop_workgroup_action")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _open(self, name):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(f"smart_workgroups.{name}")
        action["domain"] = [("edition_id", "=", self.id)]
        action["context"] = {"default_edition_id": self.id}
        return action

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state == "draft":
            return locked
        return locked | self._rule_fields() | {"company_id", "authentic_lang"}

    def _rule_fields(self):
        """Return the names of the fields that say by which rules it goes: fixed by the call."""
        return {"charter", "directors_needed", "staff_needed", "secretaries_needed"}

    def _check_step(self):
        """Refuse to go on while something of this phase is not done.

        :raise UserError: saying what is missing
        """
        self.ensure_one()
        if self.state == "draft":
            if not self.charter or not self.question_ids:
                raise UserError(
                    self.env._(
                        "Write the charter and at least one question of %(edition)s before the "
                        "call: members know the rules from the start.",
                        edition=self.display_name,
                    )
                )
            self._check_texts()
        elif self.state == "call":
            waiting = self.theme_ids.filtered(lambda theme: theme.state == "proposed")
            if waiting:
                raise UserError(
                    self.env._(
                        "Themes of %(edition)s that have no answer yet: %(count)s. Choose, merge "
                        "or decline each, so that who proposed it knows.",
                        count=len(waiting),
                        edition=self.display_name,
                    )
                )
            # They may have changed with the themes; the workgroups begin with them.
            self.question_ids._check_translations()
        elif self.state == "follow_up":
            going = self.workgroup_ids.filtered(lambda one: one.state != "closed")
            if going:
                raise UserError(
                    self.env._(
                        "Close these workgroups of %(edition)s before: %(names)s.",
                        edition=self.display_name,
                        names=", ".join(going.mapped("name")),
                    )
                )

    def _check_texts(self):
        """Refuse to call members with texts that some of them cannot read.

        :raise UserError: naming the texts and their languages
        """
        self._check_translations()
        self.question_ids._check_translations()

    def _get_member_url(self):
        return f"/my/editions/{self.id}"

    def _get_visible_domain(self, person):
        """Return the editions that somebody sees: those of the own co-operatives that began."""
        return fields.Domain("state", "!=", "draft") & fields.Domain(
            "company_id", "in", person._get_member_companies().ids
        )
