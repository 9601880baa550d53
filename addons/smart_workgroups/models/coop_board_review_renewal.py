from odoo import api, fields, models
from odoo.exceptions import UserError

from .coop_recommendation import ANSWERED

# What came of the answer before is out of the way.
GONE = ("withdrawn", "rejected")


class CoopBoardReview(models.Model):
    """The Board decides anew: a new answer names the one that it replaces, and says why.

    Nothing of the old one changes: which answer stands follows from the new one alone.
    """

    _inherit = "coop.board.review"

    replaced_id = fields.Many2one(
        "coop.board.review",
        "Replaces",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('recommendation_id', '=', recommendation_id), ('state', '=', 'final')]",
        help="The answer that stood until this one.",
    )
    replaced_by_ids = fields.One2many("coop.board.review", "replaced_id", "Decided Anew in")
    renewal_reason = fields.Text(
        "Why It Is Decided Anew",
        translate=True,
        copy=False,
        help="What changed since the earlier answer; members read it when it is published.",
    )
    is_replaced = fields.Boolean("Replaced", compute="_compute_is_replaced")

    _replaced_once = models.UniqueIndex(
        "(replaced_id) WHERE state = 'final' AND replaced_id IS NOT NULL",
        "An answer of the Board is replaced once: the last one stands.",
    )
    _renewal_reasoned = models.Constraint(
        "CHECK (state <> 'final' OR replaced_id IS NULL "
        "OR COALESCE(renewal_reason->>'en_US', '') ~ '[^[:space:]]')",
        "Say why the Board decides anew.",
    )

    @api.depends("replaced_by_ids.state")
    def _compute_is_replaced(self):
        for review in self:
            review.is_replaced = bool(review._get_renewal())

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_decide_anew(self):
        """Open the draft of the answer that is to replace this one, or a new one.

        :raise UserError: another one replaced it, or it cannot be decided anew
        """
        self.ensure_one()
        self.check_access("read")
        self._check_state("final")
        self._check_replaceable()
        draft = self.replaced_by_ids.filtered(lambda review: review.state == "draft")[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide Anew"),
            "res_model": self._name,
            "view_mode": "form",
            "res_id": draft.id,
            "context": {
                "default_recommendation_id": self.recommendation_id.id,
                "default_replaced_id": self.id,
            },
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_renewal(self):
        """Return the final answer that replaces this one, if there is one."""
        return self.replaced_by_ids.filtered(lambda review: review.state == "final")[:1]

    def _get_published_renewal(self):
        """Return the answer that replaces this one as members know it."""
        return self._get_renewal().filtered("publication_id.published_on")

    def _check_renewal(self):
        """Refuse to replace what is not the answer that stands, or without a reason.

        :raise UserError: saying what is wrong
        """
        old = self.replaced_id
        if old.state != "final" or old.recommendation_id != self.recommendation_id:
            raise UserError(
                self.env._(
                    "%(old)s is no answer of the Board to %(record)s: open the answer that stands "
                    "and choose “Decide Anew” there.",
                    old=old.display_name,
                    record=self.recommendation_id.display_name,
                )
            )
        old._check_replaceable()
        if not (self.renewal_reason or "").strip():
            raise UserError(
                self.env._(
                    "Say why the Board decides anew on %s: what changed since its earlier answer.",
                    self.display_name,
                )
            )
        if self.outcome == "merged":
            raise UserError(
                self.env._(
                    "%s was answered before: it cannot be merged into another one any more. Reject "
                    "it with a word on the other one instead.",
                    self.display_name,
                )
            )

    def _check_replaceable(self):
        """Refuse to decide anew on what went on meanwhile.

        :raise UserError: naming where it goes on
        """
        self.ensure_one()
        recommendation = self.recommendation_id
        if self.outcome == "merged":
            raise UserError(
                self.env._(
                    "%(record)s goes on in %(other)s: the Board decides on that one.",
                    record=recommendation.display_name,
                    other=self.merged_into_id.display_name,
                )
            )
        recommendation._check_state(*ANSWERED)
        # Whether something came of it is no secret to who decides on it.
        proposals = self.env["coop.proposal"].sudo()
        proposal = proposals.search(
            [("recommendation_ids", "in", recommendation.ids), ("state", "not in", GONE)], limit=1
        )
        if proposal:
            raise UserError(
                self.env._(
                    "The proposal %(proposal)s comes of the answer to %(record)s: withdraw it "
                    "first. What the Assembly adopted, only the Assembly changes.",
                    proposal=proposal.display_name,
                    record=recommendation.display_name,
                )
            )
