from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user, tagged

from .expense_common import ExpenseCase, photo

BATCH = 200
QUERIES_EACH = 12


@tagged("post_install", "-at_install")
class TestExpense(ExpenseCase):
    """From the receipt to the entry that pays it back."""

    # ------------------------------------------------------------------
    # Budget and entry
    # ------------------------------------------------------------------

    def test_reserved_at_handing_in_and_consumed_at_approval(self):
        self.assertEqual(self.workshop.available, 935.0)
        expense = self._expense()
        self.assertEqual((expense.untaxed_amount, expense.tax_amount), (100.0, 21.0))
        self.assertEqual((self.workshop.available, self.workshop.reserved_amount), (835.0, 100.0))
        self.assert_books_hold()
        self._approve(expense)
        self.assertEqual(expense.state, "posted")
        self.assertEqual(expense.reservation_id.state, "done")
        self.assertEqual(
            (self.workshop.balance, self.workshop.available, self.workshop.reserved_amount),
            (835.0, 835.0, 0.0),
        )
        self.assert_books_hold()

    def test_the_receipt_is_payable_to_the_member(self):
        expense = self._expense()
        self._approve(expense)
        move = expense.move_id
        self.assertEqual((move.move_type, move.state), ("in_receipt", "posted"))
        self.assertEqual(move.partner_id, self.member_partner)
        self.assertEqual((move.amount_total, move.amount_untaxed), (121.0, 100.0))
        payable = move.line_ids.filtered(
            lambda line: line.account_id.account_type == "liability_payable"
        )
        self.assertEqual((payable.balance, payable.partner_id), (-121.0, self.member_partner))
        self.assertEqual(move.payment_reference, expense.name)
        self.assertEqual(move.invoice_date, expense.date)
        self.assertEqual(move.attachment_ids.mapped("raw"), [photo(1)])
        self.assertEqual(move.message_main_attachment_id, move.attachment_ids)
        self.assertEqual(move.action_view_coop_expense()["res_id"], expense.id)
        self.assertEqual(expense.action_view_receipt()["res_id"], move.id)

    def test_taxes_are_taken_out_of_the_total_to_the_cent(self):
        for number, total in enumerate((0.01, 0.02, 9.99, 10.0, 33.33, 100.01, 49.95), 10):
            expense = self._expense(number, total=total)
            self._approve(expense)
            self.assertEqual(expense.move_id.amount_total, total)
            self.assertEqual(expense.move_id.amount_untaxed, expense.untaxed_amount)
            self.assert_books_hold()

    def test_what_cannot_be_deducted_is_paid_by_the_budget(self):
        half = self.purchase_tax.copy({"name": "21 % half", "amount": 21.0})
        account = half.invoice_repartition_line_ids.account_id
        for lines in (half.invoice_repartition_line_ids, half.refund_repartition_line_ids):
            lines.filtered(lambda line: line.repartition_type == "tax").unlink()
        parts = [
            Command.create({"repartition_type": "tax", "factor_percent": 50, "account_id": key})
            for key in (account.id, False)
        ]
        half.write({"invoice_repartition_line_ids": parts, "refund_repartition_line_ids": parts})
        expense = self._expense(tax_ids=[Command.set(half.ids)])
        self.assertEqual((expense.untaxed_amount, expense.budget_amount), (100.0, 110.5))
        self.assertEqual(self.workshop.reserved_amount, 110.5)
        self._approve(expense)
        self.assertEqual((self.workshop.balance, self.workshop.available), (824.5, 824.5))
        self.assertEqual(expense.move_id.amount_total, 121.0)
        self.assert_books_hold()

    def test_without_tax_all_is_paid_by_the_budget(self):
        expense = self._expense(tax_ids=[Command.clear()])
        self._approve(expense)
        self.assertEqual(self.workshop.balance, 814.0)

    def test_not_more_than_the_budget_has(self):
        with self.assertRaisesRegex(UserError, "available"):
            self._expense(total=2000.0)
        first = self._expense(2, total=968.0)
        self.assertEqual(self.workshop.available, 135.0)
        with self.assertRaisesRegex(UserError, "available"):
            self._expense(3, total=242.0)
        self.assertEqual(first.state, "submitted")

    def test_an_accountant_corrects_the_tax_of_what_waits(self):
        expense = self._expense(total=106.0)
        expense.with_user(self.colleague).tax_ids = self.low_tax
        self.assertEqual((expense.budget_amount, self.workshop.reserved_amount), (100.0, 100.0))
        self.assert_books_hold()
        self._approve(expense)
        self.assertEqual(self.workshop.balance, 835.0)
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            expense.with_user(self.colleague).tax_ids = self.purchase_tax

    def test_a_tax_that_changed_meanwhile_is_noticed(self):
        expense = self._expense()
        self.purchase_tax.amount = 10.0
        with (
            self.assertRaisesRegex(UserError, "choose its taxes again"),
            self.env.cr.savepoint(),
        ):
            self._approve(expense)
        self.env.invalidate_all()
        self.assertEqual((expense.state, self.workshop.balance), ("submitted", 935.0))

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def test_refused_with_reason_and_corrected(self):
        expense = self._expense()
        self._refuse(expense)
        self.assertEqual((expense.state, self.workshop.reserved_amount), ("refused", 0.0))
        self.assertEqual(expense.decided_by_id, self.colleague.partner_id)
        expense.action_reset_to_draft()
        self.assertEqual((expense.state, expense.refusal_reason), ("draft", False))
        expense.total = 60.5
        expense.action_submit()
        self._approve(expense)
        self.assertEqual(self.workshop.balance, 885.0)
        self.assert_books_hold()

    def test_a_refusal_has_a_reason(self):
        expense = self._expense()
        with self.assertRaisesRegex(UserError, "Say why"):
            self._refuse(expense, "  ")
        self.assertEqual(expense.state, "submitted")

    def test_withdrawn_gives_the_budget_back(self):
        expense = self._expense()
        expense.action_withdraw()
        self.assertEqual((expense.state, self.workshop.available), ("cancelled", 935.0))
        with self.assertRaisesRegex(UserError, "cannot be done any more"):
            self._approve(expense)

    def test_decided_once(self):
        expense = self._expense()
        self._approve(expense)
        for step in (self._approve, self._refuse):
            with self.assertRaisesRegex(UserError, "cannot be done any more"):
                step(expense)
        with self.assertRaisesRegex(UserError, "cannot be done any more"):
            expense.action_withdraw()
        self.assertEqual(len(self.env["account.move"].search([("ref", "=", expense.name)])), 1)

    def test_what_is_handed_in_stays_as_it_is(self):
        expense = self._expense()
        changes = {
            "total": 5.0,
            "shop": "Other",
            "date": "2025-01-01",
            "partner_id": self.client_partner.id,
            "activity_id": self.studio.id,
            "state": "posted",
            "attachment_ids": [Command.clear()],
        }
        for name, value in changes.items():
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                expense.write({name: value})
        with self.assertRaisesRegex(UserError, "stays in the records"):
            expense.unlink()

    def test_mails_in_the_language_of_the_member(self):
        approved, refused = self._expense(2), self._expense(3)
        self._approve(approved)
        self._refuse(refused, "Not <readable>")
        own = [("model", "=", "coop.expense"), ("res_id", "in", (approved | refused).ids)]
        mails = self.env["mail.mail"].sudo().search(own)
        by_record = {mail.res_id: mail for mail in mails}
        self.assertEqual(set(by_record), {approved.id, refused.id})
        self.assertEqual(mails.recipient_ids, self.member_partner)
        self.assertIn("Not &lt;readable&gt;", str(by_record[refused.id].body_html))
        self.assertIn(f"/my/expenses/{approved.id}", str(by_record[approved.id].body_html))

    # ------------------------------------------------------------------
    # Reversal
    # ------------------------------------------------------------------

    def test_the_receipt_is_reversed_only(self):
        expense = self._expense()
        self._approve(expense)
        move = expense.move_id.with_user(self.colleague)
        for name in ("button_draft", "button_cancel"):
            with self.assertRaisesRegex(UserError, expense.name):
                getattr(move, name)()
        self.assertEqual((move.state, expense.state), ("posted", "posted"))
        refund = move._reverse_moves([{"invoice_date": fields.Date.today()}], cancel=True)
        self.assertEqual((refund.state, refund.amount_total), ("posted", 121.0))
        self.assertEqual(expense.reversal_count, 1)
        self.assertEqual(expense._get_member_status()[0], "reversed")
        self.assertEqual(refund.line_ids.coop_expense_id, expense)
        self.assertEqual((self.workshop.balance, self.workshop.available), (935.0, 935.0))
        self.assert_books_hold()
        domain = expense.action_view_reversals()["domain"]
        self.assertEqual(self.env["account.move"].search(domain), refund)

    def test_a_copy_of_the_receipt_is_not_of_the_expense(self):
        expense = self._expense()
        self._approve(expense)
        self.assertFalse(expense.move_id.copy().line_ids.coop_expense_id)

    def test_the_nightly_check_finds_a_receipt_with_another_amount(self):
        expense = self._expense()
        self._approve(expense)
        self.assert_books_hold()
        self.env.cr.execute(
            "UPDATE coop_expense SET budget_amount = 99 WHERE id = %s", [expense.id]
        )
        expense.invalidate_recordset()
        [found] = self.env["coop.ledger.check"]._run(self.company)
        self.assertEqual(
            (found["check"], found["record"], found["expected"], found["found"]),
            ("expense", expense, 99.0, 100.0),
        )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def test_amounts_that_are_none(self):
        for total in (0, -5, float("nan"), float("inf"), 10**12, "twelve", 1.234):
            with self.assertRaises(ValidationError, msg=str(total)):
                self._expense(total=total, submit=False)
        expense = self._expense(submit=False)
        for total in (0, float("nan"), 12.345):
            with self.assertRaises(ValidationError, msg=str(total)):
                expense.total = total
        self.assertEqual(expense.total, 121.0)

    def test_other_currencies_are_refused(self):
        other = self.env["res.currency"].search(
            [("id", "!=", self.company.currency_id.id)], limit=1
        )
        with self.assertRaisesRegex(UserError, "what the bank took"):
            self._expense(currency_id=other.id, submit=False)

    def test_a_refused_category_says_why(self):
        with self.assertRaisesRegex(UserError, "no Activity pays it"):
            self._expense(product_id=self.fine.id)
        expense = self._expense(2)
        self.material.coop_expense_refusal = "Not any more since June."
        with self.assertRaisesRegex(UserError, "since June"):
            self._approve(expense)
        with Form(self.env["coop.expense"].with_user(self.accountant)) as form:
            form.activity_id = self.workshop
            form.shop = "Court"
            form.product_id = self.fine
            form.total = 50.0
            self.assertIn("no Activity pays it", form.category_refusal)
            self.assertEqual(form.partner_id, self.member_partner)

    def test_a_product_that_is_no_category(self):
        with self.assertRaisesRegex(UserError, "no category of expenses"):
            self._expense(product_id=self.product_a.id)

    def test_not_dated_in_the_future(self):
        tomorrow = fields.Date.add(fields.Date.today(), days=1)
        with self.assertRaisesRegex(UserError, "future"):
            self._expense(date=tomorrow)

    def test_only_for_open_activities(self):
        expense = self._expense()
        self.workshop.action_suspend()
        with self.assertRaisesRegex(UserError, "not open"):
            self._approve(expense)
        with self.assertRaisesRegex(UserError, "not open"):
            self._expense(2)
        with self.assertRaisesRegex(UserError, "reserved"):
            self.workshop.action_close()
        self._refuse(expense)
        self.env["coop.expense"].search([("state", "=", "draft")]).unlink()
        self._close(self.workshop)
        with self.assertRaisesRegex(UserError, "not open"):
            self._expense(3)

    def test_only_for_who_manages_the_activity(self):
        other = self._create_member("Other Member").partner_id
        with self.assertRaisesRegex(UserError, "does not manage"):
            self._expense(partner_id=other.id)

    def test_a_locked_period_moves_the_entry_not_the_receipt(self):
        expense = self._expense()
        self.company.sudo().fiscalyear_lock_date = "2025-03-31"
        self._approve(expense)
        self.assertEqual(str(expense.move_id.invoice_date), "2025-03-12")
        self.assertGreater(str(expense.move_id.date), "2025-03-31")
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # Duplicates
    # ------------------------------------------------------------------

    def test_the_same_file_is_noticed(self):
        first = self._expense()
        again = self._expense(shop="Elsewhere", total=5.0, submit=False)
        self.assertEqual(again.duplicate_ids, first)
        with self.assertRaisesRegex(UserError, "This is another one"):
            again.action_submit()
        again.duplicate_confirmed = True
        again.action_submit()
        self.assertEqual((first.duplicate_ids, again.duplicate_ids), (again, first))
        action = again.action_view_duplicates()
        self.assertEqual(self.env["coop.expense"].search(action["domain"]), first | again)

    def test_the_same_purchase_is_noticed(self):
        first = self._expense(1, shop="  De  Kleine Winkel ")
        same = self._expense(2, shop="de kleine winkel", submit=False)
        other = self._expense(3, shop="de kleine winkel", total=121.01, submit=False)
        self.assertEqual((same.duplicate_ids, other.duplicate_ids), (first, other.browse()))

    def test_what_was_taken_back_is_no_duplicate(self):
        first = self._expense()
        first.action_withdraw()
        self.assertFalse(self._expense(submit=False).duplicate_ids)

    def test_a_member_learns_nothing_about_others(self):
        self._expense(1)
        again = self._expense(1, submit=False)
        self.assertIn(
            "You handed in", again._describe_duplicates(again.duplicate_ids, self.member_partner)
        )
        text = again._describe_duplicates(again.duplicate_ids, self.client_partner)
        self.assertIn("Somebody", text)
        for secret in (self.member_partner.name, again.duplicate_ids.name, "Workshop"):
            self.assertNotIn(secret, text)

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def test_nobody_approves_the_own_expense(self):
        expense = self._expense()
        for user in (self.accountant, self.env.ref("base.user_admin")):
            user.sudo().company_ids |= self.company
            if user != self.accountant:
                user.sudo().group_ids |= self.env.ref("account.group_account_user")
                self.workshop.sudo().manager_ids |= user.partner_id
            own = expense.with_user(user).with_company(self.company)
            with self.assertRaisesRegex(UserError, "is your own"):
                own.action_approve()
            with self.assertRaisesRegex(UserError, "is your own"):
                own.sudo().action_approve()
            with self.assertRaisesRegex(UserError, "is your own"):
                own._refuse(user.partner_id, "No")
        self.assertEqual(expense.state, "submitted")
        self._approve(expense)

    def test_the_member_paid_does_not_approve(self):
        self.colleague.sudo().partner_id = self.member_partner
        expense = self._expense()
        with self.assertRaisesRegex(UserError, "is your own"):
            self._approve(expense)

    def test_only_accountants_decide(self):
        expense = self._expense()
        company = {"company_id": self.company.id, "company_ids": self.company.ids}
        su = self.env(su=True)
        roles = {
            "smart_membership.group_membership_user": True,
            "account.group_account_invoice": True,
            "account.group_account_readonly": True,
            "base.group_user": False,
            "base.group_portal": False,
        }
        actions = ("submit", "approve", "refuse", "withdraw", "reset_to_draft")
        for number, (group, reads) in enumerate(roles.items()):
            user = new_test_user(su, f"x_role_{number}", group, **company)
            own = expense.with_user(user)
            if reads:
                self.assertEqual(own.shop, "Shop 1")
                self.assertTrue(own.attachment_ids.raw)
            else:
                with self.assertRaises(AccessError):
                    own.read(["shop"])
                with self.assertRaises(AccessError):
                    own.action_view_duplicates()
            for action in actions:
                with self.assertRaises(AccessError, msg=f"{group} {action}"):
                    getattr(own, f"action_{action}")()
            with self.assertRaises(AccessError):
                own.write({"shop": "Mine"})
            with self.assertRaises(AccessError):
                self.env["coop.expense.refusal"].with_user(user).create(
                    {"expense_ids": expense.ids, "reason": "No"}
                )
        self.assertEqual(expense.state, "submitted")

    def test_other_companies_see_nothing(self):
        expense = self._expense()
        other = self.setup_other_company()["company"]
        foreign = new_test_user(
            self.env(su=True),
            "x_foreign",
            "account.group_account_user",
            company_id=other.id,
            company_ids=other.ids,
        )
        with self.assertRaises(AccessError):
            expense.with_user(foreign).read(["shop"])
        with self.assertRaises(AccessError):
            expense.with_user(foreign).action_approve()

    # ------------------------------------------------------------------
    # Many at once
    # ------------------------------------------------------------------

    def _flush(self):
        self.env.flush_all()
        self.env.cr.flush()

    def test_bulk_approval_within_its_query_budget(self):
        expenses = self.env["coop.expense"].with_user(self.accountant)
        for number in range(BATCH + 1):
            activity = self.studio if number % 4 == 0 else self.workshop
            expenses |= self._expense(
                100 + number, total=1.21, activity_id=activity.id, submit=False
            )
        self._invoice(self._line(1000, {self.studio: 100}))
        expenses.action_submit()
        # What the first one of a server reads once is no cost of each.
        self._approve(expenses[0])
        self._flush()
        self.env.invalidate_all()
        batch = expenses[1:].with_user(self.colleague)
        with self.assertQueryCount(BATCH * QUERIES_EACH):
            batch.action_approve()
            self._flush()
        self.assertEqual(set(expenses.mapped("state")), {"posted"})
        self.assertEqual(len(expenses.move_id), BATCH + 1)
        # The mails to the members were queued by the same action.
        mails = self.env["mail.mail"].search(
            [("model", "=", expenses._name), ("res_id", "in", expenses.ids)]
        )
        self.assertEqual(sorted(mails.mapped("res_id")), sorted(expenses.ids))
        self.assertEqual(self.workshop.reserved_amount, 0.0)
        self.assert_books_hold()

    def test_of_several_all_or_none(self):
        good, bad = self._expense(1), self._expense(2, activity_id=self.studio.id, submit=False)
        self._invoice(self._line(1000, {self.studio: 100}))
        bad.action_submit()
        self.studio.action_suspend()
        with self.assertRaisesRegex(UserError, "Studio"):
            self._approve(good | bad)
        self.assertEqual((good | bad).mapped("state"), ["submitted", "submitted"])
        self.assertFalse((good | bad).move_id)

    def test_the_list_within_its_query_budget(self):
        expenses = self.env["coop.expense"]
        for number in range(20):
            expenses |= self._expense(200 + number, total=1.21)
        names = {
            name: {}
            for name in ("name", "date", "shop", "total", "budget_amount", "payment_state", "state")
        }
        names |= {
            name: {"fields": {"display_name": {}}}
            for name in ("partner_id", "activity_id", "product_id", "duplicate_ids")
        }
        Expense = self.env["coop.expense"].with_user(self.colleague)
        Expense.web_search_read([], names, limit=80)
        self.env.invalidate_all()
        with self.assertQueryCount(16):
            rows = Expense.web_search_read([("id", "in", expenses.ids)], names, limit=80)
        self.assertEqual(len(rows["records"]), 20)

    # ------------------------------------------------------------------
    # The person behind it
    # ------------------------------------------------------------------

    def test_a_person_is_erased_after_the_expenses_and_the_books_keep_them(self):
        data = self.env["coop.personal.data"].sudo()
        waiting = self._expense(1, description="For the garden of Merelhof 3")
        found = {part.records._name: part for part in data._find(self.member_partner, self.company)}
        self.assertEqual(found["coop.expense"].records, waiting)
        self.assertTrue(found["coop.expense"].own)
        self.assertIn(waiting.display_name, " ".join(data._get_obstacles(self.member_partner)))
        self._approve(waiting)
        self.assertNotIn(waiting.display_name, " ".join(data._get_obstacles(self.member_partner)))
        data._erase_records(waiting.sudo(), self.member_partner)
        self.assertFalse(waiting.description)
        self.assertEqual((waiting.state, waiting.total), ("posted", 121.0))
        self.assertFalse(waiting.attachment_ids)
        self.assertEqual(waiting.move_id.attachment_ids.raw, photo(1))
        self.assert_books_hold()
