from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class CoopBoardPublication(models.Model):
    """Answers of the Board that members get to read at one moment."""

    _name = "coop.board.publication"
    _description = "Publication of Answers"
    _inherit = ["coop.step.mixin"]
    _order = "id desc"

    name = fields.Char(
        required=True,
        translate=True,
        default=lambda self: self.env._(
            "Answers of the Board, %s", format_date(self.env, fields.Date.context_today(self))
        ),
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    introduction = fields.Text(translate=True, help="Members read it above the answers.")
    planned_review_ids = fields.Many2many(
        "coop.board.review",
        "coop_board_publication_plan_rel",
        string="Answers",
        domain="[('state', '=', 'final'), ('publication_id', '=', False), "
        "('replaced_by_ids', 'not any', [('state', '=', 'final')])]",
        check_company=True,
    )
    review_ids = fields.One2many(
        "coop.board.review", "publication_id", "Published Answers", readonly=True
    )
    published_on = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")

    _published_when = models.Constraint(
        "CHECK ((state = 'published') = (published_on IS NOT NULL))",
        "What is published says when.",
    )

    def _selection_state(self):
        return [("draft", self.env._("Draft")), ("published", self.env._("Published"))]

    def action_publish(self):
        """Publish these answers together; authors and supporters are told in their next digest.

        :raise UserError: there is none, one is not final, or it is published already
        """
        self.check_access("write")
        for publication in self.sorted("id"):
            self.env["coop.reference.mixin"]._bump(publication)
            publication.invalidate_recordset(["state"])
            publication._check_state("draft")
            # Answers that two publications would take: the second one waits and is replayed.
            reviews = publication.planned_review_ids.sudo()
            reviews.recommendation_id._take_turn()
            reviews.invalidate_recordset(["state", "publication_id", "replaced_by_ids"])
            publication._check_reviews(reviews)
            publication._write_decision(
                {
                    "state": "published",
                    "published_on": fields.Datetime.now(),
                    "published_by_id": self.env.user.partner_id.id,
                }
            )
            reviews._write_decision({"publication_id": publication.id})
            for review in reviews:
                recommendation = review.recommendation_id
                people = recommendation.author_ids | recommendation.supporter_ids
                # Who read the earlier answer is told that it does not stand any more.
                kind = "renewed" if review.replaced_id.publication_id else "answered"
                self.env["coop.governance.notice"]._tell(people, recommendation, kind)

    def _check_reviews(self, reviews):
        if not reviews:
            raise UserError(
                self.env._("Choose the answers that “%s” is to publish.", self.display_name)
            )
        for review in reviews:
            if review._get_renewal():
                raise UserError(
                    self.env._(
                        "The Board decided anew on %s: take this answer out of the list, and "
                        "publish the one that replaces it.",
                        review.display_name,
                    )
                )
            if review.state != "final" or review.publication_id:
                raise UserError(
                    self.env._(
                        "The answer to %s cannot be published now: it is not final yet, or it was "
                        "published before. Take it out of the list.",
                        review.display_name,
                    )
                )

    def _decided_fields(self):
        return super()._decided_fields() | {"published_on", "published_by_id"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state == "published":
            locked |= {"name", "introduction", "company_id", "planned_review_ids"}
        return locked

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_drafts()
