from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from .governance_common import GROUP, GovernanceCase


def grouped(records, domain):
    groups = records.formatted_read_group(domain, ["create_uid"], ["__count"])
    return [group for group in groups if group["__count"]]


# What is confidential in each model.
TELLING = {
    "coop.ethics.case": "title",
    "coop.ethics.opinion": "majority",
    "coop.ethics.answer": "finding",
    "coop.ethics.vote": "choice",
    "coop.meeting": "notes",
    "coop.meeting.point": "name",
    "coop.meeting.presence": "note",
    "coop.meeting.minutes": "content",
    "mail.message": "body",
    "ir.attachment": "name",
    "mail.activity": "summary",
}
# By each of them somebody could try to read what is confidential.
WAYS = {
    "search": lambda records, domain: records.search(domain),
    "count": lambda records, domain: records.search_count(domain),
    "search_read": lambda records, domain: records.search_read(domain, ["id"]),
    "read": lambda records, domain: records.read(),
    "web_read": lambda records, domain: records.web_read({TELLING[records._name]: {}}),
    "name": lambda records, domain: records.name_search("", domain),
    "export": lambda records, domain: records.export_data([TELLING[records._name]]),
    "group": grouped,
}


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

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")
    def assert_untold(self, users, kinds, words):
        """Expect that none of these users finds or reads any of these, by whatever way.

        :param kinds: recordsets of one model each
        :param words: what no refusal may say either
        """
        for user in users:
            for records in kinds:
                for way, look in WAYS.items():
                    with self.subTest(user=user.login, model=records._name, way=way):
                        self.env.invalidate_all()
                        try:
                            found = look(records.with_user(user), [("id", "in", records.ids)])
                        except UserError as error:
                            self.assertFalse([word for word in words if word in str(error)])
                        else:
                            self.assertFalse(found)

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
