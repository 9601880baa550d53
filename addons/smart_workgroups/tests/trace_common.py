from contextlib import contextmanager

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user

SECRETARY = "smart_workgroups.group_governance_user"
DIRECTOR = "smart_workgroups.group_governance_director"
TEXT = "<p>All trades are welcome.</p><ul><li>No list of trades</li></ul>"


class TraceCase(TransactionCase):
    """A company of its own, whose chains begin at 1, with a secretary, directors and members."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Cooperative that Decides"})
        # A company to which a row can be moved.
        cls.other_company = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.env.user.company_ids = [
            Command.link(company.id) for company in cls.company | cls.other_company
        ]
        cls.env = cls.env(
            context=dict(
                cls.env.context, allowed_company_ids=cls.company.ids, tracking_disable=True
            )
        )
        cls.french = cls.env["res.lang"]._activate_lang("fr_BE")
        cls.secretary = cls._user("trace_secretary", SECRETARY)
        cls.director = cls._user("trace_director", DIRECTOR)
        cls.other_director = cls._user("trace_other_director", DIRECTOR)
        cls.member = cls._member("trace_member")
        cls.other_member = cls._member("trace_other_member")
        cls.board = cls.env["coop.body"].create(
            {"name": "Board", "kind": "board", "company_id": cls.company.id}
        )
        cls.env["coop.mandate"].create(
            [
                {"body_id": cls.board.id, "partner_id": director.partner_id.id}
                for director in cls.director | cls.other_director
            ]
        )

    @classmethod
    def _user(cls, login, groups="base.group_portal", **values):
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        values = {"email": f"{login}@example.com"} | values
        return new_test_user(cls.env, login, groups, **company, **values)

    @classmethod
    def _member(cls, login, **values):
        user = cls._user(login, **values)
        membership = cls.env["coop.membership"].create(
            {"partner_id": user.partner_id.id, "company_id": cls.company.id}
        )
        membership.action_activate()
        return user

    @contextmanager
    def refused(self, message, error=UserError):
        """Expect to be refused with this message, as in a request: nothing of it stays."""
        with self.assertRaisesRegex(error, message), self.env.cr.savepoint():
            yield

    # ------------------------------------------------------------------
    # From a recommendation to an action
    # ------------------------------------------------------------------

    @classmethod
    def _recommendation(cls, name="Open the co-operative to all trades", **values):
        values = {"text": TEXT, "company_id": cls.company.id} | values
        return cls.env["coop.recommendation"].create({"name": name, **values})

    @classmethod
    def _submitted(cls, name="Open the co-operative to all trades", **values):
        recommendation = cls._recommendation(name, **values)
        recommendation.action_submit()
        return recommendation

    @classmethod
    def _review(cls, recommendation, outcome="accepted", **values):
        return cls.env["coop.board.review"].create(
            {
                "recommendation_id": recommendation.id,
                "outcome": outcome,
                "reasons": "It is what the members asked for.",
                **values,
            }
        )

    @classmethod
    def _answered(cls, recommendation=None, outcome="accepted", **values):
        recommendation = recommendation or cls._submitted()
        review = cls._review(recommendation, outcome, **values)
        review.with_user(cls.director).action_finalise()
        return review

    @classmethod
    def _publish(cls, reviews):
        publication = cls.env["coop.board.publication"].create(
            {"company_id": cls.company.id, "planned_review_ids": [Command.set(reviews.ids)]}
        )
        publication.with_user(cls.secretary).action_publish()
        return publication

    @classmethod
    def _proposal(cls, recommendations, **values):
        return cls.env["coop.proposal"].create(
            {
                "name": "Welcome all trades",
                "company_id": cls.company.id,
                "purpose": "<p>Nobody is refused for a trade.</p>",
                "means": "<p>One adviser.</p>",
                "owner_id": cls.secretary.partner_id.id,
                "recommendation_ids": [Command.set(recommendations.ids)],
                **values,
            }
        )

    @classmethod
    def _resolution(cls, proposal=None, **values):
        assembly = cls.env["coop.assembly"].create(
            {
                "name": "Assembly of Spring",
                "company_id": cls.company.id,
                "date": fields.Date.today(),
            }
        )
        return cls.env["coop.resolution"].create(
            {
                "name": "All trades are welcome",
                "company_id": cls.company.id,
                "assembly_id": assembly.id,
                "proposal_id": proposal.id if proposal else False,
                "present": 80,
                "represented": 20,
                "votes_for": 70,
                "votes_against": 20,
                "abstained": 6,
                "not_voted": 4,
                **values,
            }
        )

    @classmethod
    def _adopted(cls, proposal=None, **values):
        if proposal and proposal.state == "draft":
            proposal.action_ready()
        resolution = cls._resolution(proposal, **values)
        resolution.action_record()
        return resolution

    @classmethod
    def _action(cls, name="Open to all trades", **values):
        return cls.env["coop.action"].create({"name": name, "company_id": cls.company.id, **values})
