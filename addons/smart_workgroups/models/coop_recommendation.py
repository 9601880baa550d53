from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..lib.first_verb import begins_with_verb

# Waits for the Board, which has not finished with it.
WAITING = ("submitted", "review")
ANSWERED = ("accepted", "amended", "rejected")


class CoopRecommendation(models.Model):
    """What a workgroup recommends; its title begins with a verb of action.

    It is drafted together, submitted with a number, and answered by the Board
    (``coop.board.review``). From its submission on, nobody edits its text.
    """

    _name = "coop.recommendation"
    _description = "Recommendation"
    _inherit = [
        "coop.traced.mixin",
        "coop.member.form.mixin",
        "coop.step.mixin",
        "mail.activity.mixin",
    ]
    _order = "number desc, id desc"
    _rec_names_search = ["name", "reference"]

    name = fields.Char(
        "Title",
        required=True,
        translate=True,
        tracking=True,
        help="It begins with a verb of action: “Open the co-operative to all trades”.",
    )
    text = fields.Html(translate=True, sanitize=True, sanitize_attributes=True, strip_style=True)
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Written in",
        required=True,
        default=lambda self: self.env.lang or "en_US",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    workgroup_id = fields.Many2one(
        "coop.workgroup", index=True, ondelete="restrict", check_company=True
    )
    edition_id = fields.Many2one(related="workgroup_id.edition_id", store=True, index=True)
    submitted_by_id = fields.Many2one(
        "res.partner",
        "Begun by",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    author_ids = fields.Many2many(
        "res.partner",
        "coop_recommendation_author_rel",
        string="Authors",
        help="They draft it together, and are told what becomes of it.",
    )
    supporter_ids = fields.Many2many("res.partner", "coop_recommendation_supporter_rel", copy=False)
    supporter_count = fields.Integer(compute="_compute_supporter_count", string="Support")
    is_open = fields.Boolean(
        "Open to All Members",
        copy=False,
        help="All members may read the draft, support it and propose amendments.",
    )
    number = fields.Integer(readonly=True, copy=False, aggregator=None)
    reference = fields.Char(readonly=True, copy=False, index=True)
    submitted_on = fields.Date(readonly=True, copy=False)
    answer_due = fields.Date(readonly=True, copy=False, help="Until when the Board is to answer.")
    is_overdue = fields.Boolean(
        "Answer Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    waiting_days = fields.Integer("Waits for (Days)", compute="_compute_is_overdue")

    _number_unique = models.UniqueIndex(
        "(company_id, number) WHERE number > 0", "A number of a recommendation is given once."
    )
    _numbered_when_submitted = models.Constraint(
        "CHECK (state IN ('draft', 'withdrawn') OR number > 0)",
        "What is submitted has a number.",
    )

    def _selection_state(self):
        return [
            ("draft", self.env._("Draft")),
            ("submitted", self.env._("Submitted")),
            ("review", self.env._("With the Board")),
            ("accepted", self.env._("Accepted")),
            ("amended", self.env._("Amended")),
            ("rejected", self.env._("Rejected")),
            ("withdrawn", self.env._("Withdrawn")),
        ]

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "reference")
    def _compute_display_name(self):
        for recommendation in self:
            parts = (recommendation.reference, recommendation.name)
            recommendation.display_name = " ".join(part for part in parts if part)

    @api.depends("supporter_ids")
    def _compute_supporter_count(self):
        for recommendation in self:
            recommendation.supporter_count = len(recommendation.supporter_ids)

    @api.depends("state", "answer_due", "submitted_on")
    @api.depends_context("tz")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for recommendation in self:
            waits = recommendation.state in WAITING and recommendation.submitted_on
            recommendation.waiting_days = (today - recommendation.submitted_on).days if waits else 0
            recommendation.is_overdue = bool(
                waits and recommendation.answer_due and recommendation.answer_due < today
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        overdue = Domain("state", "in", WAITING) & Domain("answer_due", "<", today)
        return Domain.OR([overdue if wanted else ~overdue for wanted in value])

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        for recommendation in self:
            # A draft that was split, or into which others were merged, is on a way that stays.
            if recommendation.state != "draft" or len(recommendation._trace()) > 1:
                raise UserError(
                    self.env._(
                        "%(record)s stays in the records, for it was handed on. Withdraw it "
                        "instead.",
                        record=recommendation.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Hand it to the Board: it gets its number, and its text is frozen.

        :raise UserError: it is no draft, has no text, or its title begins with no verb
        """
        self.check_access("write")
        for recommendation in self.sorted("id"):
            recommendation._take_turn()
            recommendation._check_state("draft")
            recommendation._check_ready()
            recommendation._submit()

    def _submit(self):
        today = fields.Date.context_today(self)
        # Numbers are taken by the system, whatever the rights of who asks.
        [number] = self.env["coop.counter"].sudo()._take(self._name, self.company_id)
        self._write_decision(
            {
                "state": "submitted",
                "number": number,
                "reference": f"R{number:05d}",
                "submitted_on": today,
                "answer_due": today + timedelta(days=self.company_id.recommendation_answer_days),
            }
        )
        self._freeze_text("submitted")

    def action_take_up(self):
        """Put it on the table of the Board."""
        self.check_access("write")
        self._take_turn()
        self._check_state("submitted")
        self._write_decision({"state": "review"})

    def action_withdraw(self):
        """Take it back, before the Board has answered; it stays in the records."""
        self.check_access("write")
        self._take_turn()
        self._check_state("draft", *WAITING)
        self._write_decision({"state": "withdrawn"})

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {
            "number",
            "reference",
            "submitted_on",
            "answer_due",
            "merged_into_id",
        }

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state != "draft":
            locked |= {"name", "text", "lang", "company_id", "workgroup_id", "author_ids"}
        return locked

    def _get_authentic_lang(self):
        return self.lang

    def _frozen_fields(self):
        return ["name", "text", "reference", "lang", "workgroup_id"]

    def _take_turn(self):
        """Make rivals for these wait, and be replayed: one at a time decides."""
        self.env["coop.reference.mixin"]._bump(self)
        self.invalidate_recordset(["state", "merged_into_id"])

    def _check_ready(self):
        """Refuse what the Board could not read.

        :raise UserError: saying what is missing
        """
        for recommendation in self:
            original = recommendation.with_context(lang=recommendation.lang)
            if not begins_with_verb(original.name, original.lang):
                raise recommendation._error_no_verb()
            if not original._plain_text():
                raise UserError(
                    self.env._(
                        "“%s” has no text yet: say what is to be done, and why, before you submit "
                        "it.",
                        recommendation.name,
                    )
                )

    def _error_no_verb(self):
        return UserError(
            self.env._(
                "“%s” does not begin with a verb. Say in the title what is to be done, for "
                "example “Open the co-operative to all trades”.",
                self.with_context(lang=self.lang).name,
            )
        )
