from odoo import models
from odoo.exceptions import AccessError, UserError

from .coop_recommendation import WAITING


class CoopBoardReview(models.Model):
    """Who answers in the name of the Board, and what an answer must say."""

    _inherit = "coop.board.review"

    def _check_director(self):
        """Refuse who has no seat in the Board today, or did not take part in this.

        :raise AccessError: without a running mandate
        :raise UserError: the user declared an interest
        """
        person = self.env.user.partner_id
        for review in self:
            if not person._holds_mandate("board", company=review.company_id):
                raise AccessError(
                    self.env._(
                        "Only directors with a running mandate finalise %s. Ask the secretary to "
                        "record your mandate, or a director to finalise it.",
                        review.display_name,
                    )
                )
            if person in review.recusal_ids:
                raise UserError(
                    self.env._(
                        "You did not take part in the decision on %s: let another director "
                        "finalise it.",
                        review.display_name,
                    )
                )

    def _check_still_recused(self, person):
        """Refuse that somebody takes back the own interest, to decide on it then.

        :raise UserError: saying who can
        """
        for review in self:
            if person not in review.recusal_ids:
                raise UserError(
                    self.env._(
                        "You declared an interest in %s: ask the secretary to take your name off "
                        "the list, if that was a mistake.",
                        review.display_name,
                    )
                )

    def _check_first(self):
        """Refuse a second answer to the same recommendation.

        :raise UserError: naming who was first
        """
        first = self.sudo().search(
            [
                ("recommendation_id", "=", self.recommendation_id.id),
                ("replaced_id", "=", self.replaced_id.id),
                ("state", "=", "final"),
                ("id", "!=", self.id),
            ]
        ) or (self.sudo() if self.state == "final" else self.browse())
        if first:
            raise UserError(
                self.env._(
                    "%(person)s finalised the answer to %(record)s meanwhile: reload the page to "
                    "read it. Nothing of yours was published.",
                    person=first.finalised_by_id.name,
                    record=self.recommendation_id.display_name,
                )
            )
        if self.replaced_id:
            self._check_renewal()
        else:
            self.recommendation_id._check_state(*WAITING)

    def _check_complete(self):
        """Refuse what members could not understand.

        :raise UserError: saying what is missing
        """
        name = self.display_name
        if not self.outcome:
            raise UserError(self.env._("Choose what the Board decides on %s.", name))
        if not (self.reasons or "").strip():
            raise UserError(
                self.env._(
                    "Give the reasons of the Board on %s: its authors and all members read them.",
                    name,
                )
            )
        amended = (self.amended_name or "").strip() and self.recommendation_id._text_of(
            self.amended_text
        )
        if self.outcome == "amended" and not amended:
            raise UserError(self.env._("Write how the title and the text of %s read now.", name))
        if self.outcome == "merged" and not self.merged_into_id:
            raise UserError(self.env._("Choose into which other recommendation %s goes.", name))

    def _check_prepares(self):
        """Refuse directors whose mandate is over: the group opens the screens, and no more."""
        user = self.env.user
        if self.env.su or user.has_group("smart_workgroups.group_governance_user"):
            return
        for company in self.company_id:
            if not user.partner_id._holds_mandate("board", company=company):
                raise AccessError(
                    self.env._(
                        "Only directors with a running mandate prepare answers of the Board. Ask "
                        "the secretary to record your mandate."
                    )
                )
