from datetime import timedelta

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """What the demonstration promises to who looks at it; skipped where there is none.

    Bounds are loose and dates count from the newest invoice: the story is relative to the day on
    which it was told.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.env.ref("smart_activity_billing.user_demo_accountant", False)
        cls.company = cls.env.ref("base.main_company")
        cls.activities = cls.env["coop.activity"].search([("company_id", "=", cls.company.id)])
        cls.invoices = cls._search_moves("out_invoice")
        cls.posted = cls.invoices.filtered(lambda move: move.state == "posted")

    @classmethod
    def _search_moves(cls, move_type):
        return cls.env["account.move"].search(
            [("company_id", "=", cls.company.id), ("move_type", "=", move_type)]
        )

    def setUp(self):
        super().setUp()
        if not self.accountant or len(self.activities) < 60:
            self.skipTest("this database has no demonstration data")

    # ------------------------------------------------------------------
    # It looks alive
    # ------------------------------------------------------------------

    def test_activities_of_all_kinds(self):
        members = self.env["coop.membership"].search_count([("company_id", "=", self.company.id)])
        self.assertGreaterEqual(members, 40)
        self.assertEqual(
            set(self.activities.mapped("state")), {"draft", "open", "suspended", "closed"}
        )
        self.assertGreaterEqual(len(self.activities.antenna_id), 5)
        self.assertGreaterEqual(len(self.activities.sector_id), 10)
        shared = self.activities.filtered(lambda activity: len(activity.manager_ids) > 1)
        self.assertGreaterEqual(len(shared), 5)
        self.assertTrue(self.activities.filtered(lambda activity: activity.balance < 0))
        self.assertGreater(sum(self.activities.mapped("balance")), 0)

    def test_expenses_of_all_kinds(self):
        expenses = self.env["coop.expense"].search([("company_id", "=", self.company.id)])
        self.assertGreaterEqual(
            set(expenses.mapped("state")), {"submitted", "posted", "refused", "cancelled"}
        )
        self.assertTrue(expenses.filtered("reversal_count"))
        self.assertTrue(expenses.filtered("duplicate_ids"))
        self.assertTrue(all(expense.attachment_ids for expense in expenses))
        categories = self.env["product.product"].search([("can_be_coop_expense", "=", True)])
        self.assertGreaterEqual(len(categories.filtered("coop_expense_refusal")), 3)

    def test_orders_and_bills_of_all_kinds(self):
        orders = self.env["purchase.order"].search([("company_id", "=", self.company.id)])
        self.assertGreaterEqual(set(orders.mapped("state")), {"purchase", "cancel"})
        self.assertGreaterEqual(len(orders.filtered("reserved_amount")), 3)
        self.assertTrue(orders.filtered("budget_released"))
        self.assertTrue(orders.order_line.filtered(lambda line: line.qty_to_invoice > 0))
        bills = self.env["coop.expense"].search([("payee", "=", "supplier")])
        self.assertGreaterEqual(set(bills.mapped("state")), {"submitted", "posted"})
        self.assertTrue(all(bills.mapped("bill_id")))

    def test_wages_by_file(self):
        runs = self.env["coop.payroll.run"].search([("company_id", "=", self.company.id)])
        self.assertEqual(runs.mapped("state"), ["checked", "posted", "posted"])
        self.assertTrue(runs[0].finding_ids)
        self.assertTrue(runs[0].line_ids.filtered("announced_difference"))
        announced = self.env["coop.payroll.announcement"].search([])
        self.assertIn("submitted", announced.mapped("state"))

    def test_unpaid_invoices(self):
        debts = self.env["coop.bad.debt"].search([("company_id", "=", self.company.id)])
        self.assertEqual(set(debts.mapped("state")), {"posted", "recovered"})

    def test_invoices_of_all_kinds(self):
        self.assertGreaterEqual(len(self.posted), 500)
        dates = self.posted.mapped("invoice_date")
        self.assertGreaterEqual(max(dates) - min(dates), timedelta(days=700))
        rates = set(self.posted.line_ids.tax_ids.mapped("amount"))
        self.assertGreaterEqual(rates, {0.0, 6.0, 12.0, 21.0})
        self.assertGreaterEqual(len(self.posted.currency_id), 2)
        self.assertGreaterEqual(
            set(self.posted.mapped("payment_state")), {"paid", "partial", "not_paid", "reversed"}
        )
        lines = self.posted.invoice_line_ids
        self.assertTrue(lines.filtered("discount"))
        self.assertTrue(lines.filtered(lambda line: len(line.analytic_distribution or {}) > 1))
        self.assertTrue(self.invoices - self.posted)

    def test_late_payers(self):
        newest = max(self.posted.mapped("invoice_date"))
        late = self.posted.filtered(
            lambda move: move.payment_state == "not_paid" and move.invoice_date_due < newest
        )
        self.assertTrue(late)
        self.assertLess(len(late), len(self.posted) / 5)

    def test_credit_notes(self):
        notes = self._search_moves("out_refund")
        self.assertGreaterEqual(len(notes), 20)
        parts = {note.amount_total == note.reversed_entry_id.amount_total for note in notes}
        self.assertEqual(parts, {True, False})

    def test_those_who_earn_most_give_most(self):
        rows = self.env["account.move.line"]._read_group(
            [
                ("display_type", "=", "contribution"),
                ("activity_id", "in", self.activities.ids),
                ("parent_state", "=", "posted"),
            ],
            ["activity_id"],
            ["balance:sum"],
        )
        given = dict.fromkeys(self.activities.partner_id, 0.0)
        for activity, amount in rows:
            given[activity.partner_id] += amount
        amounts = sorted(given.values(), reverse=True)
        top = amounts[: round(len(amounts) / 5)]
        self.assertGreater(sum(top), 0.6 * sum(amounts))

    # ------------------------------------------------------------------
    # The books hold
    # ------------------------------------------------------------------

    def test_ledger_check(self):
        self.assertEqual(self.env["coop.ledger.check"]._run(self.company), [])
        check = self.env["coop.ledger.check"].search([("company_id", "=", self.company.id)])
        self.assertIn("ok", check.mapped("state"))

    def test_no_income_without_contribution(self):
        """None of what the addons book by themselves is to be reviewed."""
        rows = self.env["coop.activity.analysis"].search(
            [("company_id", "=", self.company.id), ("without_contribution", "=", True)]
        )
        self.assertEqual(rows.mapped("move_id.display_name"), [])

    def test_reservations(self):
        self.assertGreaterEqual(min(self.activities.mapped("reserved_amount")), 0)
        active = self.env["coop.budget.reservation"].search(
            [("activity_id", "in", self.activities.ids), ("state", "=", "active")]
        )
        self.assertEqual(
            set(active.mapped("kind")),
            {"expense", "purchase", "pledge", "transfer", "investment", "payroll"},
        )
        for activity in active.activity_id:
            self.assertGreaterEqual(activity.available, 0, activity.display_name)

    def test_transfers(self):
        transfers = self.env["coop.budget.transfer"].search([("company_id", "=", self.company.id)])
        self.assertEqual(
            set(transfers.mapped("state")), {"submitted", "posted", "refused", "cancelled"}
        )
        self.assertTrue(transfers.reversal_move_id)
        self.assertTrue(
            self.env["coop.budget.reservation"].search_count(
                [("activity_id", "in", self.activities.ids), ("date_until", "!=", False)]
            )
        )

    def test_bank_statements(self):
        statements = self.env["account.bank.statement"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertGreaterEqual(len(statements), 24)
        self.assertTrue(all(statements.mapped("is_valid")))
        self.assertTrue(all(statements.mapped("is_complete")))
        open_lines = statements.line_ids.filtered(lambda line: not line.is_reconciled)
        self.assertEqual(len(open_lines), 2)

    def test_statements_of_all_months(self):
        statements = self.env["coop.activity.statement"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertGreaterEqual(len(set(statements.mapped("date_to"))), 24)
        self.assertGreaterEqual(len(statements.activity_id), 50)
        self.assertFalse(statements._verify_chain(self.company))

    def test_no_mail_waits_to_leave(self):
        self.assertFalse(self.env["mail.mail"].search([("state", "=", "outgoing")]))

    def test_told_once(self):
        before = self.env["account.move"].search_count([])
        self.env["coop.demo"]._tell("smart_activity_billing")
        self.assertEqual(self.env["account.move"].search_count([]), before)

    # ------------------------------------------------------------------
    # What each role finds
    # ------------------------------------------------------------------

    def test_portal_users_have_lively_activities(self):
        newest = max(self.posted.mapped("invoice_date"))
        for role in ("member", "member_fr"):
            user = self.env.ref(f"smart_membership.user_demo_{role}")
            own = self.env["coop.activity"].with_user(user).search([("state", "=", "open")])
            with self.subTest(role=role):
                self.assertGreaterEqual(len(own), 2)
                last = [activity._get_movements(limit=1)[0][0]["date"] for activity in own]
                self.assertGreater(max(last), newest - timedelta(days=7))
                states = self.invoices.filtered(
                    lambda move, own=own: move.activity_id in own.sudo() and move.state == "draft"
                ).mapped("submission_state")
                self.assertIn("submitted", states)

    def test_accountant_posts_what_a_member_submitted(self):
        waiting = self.invoices.filtered(lambda move: move.submission_state == "submitted")
        self.assertGreaterEqual(len(waiting), 3)
        self.assertIn("sent_back", self.invoices.mapped("submission_state"))
        invoice = waiting[0].with_user(self.accountant)
        activity = invoice.activity_id
        balance = activity.balance
        invoice.action_submission_post()
        expected = self.company.currency_id.round(invoice.amount_untaxed * 0.065)
        self.assertEqual(invoice.contribution_amount, expected)
        self.assertAlmostEqual(
            activity.balance - balance, invoice.amount_untaxed - expected, places=2
        )

    def test_bank_file_pays_open_invoices(self):
        if "account.statement.import" not in self.env:
            self.skipTest("the import of bank files is not installed")
        journal = self.env["account.bank.statement"].search([], limit=1).journal_id
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "account.journal"), ("res_id", "=", journal.id)]
        )
        self.assertEqual(len(file), 1)
        importer = self.env["account.statement.import"].with_user(self.accountant)
        importer.with_context(journal_id=journal.id).create(
            {"statement_file": file.datas, "statement_filename": file.name}
        ).import_file_button()
        statement = self.env["account.bank.statement"].search([], order="id desc", limit=1)
        self.assertTrue(statement.is_valid)
        self.assertGreaterEqual(len(statement.line_ids), 5)
        references = statement.line_ids.mapped("payment_ref")
        paid = self.posted.filtered(lambda move: move.payment_reference in references)
        self.assertEqual(len(paid), len(references))
        for line in statement.line_ids.filtered(lambda line: not line.is_reconciled):
            line.with_user(self.accountant).reconcile_bank_line()
        self.assertEqual(set(paid.mapped("payment_state")), {"paid"})
        member = self.env.ref("smart_membership.partner_demo_member")
        self.assertIn(member, paid.activity_id.manager_ids)

    def test_transparency_is_published(self):
        Figure = self.env["coop.transparency.figure"]
        figures = Figure.search([("company_id", "=", self.company.id)])
        self.assertEqual(
            set(figures.mapped("subject")),
            {"total", "service", "sector", "antenna", "flow_sector", "flow_antenna", "curve"},
        )
        self.assertGreaterEqual(len(set(figures.mapped("year"))), 2)
        groups = figures.filtered(lambda figure: figure.subject in ("sector", "antenna"))
        self.assertGreaterEqual(len(set(groups.mapped("label"))), 4)
        self.assertTrue(all(figure.members >= 5 for figure in groups))
        labels = figures.filtered(lambda figure: figure.subject == "service").mapped("label")
        self.assertGreaterEqual(len(set(labels)), 5)
