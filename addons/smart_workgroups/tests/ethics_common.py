from odoo.fields import Command

from .governance_common import GROUP, GovernanceCase


class EthicsCase(GovernanceCase):
    """A committee of four: one manages the Activity about which it is asked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.committee.seats = 5
        cls.bea, cls.carl, cls.dora = [
            cls._user(f"g_{name}", f"{GROUP}_ethics", email=f"{name}@example.com")
            for name in ("bea", "carl", "dora")
        ]
        for user in (cls.bea, cls.carl, cls.dora):
            cls._member(partner=user.partner_id)
            cls._mandate(user.partner_id, cls.committee)
        cls.asker = cls.portal.partner_id
        cls.asker.email = "asker@example.com"
        membership = cls._member("Miller")
        cls.activity = cls.env["coop.activity"].create(
            {
                "name": "Secret mill",
                "membership_id": membership.id,
                "company_id": cls.company.id,
                "state": "open",
                "manager_ids": [Command.link(cls.dora.partner_id.id)],
            }
        )

    @classmethod
    def _case(cls, **values):
        membership = cls.env["coop.membership"].search([("partner_id", "=", cls.asker.id)])
        Case = cls.env["coop.ethics.case"].with_user(cls.portal).sudo()
        values = {
            "title": "Is the flour fair?",
            "question": "<p>Who is paid what?</p>",
            "activity_id": cls.activity.id,
        } | values
        token = values.pop("token", "token-of-a-form")
        return Case._ask(token, membership, values).with_env(cls.env)

    @classmethod
    def _examined(cls, **values):
        case = cls._case(**values).with_user(cls.ethics)
        case.action_examine()
        case.answer_ids.write({"finding": "good"})
        return case

    @classmethod
    def _voting(cls, **values):
        case = cls._examined(**values)
        opinion = case.opinion_ids
        opinion.write({"conclusion": "conditional", "majority": "<p>Pay the millers.</p>"})
        opinion.action_open_vote()
        return opinion

    @classmethod
    def _published(cls, **values):
        opinion = cls._voting(**values)
        opinion.with_user(cls.bea).action_vote_for()
        opinion.with_user(cls.ethics).action_vote_for()
        opinion.with_user(cls.carl).action_vote_against()
        opinion.with_user(cls.carl).dissent = "<p>It is fair already.</p>"
        opinion.action_publish()
        return opinion
