from odoo import models

from ..lib.plain_text import to_text
from ..lib.text_diff import diff_words


class CoopBoardReview(models.Model):
    _inherit = "coop.board.review"

    def _is_public(self):
        """An answer is read by members once it is published, with the others of its day."""
        return bool(self.publication_id.published_on)

    def _get_way_status(self):
        return dict(self._fields["outcome"]._description_selection(self.env)).get(self.outcome, "")

    def _get_way_date(self):
        return self.decided_on

    def _get_way_url(self):
        return f"/my/responses/{self.id}"

    def _get_changes(self):
        """Return as HTML what the Board changed in the recommendation, and in which language."""
        # Compared in the language in which it was written: the other one may not be translated.
        lang = self.recommendation_id.lang
        review = self.with_context(lang=lang)
        source = review.recommendation_id
        names = dict(self.env["res.lang"].get_installed())
        mark_up = self.env["coop.recommendation.version"]._mark_up
        return {
            "lang": lang,
            "lang_name": names.get(lang, lang).split("/")[-1].strip(),
            "name": mark_up(diff_words(source.name, review.final_name)),
            "text": mark_up(diff_words(to_text(source.text), to_text(review.final_text))),
        }


class CoopProposal(models.Model):
    _inherit = "coop.proposal"

    def _is_public(self):
        return self.state in ("ready", "adopted", "rejected")

    def _get_way_date(self):
        """Return the day on which it was decided on: it may have been recorded later."""
        decided = self.resolution_ids.filtered(lambda one: one.state != "draft")
        return decided[:1].assembly_id.date or None


class CoopResolution(models.Model):
    _inherit = "coop.resolution"

    def _is_public(self):
        """What is still to be decided is read in its convocation."""
        return self.state in ("adopted", "rejected", "no_quorum")

    def _get_way_date(self):
        return self.assembly_id.date


class CoopAction(models.Model):
    _inherit = "coop.action"

    def _get_way_date(self):
        return self.date_start

    def _get_way_url(self):
        return self._get_member_url()
