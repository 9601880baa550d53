"""Orders and bills of one Activity that several people handle at the same moment."""

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.smart_activity_billing.books import as_books
from odoo.addons.smart_activity_billing.tests.expense_common import photo


class TestPurchaseRaces(RaceCase):
    """The last euro is ordered once, and a bill takes out what its order holds by then."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id
            cls._make_purchase_books(env)
        cls.addClassCleanup(cls._clean_up_purchases)

    @classmethod
    def _make_purchase_books(cls, env):
        company = env["res.company"].browse(cls.company_id)
        payable, expense = (
            env["account.account"]
            .with_company(company)
            .create(
                [
                    {"name": name, "code": code, "account_type": kind, "company_ids": company.ids}
                    for name, code, kind in (
                        ("Suppliers", "440000", "liability_payable"),
                        ("Goods", "600000", "expense"),
                    )
                ]
            )
        )
        env["account.journal"].create(
            {
                "name": "Purchases",
                "code": "RACP",
                "type": "purchase",
                "company_id": company.id,
                "default_account_id": expense.id,
            }
        )
        supplier = (
            env["res.partner"]
            .with_company(company)
            .create({"name": "Supplier of a Race", "property_account_payable_id": payable.id})
        )
        cls.supplier_id = supplier.id
        cls.partner_ids += supplier.ids
        cls.product_id = (
            env["product.product"]
            .create(
                {
                    "name": "Goods of a Race",
                    "type": "service",
                    "purchase_method": "purchase",
                    "supplier_taxes_id": [],
                    "can_be_coop_expense": True,
                }
            )
            .id
        )

    @classmethod
    def _clean_up_purchases(cls):
        """Delete the orders; the rest goes with the company."""
        with cls.connection() as env:
            orders = env["purchase.order"].search([("company_id", "=", cls.company_id)])
            env.cr.execute(
                "DELETE FROM mail_message WHERE model = 'purchase.order' AND res_id = ANY(%s)",
                [orders.ids],
            )
            env.cr.execute(
                "DELETE FROM mail_followers "
                "WHERE res_model = 'purchase.order' AND res_id = ANY(%s)",
                [orders.ids],
            )
            env.cr.execute(
                "DELETE FROM account_partial_reconcile WHERE company_id = %s", [cls.company_id]
            )
            expenses = env["coop.expense"].search([("company_id", "=", cls.company_id)])
            as_books(expenses.attachment_ids).unlink()
            expenses.message_ids.unlink()
            env.flush_all()
            for table in (
                "account_analytic_line",
                "account_move_line",
                "coop_expense",
                "account_move",
                "coop_budget_reservation",
                "purchase_order_line",
                "purchase_order",
            ):
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
            env.invalidate_all()
            product = env["product.product"].browse(cls.product_id)
            product.seller_ids.unlink()
            product.product_tmpl_id.unlink()
            supplier = env["res.partner"].browse(cls.supplier_id).with_company(cls.company_id)
            supplier.property_account_payable_id = False

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _make_order(self, activity_ids, quantity=1, price=100, confirm=False):
        """Return the id of an order with a line for each Activity."""
        with self.connection() as env:
            order = (
                env["purchase.order"]
                .with_company(self.company_id)
                .create(
                    {
                        "partner_id": self.supplier_id,
                        "company_id": self.company_id,
                        "order_line": [
                            Command.create(
                                {
                                    "product_id": self.product_id,
                                    "product_qty": quantity,
                                    "price_unit": price,
                                    "tax_ids": [],
                                    "activity_id": activity_id,
                                }
                            )
                            for activity_id in activity_ids
                        ],
                    }
                )
            )
            if confirm:
                order.button_confirm()
            return order.id

    def _make_bill(self, order_id):
        with self.connection() as env:
            order = env["purchase.order"].browse(order_id)
            order.action_create_invoice()
            order.invoice_ids.invoice_date = fields.Date.today()
            return order.invoice_ids.id

    def _assert_held(self, amounts):
        """So much is reserved and available of each Activity, and the nightly proof is empty."""
        with self.connection() as env:
            for activity_id, (reserved, available) in amounts.items():
                activity = env["coop.activity"].browse(activity_id)
                self.assertEqual(
                    (activity.reserved_amount, activity.available), (reserved, available)
                )
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(env["coop.ledger.check"]._run(company), [])

    def _confirm(self, order_id):
        def call(env):
            order = env["purchase.order"].browse(order_id)
            order.button_confirm()
            return order.state

        return call

    # ------------------------------------------------------------------
    # Races
    # ------------------------------------------------------------------

    def test_two_orders_for_the_last_euro(self):
        [activity_id] = self._make_funded_activities(1)
        order_ids = [self._make_order([activity_id], price=60) for _order in range(4)]
        outcomes = self.at_once([self._confirm(order_id) for order_id in order_ids])
        refusals = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        self.assertEqual((outcomes.count("purchase"), len(refusals)), (1, 3), outcomes)
        self.assertRegex(str(refusals[0]), r"Pottery has .*40\.00.* available")
        self._assert_held({activity_id: (60, 40)})

    def test_crossing_orders_do_not_wait_for_ever(self):
        first_id, second_id = self._make_funded_activities(2)
        order_ids = [
            self._make_order(ids, price=10)
            for ids in ([first_id, second_id], [second_id, first_id]) * 2
        ]
        outcomes = self.at_once([self._confirm(order_id) for order_id in order_ids])
        self.assertEqual(outcomes, ["purchase"] * 4)
        self._assert_held({first_id: (40, 60), second_id: (40, 60)})

    def test_an_order_confirmed_twice(self):
        [activity_id] = self._make_funded_activities(1)
        order_id = self._make_order([activity_id], price=60)
        self.at_once([self._confirm(order_id)] * 3)
        self._assert_held({activity_id: (60, 40)})

    def test_a_bill_posted_while_the_line_changes(self):
        [activity_id] = self._make_funded_activities(1)
        order_id = self._make_order([activity_id], quantity=4, price=10, confirm=True)
        bill_id = self._make_bill(order_id)

        def post(env):
            env["account.move"].browse(bill_id).action_post()
            return "billed"

        def change(quantity):
            def call(env):
                env["purchase.order"].browse(order_id).order_line.product_qty = quantity
                return quantity

            return call

        outcomes = self.at_once([post, change(7), change(9)])
        self.assertIn("billed", outcomes)
        with self.connection() as env:
            quantity = env["purchase.order"].browse(order_id).order_line.product_qty
        self.assertIn(quantity, (7, 9))
        held = (quantity - 4) * 10
        self._assert_held({activity_id: (held, 60 - held)})

    def test_a_bill_posted_while_the_order_is_released(self):
        """Whoever comes last, nothing stays held of what is over."""
        [activity_id] = self._make_funded_activities(1)
        order_id = self._make_order([activity_id], quantity=4, price=10, confirm=True)
        bill_id = self._make_bill(order_id)

        def post(env):
            env["account.move"].browse(bill_id).action_post()

        def release(env):
            env["purchase.order"].browse(order_id).action_release_budget()

        self.at_once([post, release, release])
        self._assert_held({activity_id: (0, 60)})

    def test_a_members_bill_is_decided_on_once(self):
        """Approved in the list, posted in the books, refused and withdrawn at the same moment."""
        [activity_id] = self._make_funded_activities(1)
        with self.connection() as env:
            member = env["coop.activity"].browse(activity_id).partner_id
            file = env["ir.attachment"].create(
                {"name": "bill.jpg", "raw": photo(7), "res_model": "coop.expense"}
            )
            expense = (
                env["coop.expense"]
                .with_company(self.company_id)
                .create(
                    {
                        "activity_id": activity_id,
                        "company_id": self.company_id,
                        "payee": "supplier",
                        "reference": "F1",
                        "shop": "Supplier of a Race",
                        "product_id": self.product_id,
                        "total": 70,
                        "tax_ids": [],
                        "attachment_ids": [Command.set(file.ids)],
                    }
                )
            )
            expense._submit(member)
            expense.bill_id.partner_id = self.supplier_id
            expense_id, bill_id = expense.id, expense.bill_id.id

        def approve(env):
            env["coop.expense"].browse(expense_id)._approve(env.user.partner_id)
            return "posted"

        def post(env):
            env["account.move"].browse(bill_id).action_post()
            return "posted"

        def refuse(env):
            env["coop.expense"].browse(expense_id)._refuse(env.user.partner_id, "No")
            return "refused"

        def withdraw(env):
            env["coop.expense"].browse(expense_id)._withdraw()
            return "cancelled"

        outcomes = self.at_once([approve, post, refuse, withdraw, approve, post])
        decided = [outcome for outcome in outcomes if isinstance(outcome, str)]
        self.assertEqual(len(decided), 1, outcomes)
        with self.connection() as env:
            expense = env["coop.expense"].browse(expense_id)
            self.assertEqual(expense.state, decided[0])
            self.assertEqual(expense.bill_id.state, "posted" if decided == ["posted"] else "cancel")
        self._assert_held({activity_id: (0, 30 if decided == ["posted"] else 100)})
