from odoo import api, fields, models
from odoo.fields import Domain

PAGE = "/my/elections"


class CoopElection(models.Model):
    """What members read of an election."""

    _name = "coop.election"
    _inherit = ["coop.election", "coop.member.page.mixin"]

    notice = fields.Text("What Is to Be Known", compute="_compute_notice")

    @api.depends("state", "seats", "candidate_ids.state", "candidate_ids.obstacle")
    @api.depends_context("lang")
    def _compute_notice(self):
        for election in self:
            election.notice = "\n".join(election._tell_notices()) or False

    def _get_shown_candidates(self):
        """Return the candidates whom members see, as they stand on the ballot or by the result."""
        shown = self.candidate_ids.filtered(lambda one: one.on_ballot or one.state == "admitted")
        elected = self.state == "elected"
        return shown.sorted(lambda one: (-one.votes if elected else 0, one._get_name_order()))

    def _find_obstacle_of(self, person):
        """Return what the rules say against somebody who does not stand yet, or nothing."""
        return (
            self.env["coop.candidate"]
            .new({"election_id": self.id, "partner_id": person.id})
            ._find_obstacle()
        )

    def _get_member_url(self):
        return f"{PAGE}/{self.id}"

    @api.model
    def _get_visible_domain(self, person):
        """Return the elections that somebody sees: those of the own co-operatives."""
        return Domain("state", "!=", "draft") & Domain(
            "company_id", "in", person._get_member_companies().ids
        )

    def _tell_notices(self):
        """Return what everybody is told besides the dates, as sentences."""
        self.ensure_one()
        told = []
        admitted = len(self._get_admitted())
        if self.state == "vote" and admitted < self.seats:
            told.append(
                self.env._(
                    "Seats: %(seats)s, candidates: %(count)s. Whoever has votes is elected, and "
                    "the other seats stay vacant.",
                    count=admitted,
                    seats=self.seats,
                )
            )
        elif self.state == "vote" and admitted == self.seats:
            told.append(
                self.env._(
                    "There are as many candidates as seats: whoever has votes is elected.",
                )
            )
        gone = self.candidate_ids.filtered(lambda one: one.state == "withdrawn" and one.on_ballot)
        told += [
            self.env._(
                "%(person)s withdrew after the ballot was frozen, and stays on it; if elected, the "
                "seat counts as refused. Reason: %(reason)s",
                person=one.partner_id.name,
                reason=one.withdraw_reason,
            )
            for one in gone
        ]
        return told + [
            f"{one.partner_id.name}: {one.obstacle}" for one in self.candidate_ids if one.obstacle
        ]
