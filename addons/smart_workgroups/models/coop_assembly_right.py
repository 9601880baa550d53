from odoo import models
from odoo.fields import Domain


class CoopAssembly(models.Model):
    """Who has a vote, and how many: the one rule for secret votes, open hands and proxies.

    In an Assembly that was convoked its frozen roll says so: who left afterwards stays on it, who
    joined afterwards is not. Without a roll it is who has a vote today. So that votes outside of an
    Assembly ask the same, these work on an empty record too.
    """

    _inherit = "coop.assembly"

    def _search_electorate(self, company):
        """Return the memberships with a vote, in the order of their numbers."""
        convocation = self.sudo().convocation_id  # the roll is asked by who prepares a vote
        domain = self._get_voting_domain(company)
        if convocation:
            Voter = self.env["coop.assembly.voter"].sudo()  # as above
            rows = Voter._search([("convocation_id", "=", convocation.id)])
            domain = Domain("id", "in", rows.subselect("membership_id"))
        # As above: the system makes the roll.
        return (
            self.env["coop.membership"]
            .sudo()
            .search_fetch(domain, ["category_id", "number", "partner_id"], order="number")
        )

    def _get_votes(self, company, people):
        """Return how many votes each of these people has, by id; who has none is missing."""
        convocation = self.sudo().convocation_id  # as above
        if convocation:
            Voter = self.env["coop.assembly.voter"].sudo()  # as above
            rows = Voter.search_fetch(
                [("convocation_id", "=", convocation.id), ("partner_id", "in", people.ids)],
                ["partner_id", "votes"],
            )
            return {row.partner_id.id: row.votes for row in rows}
        # Only whether somebody has a vote.
        members = (
            self.env["coop.membership"]
            .sudo()
            .search(self._get_voting_domain(company) & Domain("partner_id", "in", people.ids))
        )
        return dict.fromkeys(members.partner_id.ids, 1)

    def _count_all_votes(self, company):
        """Return how many votes there are in all."""
        convocation = self.sudo().convocation_id  # only a number
        if convocation:
            return convocation.roll_votes
        return self.env["coop.membership"].sudo().search_count(self._get_voting_domain(company))

    def _filter_members(self, company, people):
        """Return who of these is a member, to give or hold a proxy: on the roll, or today."""
        today = people._search_memberships(company).partner_id
        on_roll = self._get_votes(company, people) if self.sudo().convocation_id else {}
        return people.filtered(lambda one: one in today or one.id in on_roll)

    def _get_voting_domain(self, company):
        return Domain("company_id", "=", company.id) & Domain("voting", "=", True)

    def _has_weighted_votes(self):
        """Tell whether somebody on the roll has more than one vote."""
        convocation = self.sudo().convocation_id  # only two numbers
        return convocation.roll_votes > convocation.roll_count

    def _tell_no_vote(self, person, vote):
        """Return why somebody has no vote in a vote, in words."""
        convocation = self.sudo().convocation_id  # only its day
        if not convocation:
            return self.env._(
                "%(person)s has no vote in %(poll)s: only members with a share have one.",
                person=person.name,
                poll=vote.display_name,
            )
        return self.env._(
            "%(person)s has no vote in %(poll)s: the roll of %(assembly)s was frozen when its "
            "convocation left. Whoever became a member afterwards votes at the next Assembly.",
            person=person.name,
            poll=vote.display_name,
            assembly=self.display_name,
        )
