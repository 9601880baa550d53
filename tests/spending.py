"""Spendings of every kind on one Activity, for the tests in which they meet."""

import uuid
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.service.model import call_kw

from odoo.addons.smart_activity_billing.tests.expense_common import photo


class SpendingCase(RaceCase):
    """A company in which members spend.

    Each of the `kinds` is a method `_spend_by_KIND(activity_id, amount, number)` that prepares and
    commits what a person sees on the screen, and returns the call that asks for the money. A new
    kind of spending is a new method and its name in the list.
    """

    kinds = (
        "phone",
        "remote_call",
        "transfer",
        "pledge",
        "order",
        "joint_pledge",
        "announcement",
        "bill",
    )
    # What people prepare: the field with the Activity that pays.
    documents = {
        "coop.budget.transfer": "source_id",
        "coop.expense": "activity_id",
        "coop.payroll.announcement": "activity_id",
        "purchase.order": "activity_id",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id
            cls._make_transfer_books(env)
            cls.product_id = cls._make_category(env).id
            cls.supplier_id = env["res.partner"].create({"name": "Supplier of a Race"}).id
            cls.partner_ids.append(cls.supplier_id)
            # Where transfers go, and who proposes to buy together.
            cls.kiln_id = cls._make_activity(env, name="Kiln").id
            cls._make_purchase_books(env)

    @classmethod
    def _make_purchase_books(cls, env):
        """Give the company what the draft of a supplier's bill needs."""
        company = env["res.company"].browse(cls.company_id)
        Account = env["account.account"].with_company(company)
        _payable, cost = Account.create(
            [
                {"name": name, "code": code, "account_type": kind, "company_ids": company.ids}
                for name, code, kind in (
                    ("Suppliers", "440000", "liability_payable"),
                    ("Purchases", "600000", "expense"),
                )
            ]
        )
        env["account.journal"].create(
            {
                "name": "Purchases",
                "code": "BILL",
                "type": "purchase",
                "company_id": company.id,
                "default_account_id": cost.id,
            }
        )

    @classmethod
    def _make_category(cls, env):
        return env["product.product"].create(
            {
                "name": "Material of a Race",
                "type": "service",
                "company_id": cls.company_id,
                "can_be_coop_expense": True,
                "supplier_taxes_id": False,
            }
        )

    @classmethod
    def _clean_up(cls):
        with cls.connection() as env:
            files = env["coop.expense"].search([("company_id", "=", cls.company_id)]).attachment_ids
            for model in cls.documents:
                own = env[model].search([("company_id", "=", cls.company_id)])
                for table, column in (("mail_message", "model"), ("mail_followers", "res_model")):
                    env.cr.execute(
                        f"DELETE FROM {table} WHERE {column} = %s AND res_id = ANY(%s)",
                        [model, own.ids],
                    )
            env.cr.execute(
                "UPDATE account_move_line SET coop_expense_id = NULL, product_id = NULL "
                "WHERE company_id = %s",
                [cls.company_id],
            )
            for table in (
                "coop_expense",
                "coop_payroll_announcement",
                "purchase_order_line",
                "purchase_order",
            ):
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
            env.invalidate_all()
            files.unlink()
            env["product.product"].browse(cls.product_id).product_tmpl_id.unlink()
        super()._clean_up()

    def _make_rich(self, price, available, **values):
        """Return the id of a new Activity with so much, invoiced at ``price`` to a client."""
        with self.connection() as env:
            activity = self._make_activity(env, **values)
            client = env["res.partner"].browse(self.client_id)
            self._make_invoice(env, client, activity, price).action_post()
            self.assertEqual(activity.available, available)
            return activity.id

    # ------------------------------------------------------------------
    # One spending each
    # ------------------------------------------------------------------

    def _spend_by_phone(self, activity_id, amount, number, **typed):
        """Hand in the form of the portal."""

        def call(env):
            values = self._prepare_expense(env, activity_id, amount, number) | typed
            member = values["activity"].partner_id
            return env["coop.expense"]._hand_in_form(values, member).state

        return call

    def _spend_by_remote_call(self, activity_id, amount, number):
        """Hand in, by RPC, what the back office typed in from paper."""
        draft_id = self._make_expense(activity_id, amount, 1000 + number)

        def call(env):
            call_kw(env["coop.expense"], "action_submit", [[draft_id]], {})
            return env["coop.expense"].browse(draft_id).state

        return call

    def _spend_by_transfer(self, activity_id, amount, number):
        draft_id = self._make_transfer(activity_id, amount)

        def call(env):
            transfer = env["coop.budget.transfer"].browse(draft_id)
            transfer.action_submit()
            return transfer.state

        return call

    def _spend_by_pledge(self, activity_id, amount, number):
        def call(env):
            return env["coop.activity"].browse(activity_id)._reserve(amount, "pledge").state

        return call

    def _spend_by_order(self, activity_id, amount, number):
        """Confirm an order in the back office."""
        with self.connection() as env:
            line = {"product_id": self.product_id, "price_unit": amount, "product_qty": 1}
            order = env["purchase.order"].create(
                {
                    "partner_id": self.supplier_id,
                    "activity_id": activity_id,
                    "company_id": self.company_id,
                    "order_line": [fields.Command.create(line)],
                }
            )

        def call(env):
            env["purchase.order"].browse(order.id).button_confirm()
            return env["purchase.order"].browse(order.id).state

        return call

    def _spend_by_joint_pledge(self, activity_id, amount, number):
        """Pledge for what another Activity proposes: each a proposal of its own."""
        with self.connection() as env:
            proposal = env["coop.investment"].create(
                {
                    "company_id": self.company_id,
                    "is_joint": True,
                    "label": "Kiln",
                    "proposing_activity_id": self.kiln_id,
                    "target": 2 * amount,
                    "deadline": fields.Datetime.now() + timedelta(days=1),
                }
            )
            proposal._publish(env.user.partner_id)

        def call(env):
            activity = env["coop.activity"].browse(activity_id)
            investment = env["coop.investment"].browse(proposal.id)
            return investment._pledge(activity, amount, activity.partner_id).state

        return call

    def _spend_by_announcement(self, activity_id, amount, number):
        """Announce the salary of a month: each another one."""
        months = number // len(self.kinds)
        with self.connection() as env:
            announcement = env["coop.payroll.announcement"].create(
                {
                    "activity_id": activity_id,
                    "company_id": self.company_id,
                    "date_from": fields.Date.today() + relativedelta(months=months),
                    "amount": amount,
                }
            )

        def call(env):
            own = env["coop.payroll.announcement"].browse(announcement.id)
            own.action_submit()
            return own.state

        return call

    def _spend_by_bill(self, activity_id, amount, number):
        """Hand in the bill of a supplier, who is to be paid, from the phone."""
        reference = f"{activity_id}-{number}"
        return self._spend_by_phone(
            activity_id, amount, number, payee="supplier", reference=reference
        )

    # ------------------------------------------------------------------
    # What is prepared for them
    # ------------------------------------------------------------------

    def _make_expense(self, activity_id, amount, number):
        with self.connection() as env:
            Expense = env["coop.expense"]
            values = self._prepare_expense(env, activity_id, amount, number)
            vals = Expense._prepare_from_form(values) | {"company_id": self.company_id}
            return Expense.create(vals).id

    def _make_transfer(self, activity_id, amount):
        with self.connection() as env:
            return (
                env["coop.budget.transfer"]
                .create(
                    {
                        "source_id": activity_id,
                        "destination_id": self.kiln_id,
                        "amount": amount,
                        "company_id": self.company_id,
                    }
                )
                .id
            )

    def _prepare_expense(self, env, activity_id, amount, number):
        """Return the values of a checked form."""
        token = str(uuid.uuid4())
        name = f"{activity_id}-{number}.jpg"
        return {
            "token": token,
            "activity": env["coop.activity"].browse(activity_id),
            "product": env["product.product"].browse(self.product_id),
            "taxes": env["account.tax"],
            "date": fields.Date.today(),
            "shop": f"Shop {activity_id}-{number}",
            "description": "",
            "payee": "member",
            "reference": "",
            "total": amount,
            "duplicate_confirmed": True,
            "files": env["coop.expense"]._keep_file(name, photo(number), token),
            "removed": env["ir.attachment"],
        }

    # ------------------------------------------------------------------
    # What must hold
    # ------------------------------------------------------------------

    def assert_spent(self, outcomes, activity_id, amount, times, had):
        """So many passed, all others were refused clearly, and all of it is accounted for."""
        refusals = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertEqual(len(outcomes) - len(refusals), times, outcomes)
        for refusal in refusals:
            self.assertRegex(str(refusal), r"Pottery has .* available, .* is asked")
        self.assert_accounted_for(activity_id, amount, times, had)

    def assert_accounted_for(self, activity_id, amount, times, had):
        with self.connection() as env:
            activity = env["coop.activity"].browse(activity_id)
            promised = activity.reservation_ids
            self.assertEqual(promised.mapped("amount"), [amount] * times)
            # What a reservation was made for is handed in; all else is the draft that it was.
            for model, field in self.documents.items():
                asked = env[model].search([(field, "=", activity_id)])
                held = promised.filtered(lambda one, model=model: one.res_model == model)
                passed = asked.filtered(lambda one: one.state != "draft")
                self.assertEqual(sorted(passed.ids), sorted(held.mapped("res_id")))
                self.assertLessEqual(
                    set(passed.mapped("state")), {"submitted", "posted", "purchase"}
                )
            pledges = env["coop.investment.pledge"].search([("activity_id", "=", activity_id)])
            held = promised.filtered(lambda one: one.res_model == "coop.investment")
            self.assertEqual(pledges.reservation_id, held)
            self.assertEqual(pledges.filtered(lambda one: one.state == "active"), pledges)
            self.assertEqual(activity.available, had - amount * times)
            self.assertEqual(activity.reserved_amount, sum(promised.mapped("remaining")))
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])
