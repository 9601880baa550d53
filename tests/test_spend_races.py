"""Spendings of every kind meet on one Activity: the budget is never overspent."""

import random
import uuid
from functools import partial

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.service.model import call_kw

from odoo.addons.smart_activity_billing.tests.expense_common import photo

# What to invoice for EUR 100 after the contribution of 6.5 %.
PRICE = 106.95


class TestSpendRaces(RaceCase):
    """Expenses from the phone and from the back office, transfers and pledges at one moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id
            company = env["res.company"].browse(cls.company_id)
            account = env["account.account"].with_company(company)
            company.budget_transfer_account_id = account.create(
                {
                    "name": "Transfers",
                    "code": "649100",
                    "account_type": "expense",
                    "company_ids": company.ids,
                }
            )
            env["account.journal"].create(
                {"name": "Various", "code": "VAR", "type": "general", "company_id": company.id}
            )
            cls.product_id = (
                env["product.product"]
                .create(
                    {
                        "name": "Material",
                        "type": "service",
                        "company_id": company.id,
                        "can_be_coop_expense": True,
                        "supplier_taxes_id": False,
                    }
                )
                .id
            )

    @classmethod
    def _clean_up(cls):
        with cls.connection() as env:
            own = env["coop.expense"].search([("company_id", "=", cls.company_id)])
            files = own.attachment_ids
            for table, column in (("mail_message", "model"), ("mail_followers", "res_model")):
                env.cr.execute(
                    f"DELETE FROM {table} WHERE {column} = 'coop.expense' AND res_id = ANY(%s)",
                    [own.ids],
                )
            env.cr.execute("DELETE FROM coop_expense WHERE company_id = %s", [cls.company_id])
            env.invalidate_all()
            files.unlink()
            env["product.product"].browse(cls.product_id).product_tmpl_id.unlink()
        super()._clean_up()

    def _make_activities(self):
        """Return the ids of an Activity with EUR 100, and of one with nothing."""
        with self.connection() as env:
            rich, poor = self._make_activity(env), self._make_activity(env, name="Kiln")
            client = env["res.partner"].browse(self.client_id)
            self._make_invoice(env, client, rich, PRICE).action_post()
            self.assertEqual(rich.available, 100)
            return rich.id, poor.id

    def _prepare_expense(self, env, activity_id, amount, number):
        token = str(uuid.uuid4())
        Expense = env["coop.expense"]
        return {
            "token": token,
            "activity": env["coop.activity"].browse(activity_id),
            "product": env["product.product"].browse(self.product_id),
            "taxes": env["account.tax"],
            "date": fields.Date.today(),
            "shop": f"Shop {number}",
            "description": "",
            "total": amount,
            "duplicate_confirmed": False,
            "files": Expense._keep_file(f"{number}.jpg", photo(number), token),
            "removed": env["ir.attachment"],
        }

    # ------------------------------------------------------------------
    # One spending each
    # ------------------------------------------------------------------

    def _spend_by_phone(self, activity_id, amount, number):
        """Hand in the form of the portal."""

        def call(env):
            values = self._prepare_expense(env, activity_id, amount, number)
            member = values["activity"].partner_id
            return env["coop.expense"]._hand_in_form(values, member).state

        return call

    def _spend_by_remote_call(self, activity_id, amount, number):
        """Hand in, by RPC, what the back office typed in from paper."""
        with self.connection() as env:
            Expense = env["coop.expense"]
            values = self._prepare_expense(env, activity_id, amount, number)
            draft = Expense.create(
                {**Expense._prepare_from_form(values), "company_id": self.company_id}
            )

        def call(env):
            call_kw(env["coop.expense"], "action_submit", [draft.ids], {})
            return env["coop.expense"].browse(draft.id).state

        return call

    def _spend_by_transfer(self, activity_id, amount, destination_id):
        with self.connection() as env:
            draft = env["coop.budget.transfer"].create(
                {
                    "source_id": activity_id,
                    "destination_id": destination_id,
                    "amount": amount,
                    "company_id": self.company_id,
                }
            )

        def call(env):
            transfer = env["coop.budget.transfer"].browse(draft.id)
            transfer.action_submit()
            return transfer.state

        return call

    def _spend_by_pledge(self, activity_id, amount):
        def call(env):
            return env["coop.activity"].browse(activity_id)._reserve(amount, "pledge").state

        return call

    def _assert_spent(self, outcomes, activity_id, amount, times):
        """So many spendings passed, all others were refused, and all of it is accounted for."""
        refusals = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertEqual(len(outcomes) - len(refusals), times, outcomes)
        for refusal in refusals:
            self.assertRegex(str(refusal), r"Pottery has .* available, .* is asked")
        with self.connection() as env:
            activity = env["coop.activity"].browse(activity_id)
            passed = env["coop.expense"].search_count(
                [("activity_id", "=", activity_id), ("state", "=", "submitted")]
            )
            transfers = env["coop.budget.transfer"].search(
                [("source_id", "=", activity_id), ("state", "in", ("submitted", "posted"))]
            )
            moved = sum(transfers.filtered(lambda one: one.state == "posted").mapped("amount"))
            pledges = activity.reservation_ids.filtered(lambda one: one.kind == "pledge")
            self.assertEqual(passed + len(transfers) + len(pledges), times)
            self.assertEqual(activity.available, 100 - amount * times)
            self.assertEqual(activity.reserved_amount, amount * times - moved)
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])
            # None is stuck: what was refused is still a draft that can be handed in.
            stuck = env["coop.expense"].search(
                [
                    ("activity_id", "=", activity_id),
                    ("state", "not in", ("draft", "submitted")),
                ]
            )
            self.assertFalse(stuck)

    # ------------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------------

    def test_forty_spendings_of_four_kinds(self):
        """Each takes EUR 10 of EUR 100."""
        activity_id, poor_id = self._make_activities()
        calls = []
        for number in range(10):
            calls += [
                self._spend_by_phone(activity_id, 10, number),
                self._spend_by_remote_call(activity_id, 10, 100 + number),
                self._spend_by_transfer(activity_id, 10, poor_id),
                self._spend_by_pledge(activity_id, 10),
            ]
        random.Random(4).shuffle(calls)
        self._assert_spent(self.at_once(calls), activity_id, 10, 10)

    def test_the_last_eighty_euro_from_everywhere(self):
        activity_id, poor_id = self._make_activities()
        spend = [
            partial(self._spend_by_phone, number=1000),
            partial(self._spend_by_remote_call, number=1001),
            partial(self._spend_by_transfer, destination_id=poor_id),
            self._spend_by_pledge,
        ]
        calls = [one(activity_id, 80) for one in spend]
        self._assert_spent(self.at_once(calls), activity_id, 80, 1)
