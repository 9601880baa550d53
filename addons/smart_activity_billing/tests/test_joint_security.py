from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.smart_membership.tests.remote_common import RemoteCalls

from .joint_common import JointCase

MODELS = (
    "coop.investment.pledge",
    "coop.investment.invitation",
    "coop.investment.booking",
    "coop.investment.buyout",
    "coop.investment.buyout.line",
)


@tagged("post_install", "-at_install")
class TestJointSecurity(RemoteCalls, JointCase, HttpCase):
    """Who reads and writes what, in the back office and by remote calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.employee = new_test_user(su, "j_employee", "base.group_user", **company)
        cls.billing = new_test_user(su, "j_billing", "account.group_account_invoice", **company)
        cls.auditor = new_test_user(su, "j_auditor", "account.group_account_readonly", **company)
        other = cls.setup_other_company()["company"]
        cls.outsider = new_test_user(
            su,
            "j_outsider",
            "account.group_account_manager",
            company_id=other.id,
            company_ids=other.ids,
        )

    def test_access_by_role(self):
        for user, readable, writable in (
            (self.giver, False, False),
            (self.employee, False, False),
            (self.billing, True, False),
            (self.auditor, True, False),
            (self.services, True, True),
            (self.accountant, True, True),
        ):
            for model in MODELS:
                with self.subTest(user=user.login, model=model):
                    Model = self.env[model].with_user(user)
                    self.assertEqual(Model.has_access("read"), readable)
                    # Pledges and invitations are made by members, and moved by the system only.
                    by_hand = model not in MODELS[:2]
                    self.assertEqual(Model.has_access("write"), writable and by_hand)
                    self.assertEqual(Model.has_access("create"), writable and by_hand)

    def test_another_company_sees_nothing(self):
        investment = self._bought()
        buyout = self.env["coop.investment.buyout"].create(
            {
                "investment_id": investment.id,
                "seller_id": self.gallery.id,
                "line_ids": [Command.create({"activity_id": self.workshop.id})],
            }
        )
        for records in (investment, investment.pledge_ids, buyout, buyout.line_ids):
            with self.subTest(model=records._name):
                foreign = records.with_user(self.outsider)
                self.assertFalse(foreign.search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    foreign.read(["display_name"])
        with self.assertRaises(AccessError):
            buyout.with_user(self.outsider).action_submit()

    def test_strangers_go_no_step(self):
        investment = self._proposal()
        for user in (self.employee, self.billing, self.auditor, self.outsider):
            mine = investment.with_user(user)
            with self.subTest(user=user.login):
                for step in (
                    lambda mine=mine: mine.action_pledge(self.workshop.id, 10),
                    lambda mine=mine: mine.action_withdraw_pledge(self.workshop.id),
                    lambda mine=mine: mine.action_cancel_proposal("Mine"),
                    mine.action_reopen,
                ):
                    with self.assertRaises(AccessError):
                        step()
        self.assertEqual(investment.state, "pledging")

    def test_what_one_does_not_see_says_nothing(self):
        """With an Activity of one's own, too, a remote call tells nothing of others' affairs."""
        draft = self._proposal(publish=False)
        private = self.env["coop.investment"].create({"label": "Secret kiln"})
        for investment in (draft, private):
            mine = investment.with_user(self.receiver)
            for step in (
                lambda mine=mine: mine.action_pledge(self.gallery.id, 10),
                lambda mine=mine: mine.action_withdraw_pledge(self.gallery.id),
            ):
                with self.assertRaises(AccessError) as caught:
                    step()
                self.assertNotIn(investment.label, str(caught.exception))

    def test_decided_fields_are_nobodys(self):
        investment = self._proposal()
        buyout = self.env["coop.investment.buyout"].create(
            {
                "investment_id": self._bought(target=90).id,
                "seller_id": self.gallery.id,
                "state": "done",
                "price": 1,
                "line_ids": [
                    Command.create({"activity_id": self.workshop.id, "state": "done", "amount": 5})
                ],
            }
        )
        self.assertEqual((buyout.state, buyout.price), ("draft", 0))
        self.assertEqual((buyout.line_ids.state, buyout.line_ids.amount), ("asked", 0))
        forged = self.env["coop.investment"].create(
            {"label": "Forged", "is_joint": True, "pledged_amount": 5, "state": "funded"}
        )
        self.assertEqual((forged.state, forged.pledged_amount), ("draft", 0))
        self.assertEqual(investment.pledged_amount, 0)

    @mute_logger("odoo.http")
    def test_remote_calls_of_a_member(self):
        """A member pledges by a remote call too, for the own Activity only, and reads nothing."""
        investment = self._proposal()
        self.authenticate(self.receiver.login, self.receiver.login)

        pledge = (investment.ids, self.gallery.id, 300)
        self.assertEqual(self.call("coop.investment", "action_pledge", *pledge), 300)
        for model, method, args in (
            ("coop.investment", "action_pledge", (investment.ids, self.workshop.id, 10)),
            ("coop.investment", "read", (investment.ids, ["target"])),
            ("coop.investment", "_pledge", (investment.ids, self.gallery.id, 10)),
            ("coop.investment", "write", (investment.ids, {"label": "Mine"})),
            ("coop.investment.pledge", "read", (investment.pledge_ids.ids, ["amount"])),
            ("coop.investment.booking", "create", ([{}],)),
        ):
            with self.subTest(method=method), self.assertRaises(JsonRpcException):
                self.call(model, method, *args)
        self.env.invalidate_all()
        self.assertEqual(investment.pledged_amount, 300)

    def test_a_list_costs_the_same_however_long(self):
        person = self.third.partner_id
        for _number in range(3):
            self._pledge(self._proposal(), self.workshop, 10)

        def count(limit):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            Investment = self.env["coop.investment"].sudo()
            found = Investment.search(Investment._get_open_domain(person), limit=limit)
            for investment in found:
                investment._get_member_status()
                investment._get_progress()
                self.assertEqual(investment.pledge_count, 1)
                self.assertTrue(investment.missing_amount)
            self.assertEqual(len(found), limit)
            return self.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(1), count(3))
