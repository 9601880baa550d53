from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# The state of a recommendation after each outcome.
STATE_OF_OUTCOME = {
    "accepted": "accepted",
    "amended": "amended",
    "rejected": "rejected",
    # It goes on in the other one.
    "merged": "withdrawn",
}

# What the Board said stays as it was said; only its publication is added, once. What it says anew
# replaces an answer to the same recommendation.
KEEP = """
CREATE OR REPLACE FUNCTION coop_board_review_keep() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        IF NEW.state = 'final' AND NEW.replaced_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM coop_board_review earlier
             WHERE earlier.id = NEW.replaced_id AND earlier.id <> NEW.id AND earlier.state = 'final'
               AND earlier.recommendation_id = NEW.recommendation_id
        ) THEN
            RAISE EXCEPTION 'A review of the Board replaces an answer to the same recommendation'
                USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
                      CONSTRAINT = 'coop_board_review_keep';
        END IF;
    END IF;
    IF TG_OP = 'INSERT' THEN
        RETURN NEW;
    END IF;
    IF OLD.state <> 'final' THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.publication_id IS NULL
                AND to_jsonb(NEW) - ARRAY['publication_id', 'write_uid', 'write_date']
                  = to_jsonb(OLD) - ARRAY['publication_id', 'write_uid', 'write_date'] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'A review of the Board stays as it was finalised'
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME,
              CONSTRAINT = 'coop_board_review_keep';
END
$$ LANGUAGE plpgsql;
CREATE OR REPLACE TRIGGER coop_board_review_keep
    BEFORE INSERT OR UPDATE OR DELETE ON coop_board_review
    FOR EACH ROW EXECUTE FUNCTION coop_board_review_keep();
"""


class CoopBoardReview(models.Model):
    """What the Board said of a recommendation, and why.

    A draft is prepared by the secretary or a director. A director with a running mandate
    finalises it: from then on it stays as it is, and so does the recommendation.
    """

    _name = "coop.board.review"
    _description = "Review by the Board"
    _inherit = ["coop.traced.mixin", "coop.step.mixin"]
    _order = "decided_on desc, id desc"
    _rec_name = "recommendation_id"
    _check_company_auto = True

    recommendation_id = fields.Many2one(
        "coop.recommendation",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', 'in', ('submitted', 'review'))]",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="recommendation_id.company_id", store=True, index=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    outcome = fields.Selection(
        [
            ("accepted", "Accepted"),
            ("amended", "Accepted as amended"),
            ("rejected", "Rejected"),
            ("merged", "Merged into another"),
        ],
        tracking=True,
    )
    reasons = fields.Text(translate=True, help="Why; members read it when it is published.")
    amended_name = fields.Char("Amended Title", translate=True)
    amended_text = fields.Html(translate=True, sanitize_attributes=True, strip_style=True)
    merged_into_id = fields.Many2one(
        "coop.recommendation",
        "Merge into",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('state', 'in', ('submitted', 'review')), ('id', '!=', recommendation_id)]",
        check_company=True,
    )
    cost = fields.Monetary("Estimated Cost", help="What carrying it out would cost, all together.")
    recusal_ids = fields.Many2many(
        "res.partner",
        "coop_board_review_recusal_rel",
        string="Did Not Take Part",
        help="Directors who have an interest in it, and left the decision to the others.",
    )
    recusal_note = fields.Char("Interest Declared")
    decided_on = fields.Date(
        required=True,
        default=fields.Date.context_today,
        help="The day of the meeting of the Board.",
    )
    minutes_reference = fields.Char(
        "Meeting of the Board", help="Date and point of the minutes in which this stands."
    )
    final_name = fields.Char("Title Decided on", compute="_compute_final_text")
    final_text = fields.Html("Text Decided on", compute="_compute_final_text")
    finalised_on = fields.Datetime(readonly=True, copy=False)
    finalised_by_id = fields.Many2one(
        "res.partner", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    publication_id = fields.Many2one(
        "coop.board.publication",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    published_on = fields.Datetime(related="publication_id.published_on")

    _one_final = models.UniqueIndex(
        "(recommendation_id) WHERE state = 'final' AND replaced_id IS NULL",
        "The Board answers a recommendation once; it decides anew by replacing its answer.",
    )
    _reasons_required = models.Constraint(
        "CHECK (state <> 'final' OR COALESCE(reasons->>'en_US', '') ~ '[^[:space:]]')",
        "The Board gives its reasons: fill them in.",
    )
    _final_complete = models.Constraint(
        "CHECK (state <> 'final' OR (outcome IS NOT NULL AND finalised_on IS NOT NULL "
        "AND finalised_by_id IS NOT NULL))",
        "A final review says what was decided, when and by whom.",
    )
    _amended_complete = models.Constraint(
        "CHECK (state <> 'final' OR outcome <> 'amended' "
        "OR (amended_name IS NOT NULL AND amended_text IS NOT NULL))",
        "Say how the title and the text read as amended.",
    )
    _merged_complete = models.Constraint(
        "CHECK (state <> 'final' OR (outcome = 'merged') = (merged_into_id IS NOT NULL))",
        "Say into which other recommendation it is merged; only then name one.",
    )
    _cost_positive = models.Constraint("CHECK (cost >= 0)", "A cost is not negative.")

    def init(self):
        self.env.cr.execute(SQL(KEEP))

    def _selection_state(self):
        return [("draft", self.env._("Draft")), ("final", self.env._("Final"))]

    # ------------------------------------------------------------------
    # Compute, onchange
    # ------------------------------------------------------------------

    @api.depends("outcome", "amended_name", "amended_text", "recommendation_id")
    @api.depends_context("lang")
    def _compute_final_text(self):
        for review in self:
            amended = review.outcome == "amended"
            source = review.recommendation_id
            review.final_name = review.amended_name if amended else source.name
            review.final_text = review.amended_text if amended else source.text

    @api.onchange("outcome")
    def _onchange_outcome(self):
        """Amendments start from what was submitted."""
        if self.outcome == "amended" and not self.amended_name:
            self.amended_name = self.recommendation_id.name
            self.amended_text = self.recommendation_id.text
        if self.outcome != "merged":
            self.merged_into_id = False

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Prepare answers, as the secretary or with a running mandate in the Board."""
        reviews = super().create(vals_list)
        reviews._check_prepares()
        return reviews

    def write(self, vals):
        """Prepare them further; as of the creation.

        :raise UserError: who did not take part takes the own name off the list
        """
        self.check_access("write")
        self._check_prepares()
        person = self.env.user.partner_id
        recused = self.filtered(lambda review: person in review.recusal_ids)
        result = super().write(vals)
        recused._check_still_recused(person)
        return result

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_finalise(self):
        """Say it in the name of the Board, for ever.

        :raise AccessError: the user has no running mandate in the Board
        :raise UserError: another director was first, the user did not take part, or something is
            missing
        """
        self.check_access("write")
        for review in self.sorted("id"):
            recommendation = review.recommendation_id.sudo()
            # The other one that finalises the same recommendation waits, and is replayed.
            (recommendation | review.merged_into_id.sudo())._take_turn()
            review.invalidate_recordset(["state"])
            review._check_director()
            review._check_first()
            review._check_state("draft")
            review._check_complete()
            review._finalise(recommendation)

    def _finalise(self, recommendation):
        """Write what follows for the recommendation, which the Board has no right to edit."""
        person = self.env.user.partner_id
        self._write_decision(
            {
                "state": "final",
                "finalised_on": fields.Datetime.now(),
                "finalised_by_id": person.id,
            }
        )
        values = {"state": STATE_OF_OUTCOME[self.outcome]}
        if self.outcome == "merged":
            recommendation._merge_into(self.merged_into_id.sudo())
        else:
            recommendation._write_decision(values)
        if self.replaced_id:
            self.replaced_id.sudo()._hand_over(self.sudo(), "replaced")
        else:
            recommendation._hand_over(self.sudo(), "reviewed")
        self.sudo()._freeze_text("final")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _decided_fields(self):
        return super()._decided_fields() | {"finalised_on", "finalised_by_id", "publication_id"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state == "final":
            locked |= {name for name, field in self._fields.items() if field.store}
        return locked

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_prepares()
        if self.filtered(lambda review: review.state == "final"):
            raise UserError(
                self.env._(
                    "The answer of the Board to %s stays in the records.", self[:1].display_name
                )
            )

    def _frozen_fields(self):
        return [
            "outcome",
            "reasons",
            "renewal_reason",
            "final_name",
            "final_text",
            "cost",
            "currency_id",
            "recusal_ids",
            "decided_on",
            "minutes_reference",
            "finalised_on",
            "finalised_by_id",
        ]
