from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .transfer_common import TransferCase

ACTIONS = (
    "action_submit",
    "action_approve",
    "action_refuse",
    "action_withdraw",
    "action_reverse",
    "action_view_entries",
)


@tagged("post_install", "-at_install")
class TestBudgetTransferSecurity(TransferCase, HttpCase):
    """Whose step it is, for buttons and remote calls alike."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.stranger = new_test_user(su, "t_stranger", "base.group_portal", **company)
        cls.employee = new_test_user(su, "t_employee", "base.group_user", **company)
        cls.billing = new_test_user(su, "t_billing", "account.group_account_invoice", **company)
        cls.auditor = new_test_user(su, "t_auditor", "account.group_account_readonly", **company)
        other = cls.setup_other_company()["company"]
        cls.outsider = new_test_user(
            su,
            "t_outsider",
            "account.group_account_manager",
            company_id=other.id,
            company_ids=other.ids,
        )

    def test_strangers_go_no_step(self):
        for user in (self.stranger, self.employee, self.billing, self.auditor, self.outsider):
            draft, asked, posted = self._transfer(10), self._asked(10), self._posted(10)
            with self.subTest(user=user.login):
                for name, transfer in (
                    ("action_submit", draft),
                    ("action_withdraw", asked),
                    ("action_approve", asked),
                ):
                    with self.assertRaises(AccessError):
                        getattr(transfer.with_user(user), name)()
                for name, transfer in (("action_refuse", asked), ("action_reverse", posted)):
                    for reasons in ((), ("Because",)):
                        with self.assertRaises(AccessError):
                            getattr(transfer.with_user(user), name)(*reasons)
                self.assertEqual(
                    (draft.state, asked.state, posted.state), ("draft", "submitted", "posted")
                )

    def test_each_side_goes_its_own_steps(self):
        asked, posted = self._asked(), self._posted()
        with self.assertRaises(AccessError):
            asked.with_user(self.giver).action_approve()
        with self.assertRaises(AccessError):
            asked.with_user(self.giver).action_refuse("No")
        with self.assertRaises(AccessError):
            posted.with_user(self.giver).action_reverse("Mine again")
        with self.assertRaises(AccessError):
            asked.with_user(self.receiver).action_withdraw()
        with self.assertRaises(AccessError):
            self._transfer().with_user(self.receiver).action_submit()
        self.assert_budgets(735, 100)

    def test_nobody_accepts_the_own_gift_in_whatever_office(self):
        asked, posted = self._asked(), self._posted()
        self.workshop.manager_ids += self.accountant.partner_id
        with self.assertRaises(AccessError):
            asked.with_user(self.accountant).action_approve()
        with self.assertRaises(AccessError):
            posted.with_user(self.accountant).action_reverse("Mine again")
        asked.with_user(self.services).action_approve()
        self.assertEqual(asked.state, "posted")

    def test_the_back_office_of_both_kinds(self):
        for asker, accepter in (
            (self.accountant, self.services),
            (self.services, self.accountant),
        ):
            transfer = self._transfer().with_user(asker)
            transfer.action_submit()
            self.assertEqual(transfer.state, "submitted", "nobody is asked when nobody may be")
            transfer.with_user(accepter).action_approve()
            self.assertEqual(transfer.state, "posted")
            transfer.with_user(accepter).action_reverse("A mistake")
        self.assert_budgets(935, 0)

    def test_rights_on_records(self):
        transfer = self._asked()
        self.assertEqual(transfer.with_user(self.billing).amount, 100)
        self.assertEqual(transfer.with_user(self.auditor).amount, 100)
        for user in (self.giver, self.receiver, self.stranger, self.employee, self.outsider):
            with self.assertRaises(AccessError):
                transfer.with_user(user).read(["amount"])
        vals = {"source_id": self.workshop.id, "destination_id": self.gallery.id, "amount": 1}
        for user in (self.giver, self.receiver, self.employee, self.billing, self.auditor):
            with self.assertRaises(AccessError):
                self.env["coop.budget.transfer"].with_user(user).create(vals)
        for user in (self.giver, self.receiver, self.billing, self.outsider):
            with self.assertRaises(AccessError):
                transfer.with_user(user).write({"reason": "Mine"})
        wizard = self.env["coop.budget.transfer.reason"]
        for user in (self.giver, self.receiver, self.billing):
            with self.assertRaises(AccessError):
                wizard.with_user(user).create({"transfer_ids": transfer.ids, "reason": "No"})

    def test_a_context_decides_on_nothing(self):
        transfer = (
            self.env["coop.budget.transfer"]
            .with_user(self.accountant)
            .with_context(default_state="posted", default_move_type="out_invoice")
            .create(
                {
                    "source_id": self.workshop.id,
                    "destination_id": self.gallery.id,
                    "amount": 5,
                    "state": "posted",
                    "submitted_by_id": self.stranger.partner_id.id,
                }
            )
        )
        self.assertEqual(transfer.state, "draft")
        self.assertFalse(transfer.submitted_by_id)
        transfer.action_submit()
        transfer.with_user(self.services).action_approve()
        self.assertEqual(transfer.move_id.move_type, "entry")
        self.assert_budgets(930, 5)

    @mute_logger("odoo.http")
    def test_remote_calls(self):
        """Every public method, called by each role over the network."""
        asked, posted = self._asked(), self._posted()
        for user in (self.stranger, self.employee, self.billing):
            self.authenticate(user.login, user.login)
            for transfer in (asked, posted):
                for name in ACTIONS:
                    if name == "action_view_entries" and user == self.billing:
                        continue
                    with (
                        self.subTest(user=user.login, method=name),
                        self.assertRaises(JsonRpcException),
                    ):
                        self._call(transfer, name)
        self.authenticate(self.stranger.login, self.stranger.login)
        with self.assertRaises(JsonRpcException):
            self._call(asked.reservation_id, "action_open_origin")
        self.authenticate(self.receiver.login, self.receiver.login)
        self.assertTrue(self._call(asked, "action_approve"))
        self.assertEqual(asked.state, "posted")
        for name in ("_accept", "_submit", "_request", "_write_decision", "_post_entry"):
            with self.subTest(method=name), self.assertRaises(JsonRpcException):
                self._call(posted, name)

    def _call(self, records, name, *args):
        result = self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{records._name}/{name}",
            {
                "model": records._name,
                "method": name,
                "args": [records.ids, *args],
                "kwargs": {},
            },
        )
        records.invalidate_recordset()
        return result

    def test_the_trail_names_who_did_it(self):
        transfer = self._asked()
        transfer.with_user(self.receiver).action_approve()
        self.assertEqual(transfer.move_id.create_uid, self.receiver)
        with self.assertRaises(UserError):
            transfer.with_user(self.receiver).action_approve()
