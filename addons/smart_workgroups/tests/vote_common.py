import importlib.util
import json
from contextlib import contextmanager
from pathlib import Path

from odoo import Command
from odoo.tests import TransactionCase, new_test_user

VERIFY = Path(__file__).parents[1] / "static/verify.py"


def load_verify():
    """Return the program that members download, as a module."""
    spec = importlib.util.spec_from_file_location("coop_verify", VERIFY)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def make_voters(env, company, count, category="smart_membership.category_user", prefix="Voter"):
    """Return contacts that are members with a share."""
    share_class = env["coop.share.class"].search([("company_id", "=", company.id)], limit=1)
    if not share_class:
        share_class = env["coop.share.class"].create(
            {"name": "Members", "code": "V", "company_id": company.id}
        )
    partners = env["res.partner"].create(
        [
            {"name": f"{prefix} {number}", "email": f"{prefix.lower()}{number}@example.com"}
            for number in range(1, count + 1)
        ]
    )
    env["coop.membership"].create(
        [
            {
                "partner_id": partner.id,
                "company_id": company.id,
                "category_id": env.ref(category).id,
            }
            for partner in partners
        ]
    ).action_activate()
    env["coop.share.movement"].create(
        [
            {
                "company_id": company.id,
                "kind": "issue",
                "share_class_id": share_class.id,
                "partner_to_id": partner.id,
                "quantity": 1,
                "unit_price": 50,
                "paid_up": 50,
            }
            for partner in partners
        ]
    )
    return partners


class VoteCase(TransactionCase):
    """A company of its own with eight voters, three scrutineers, a secretary."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Cooperative that Votes"})
        cls.company.governance_lang_ids = cls.env.ref("base.lang_en")
        cls.env.user.company_ids = [Command.link(cls.company.id)]
        context = {"allowed_company_ids": cls.company.ids, "tracking_disable": True}
        cls.env = cls.env(context=dict(cls.env.context, **context))
        own = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        group = "smart_workgroups.group_governance_user"
        cls.secretary = new_test_user(cls.env, "vote_secretary", group, **own)
        cls.voters = make_voters(cls.env, cls.company, 8)
        cls.scrutineers = cls.env["res.partner"].create(
            [{"name": f"Scrutineer {number}"} for number in range(1, 4)]
        )
        cls.ordinary = cls.env.ref("smart_workgroups.resolution_class_ordinary")
        # A rule of one's own: by that of the demonstration an Assembly is convoked.
        cls.statutes = cls.env.ref("smart_workgroups.resolution_class_statutes").copy()
        cls.verify = load_verify()

    @classmethod
    def _user_of(cls, partner, login):
        return new_test_user(
            cls.env,
            login,
            "base.group_portal",
            partner_id=partner.id,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    def _poll(self, kind="resolution", names=(), **values):
        return (
            self.env["coop.poll"]
            .with_user(self.secretary)
            .create(
                {
                    "title": "More trees",
                    "kind": kind,
                    "class_id": self.ordinary.id,
                    "company_id": self.company.id,
                    "scrutineer_ids": [Command.set(self.scrutineers.ids)],
                    "shares_needed": 2,
                    "option_ids": [Command.create({"name": name}) for name in names],
                    **values,
                }
            )
        )

    def _open(self, *args, **values):
        """Return an open vote and the words of the scrutineers."""
        poll = self._poll(*args, **values)
        poll.action_freeze()
        return poll, [words for _person, words in poll._open()]

    @contextmanager
    def refuses(self, error, text):
        """What is refused leaves nothing behind, as in a request that is rolled back."""
        with self.assertRaisesRegex(error, text), self.cr.savepoint():
            yield

    def _count(self, poll, words, publish=True):
        if poll.state == "open":
            poll.action_close()
        poll._tally(words[1:])
        if publish:
            poll.action_publish()
        return json.loads(poll._publication())

    def _held(self, *args, **values):
        """Hold a vote from beginning to end; ``votes`` says what is cast, voter by voter."""
        votes = values.pop("votes")
        poll, words = self._open(*args, **values)
        receipts = [
            poll._cast(voter, marks) for voter, marks in zip(self.voters, votes, strict=False)
        ]
        return poll, receipts, self._count(poll, words)

    def assert_holds(self, data):
        findings = self.verify.verify(data)
        self.assertEqual(findings.wrong, [])
        return findings

    def assert_named(self, data, text):
        """The program finds what was tampered with, and names it."""
        wrong = self.verify.verify(data).wrong
        self.assertTrue(any(text in line for line in wrong), wrong)
