from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.smart_membership.lib.selection_order import in_order

LEVELS = ("programme", "project", "task")


class CoopAction(models.Model):
    """What is done of what was decided: a programme, a project in it, a task in that.

    It is followed over years: who sees to it, how far it is, and when one asks whether it worked.
    """

    _name = "coop.action"
    _description = "Action"
    _inherit = [
        "coop.traced.mixin",
        "coop.member.page.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "parent_path, sequence, id"
    _parent_store = True
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    description = fields.Html(translate=True, sanitize_attributes=True, strip_style=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    level = fields.Selection(
        [("programme", "Programme"), ("project", "Project"), ("task", "Task")],
        required=True,
        default="project",
    )
    parent_id = fields.Many2one(
        "coop.action", "Part of", index=True, ondelete="restrict", check_company=True, tracking=True
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("coop.action", "parent_id", "Parts")
    resolution_id = fields.Many2one(
        "coop.resolution",
        "Decided in",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        copy=False,
        domain="[('state', '=', 'adopted')]",
    )
    horizon = fields.Selection(
        [
            ("short", "Short: within a year"),
            ("middle", "Middle: one to three years"),
            ("long", "Long: over three years"),
        ],
        required=True,
        default="middle",
        tracking=True,
        group_expand=in_order("horizon"),
    )
    owner_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict", tracking=True
    )
    date_start = fields.Date("From")
    date_end = fields.Date("Until", tracking=True)
    state = fields.Selection(
        [
            ("planned", "Planned"),
            ("running", "Under Way"),
            ("done", "Done"),
            ("stopped", "Stopped"),
        ],
        string="Status",
        required=True,
        default="planned",
        copy=False,
        index=True,
        tracking=True,
        group_expand=in_order("state"),
    )
    stop_reason = fields.Char("Why It Stopped", copy=False, tracking=True)
    indicator = fields.Char(
        "Measured by", translate=True, help="What one looks at to know whether it works."
    )
    target = fields.Char(translate=True, help="What the indicator is to reach, and when.")
    weight = fields.Integer(
        default=1, required=True, help="How much it counts in what it is part of."
    )
    review_on = fields.Date("Did It Work? Ask on", tracking=True)
    review_result = fields.Selection(
        [("worked", "It worked"), ("partly", "It worked in part"), ("failed", "It did not work")],
        "Did It Work?",
        copy=False,
        tracking=True,
    )
    review_note = fields.Text("What Was Learned", translate=True, copy=False)
    is_review_due = fields.Boolean(
        "Question Due", compute="_compute_is_review_due", search="_search_is_review_due"
    )

    _weight_positive = models.Constraint(
        "CHECK (weight BETWEEN 0 AND 1000000)", "A weight is a whole number from 0 to 1,000,000."
    )
    _dates_in_order = models.Constraint(
        "CHECK (date_end >= date_start)", "An action ends after it starts."
    )
    _stopped_why = models.Constraint(
        "CHECK (state <> 'stopped' OR btrim(COALESCE(stop_reason, '')) <> '')",
        "Say why it is stopped: members read it.",
    )

    # ------------------------------------------------------------------
    # Constraints and compute
    # ------------------------------------------------------------------

    @api.constrains("parent_id", "level")
    def _check_tree(self):
        if self._has_cycle():
            raise ValidationError(
                self.env._("An action cannot be part of itself: choose another one.")
            )
        for action in self:
            parent = action.parent_id
            if parent and LEVELS.index(parent.level) > LEVELS.index(action.level):
                raise ValidationError(
                    self.env._(
                        "%(action)s cannot be part of %(parent)s: a task has no projects, and a "
                        "project no programmes.",
                        action=action.name,
                        parent=parent.name,
                    )
                )

    @api.constrains("resolution_id")
    def _check_adopted(self):
        for action in self:
            if action.resolution_id and action.resolution_id.state != "adopted":
                raise ValidationError(
                    self.env._(
                        "%(resolution)s was not adopted: %(action)s carries out what was.",
                        resolution=action.resolution_id.name,
                        action=action.name,
                    )
                )

    @api.depends("review_on", "review_result")
    @api.depends_context("tz")
    def _compute_is_review_due(self):
        today = fields.Date.context_today(self)
        for action in self:
            action.is_review_due = bool(
                action.review_on and action.review_on <= today and not action.review_result
            )

    @api.model
    def _search_is_review_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        due = Domain("review_on", "<=", today) & Domain("review_result", "=", False)
        return Domain.OR([due if wanted else ~due for wanted in value])

    # ------------------------------------------------------------------
    # CRUD: what it comes of is handed over
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        for action in actions:
            action._receive(action.resolution_id, action.parent_id)
        return actions

    def write(self, vals):
        before = {action.id: (action.resolution_id, action.parent_id) for action in self}
        result = super().write(vals)
        if {"resolution_id", "parent_id"} & vals.keys():
            for action in self:
                resolution, parent = before[action.id]
                if resolution and resolution != action.resolution_id:
                    raise UserError(
                        self.env._(
                            "%(action)s carries out %(resolution)s: that stays on record.",
                            action=action.name,
                            resolution=resolution.name,
                        )
                    )
                action._receive(action.resolution_id - resolution, action.parent_id - parent)
        return result

    def _receive(self, resolution, parent):
        """Put this on the way of what decided it, and of what it is part of."""
        # Handed over by the system: the texts on the way are nobody's to write.
        action = self.sudo()
        if resolution:
            resolution.sudo()._hand_over(action, "planned")
            for recommendation in resolution.sudo().proposal_id.recommendation_ids:
                self.env["coop.governance.notice"]._tell(
                    recommendation.author_ids, recommendation, "planned"
                )
        if parent and not self._is_linked(parent):
            parent.sudo()._hand_over(action, "part")

    def _is_linked(self, parent):
        """Tell whether this was a part of the same before."""
        return (
            self.env["coop.trace.link"]
            .sudo()
            .search_count(
                [
                    ("source_model", "=", parent._name),
                    ("source_id", "=", parent.id),
                    ("target_model", "=", self._name),
                    ("target_id", "=", self.id),
                ],
                limit=1,
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_untraced(self):
        for action in self:
            if len(action._trace()) > 1:
                raise UserError(
                    self.env._(
                        "%s is on a way that stays in the records: stop it and say why.",
                        action.name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_start(self):
        self.check_access("write")
        today = fields.Date.context_today(self)
        for action in self:
            action.write({"state": "running", "date_start": action.date_start or today})

    def action_done(self):
        self.check_access("write")
        self.write({"state": "done"})

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _frozen_fields(self):
        return ["name", "description", "level", "horizon", "owner_id", "indicator", "target"]

    def _get_member_url(self):
        return f"/my/actions/{self.id}"
