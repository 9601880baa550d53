from odoo import fields, models
from odoo.exceptions import UserError

from ..lib.outcome import no_paper


class CoopPoll(models.Model):
    _inherit = "coop.poll"

    paper_count_ids = fields.One2many("coop.poll.paper.count", "poll_id", "Papers", copy=False)

    def _mark_paper(self, voter):
        """Mark on the roll that somebody votes on paper: screen and paper share one roll.

        :raise UserError: when the voter voted already, or this vote has no papers
        """
        self.ensure_one()
        self.check_access("write")
        if self.kind == "stv" or self._is_by_category():
            raise UserError(
                self.env._(
                    "%(poll)s is not counted on paper: preferences and categories are counted on "
                    "screen only.",
                    poll=self.display_name,
                )
            )
        self._hold_open()
        self._mark_roll(voter, "paper")

    def _get_paper(self):
        """Add up the bundles, each of which two people counted alike.

        :return: dict as ``no_paper``, or None where nobody votes on paper
        :raise UserError: naming the bundle, or the difference from the roll
        """
        if not self.paper_count and not self.paper_count_ids:
            return None
        total = no_paper()
        for bundle, counts in self.paper_count_ids.grouped("bundle").items():
            counts._check_figures()
            first = counts[0]._get_figures()
            if len(counts) != 2 or counts[1]._get_figures() != first:
                raise UserError(
                    self.env._(
                        "%(poll)s: bundle %(bundle)s is not counted alike by two people. Count it "
                        "again.",
                        poll=self.display_name,
                        bundle=bundle,
                    )
                )
            for name in ("ballots", "blank", "spoilt"):
                total[name] += first[name]
            for number, votes in first["votes"].items():
                total["votes"][number] = total["votes"].get(number, 0) + votes
        if total["ballots"] != self.paper_count:
            raise UserError(
                self.env._(
                    "%(poll)s: %(marks)s members are marked for paper, and %(papers)s papers are "
                    "counted.",
                    poll=self.display_name,
                    marks=self.paper_count,
                    papers=total["ballots"],
                )
            )
        return total
