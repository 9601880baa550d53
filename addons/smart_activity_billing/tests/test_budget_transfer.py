import math
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .transfer_common import TransferCase


@tagged("post_install", "-at_install")
class TestBudgetTransfer(TransferCase):
    """Budget goes from one Activity to another, once, and can be traced."""

    # ------------------------------------------------------------------
    # The way of a transfer
    # ------------------------------------------------------------------

    def test_ask_and_accept(self):
        transfer = self._asked()
        self.assertEqual(transfer.state, "submitted")
        self.assertEqual(transfer.submitted_by_id, self.giver.partner_id)
        self.assert_budgets(835, 0)
        transfer.with_user(self.receiver).action_approve()
        self.assertEqual(transfer.state, "posted")
        self.assertEqual(transfer.decided_by_id, self.receiver.partner_id)
        self.assertEqual((self.workshop.balance, self.gallery.balance), (835, 100))
        self.assertEqual(transfer.reservation_id.state, "done")
        self.assert_budgets(835, 100)

    def test_the_entry(self):
        transfer = self._posted(12.34)
        entry = transfer.move_id
        self.assertEqual((entry.state, entry.move_type), ("posted", "entry"))
        self.assertEqual(entry.journal_id.type, "general")
        self.assertEqual(entry.line_ids.account_id, self.company.budget_transfer_account_id)
        self.assertNotEqual(entry.line_ids.account_id, self.company.contribution_account_id)
        self.assertIn(entry.line_ids.account_id.internal_group, ("income", "expense"))
        self.assertFalse(entry.line_ids.tax_ids)
        self.assertEqual(
            {
                line.balance: (line.analytic_distribution, line.display_type)
                for line in entry.line_ids
            },
            {
                12.34: ({str(self.workshop.analytic_account_id.id): 100.0}, "product"),
                -12.34: ({str(self.gallery.analytic_account_id.id): 100.0}, "product"),
            },
        )
        self.assertIn(transfer.name, entry.line_ids[0].name)
        self.assertFalse(entry.message_partner_ids & self.receiver.partner_id)

    def test_who_manages_both_moves_it_at_once(self):
        transfer = self._asked(destination_id=self.studio.id)
        self.assertEqual(transfer.state, "posted")
        self.assertEqual((self.workshop.available, self.studio.available), (835, 100))
        self.assert_books_hold()

    def test_refuse_and_withdraw_give_the_budget_back(self):
        refused, withdrawn = self._asked(100), self._asked(50)
        refused.with_user(self.receiver).action_refuse("Paid by invoice already")
        self.assertEqual(refused.refusal_reason, "Paid by invoice already")
        withdrawn.with_user(self.giver).action_withdraw()
        self.assertEqual((refused.state, withdrawn.state), ("refused", "cancelled"))
        self.assertEqual(withdrawn._get_member_status()[0], "withdrawn")
        self.assert_budgets(935, 0)

    def test_a_refusal_asks_for_a_reason(self):
        transfer = self._asked()
        action = transfer.with_user(self.accountant).action_refuse()
        self.assertEqual(transfer.state, "submitted")
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.accountant)
            .with_context(**action["context"])
        )
        with Form(wizard) as form:
            form.reason = "By phone: not needed"
        form.record.action_apply()
        self.assertEqual((transfer.state, transfer.refusal_reason)[0], "refused")
        self.assert_budgets(935, 0)

    def test_decided_once(self):
        transfer = self._posted()
        for name, user in (
            ("action_approve", self.receiver),
            ("action_submit", self.giver),
            ("action_withdraw", self.giver),
        ):
            with self.assertRaises(UserError):
                getattr(transfer.with_user(user), name)()
        with self.assertRaises(UserError):
            transfer.with_user(self.receiver).action_refuse("Too late")
        self.assert_budgets(835, 100)

    def test_many_in_one_action(self):
        transfers = self._asked(10) | self._asked(20) | self._asked(30)
        transfers.with_user(self.services).action_approve()
        self.assertEqual(set(transfers.mapped("state")), {"posted"})
        self.assertEqual(len(transfers.move_id), 3)
        self.assert_budgets(875, 60)

    # ------------------------------------------------------------------
    # Reversing
    # ------------------------------------------------------------------

    def test_reverse(self):
        transfer = self._posted()
        self.assertEqual(
            transfer.with_user(self.receiver).action_reverse()["res_model"],
            "coop.budget.transfer.reason",
        )
        transfer.with_user(self.receiver).action_reverse("The fair was cancelled")
        self.assertEqual(transfer.state, "cancelled")
        self.assertEqual(transfer._get_member_status()[0], "reversed")
        self.assertEqual(transfer.reversal_move_id.reversed_entry_id, transfer.move_id)
        self.assertEqual(transfer.move_id.state, "posted")
        self.assertEqual(transfer.reversed_by_id, self.receiver.partner_id)
        self.assert_budgets(935, 0)
        with self.assertRaises(UserError):
            transfer.with_user(self.receiver).action_reverse("Twice")

    def test_reversing_needs_the_budget_of_the_destination(self):
        transfer = self._posted()
        self.gallery._reserve(0.01, "expense")
        with self.assertRaisesRegex(UserError, "Gallery.*99.99.*100.00"):
            transfer.with_user(self.receiver).action_reverse("The fair was cancelled")
        self.assertEqual(transfer.state, "posted")
        self.assert_budgets(835, 99.99)

    def test_the_entry_is_not_touched(self):
        entry = self._posted().move_id.with_user(self.accountant)
        with self.assertRaisesRegex(UserError, "Reverse the transfer"):
            entry.button_draft()
        with self.assertRaisesRegex(UserError, "Reverse the transfer"):
            entry._reverse_moves()
        with self.assertRaises(UserError):
            entry.button_cancel()
        self.assert_budgets(835, 100)

    # ------------------------------------------------------------------
    # Dates
    # ------------------------------------------------------------------

    @freeze_time("2025-06-16")
    def test_the_day_of_the_entry(self):
        today = self._posted()
        self.assertEqual((today.date, today.move_id.date), (fields.Date.today(),) * 2)
        earlier = self._posted(date="2025-05-02")
        self.assertEqual(str(earlier.move_id.date), "2025-05-02")
        with self.assertRaisesRegex(UserError, "future"):
            self._asked(date=fields.Date.today() + timedelta(days=1))
        self.assert_budgets(735, 200)

    @freeze_time("2025-06-16")
    def test_a_locked_period(self):
        transfer = self._asked(date="2025-05-02")
        self.company.sudo().fiscalyear_lock_date = "2025-05-31"
        transfer.with_user(self.receiver).action_approve()
        self.assertGreater(str(transfer.move_id.date), "2025-05-31")
        self.assertEqual(transfer.date, transfer.move_id.date)
        self.assert_budgets(835, 100)

    # ------------------------------------------------------------------
    # What cannot be
    # ------------------------------------------------------------------

    def test_impossible_amounts(self):
        for bad in (0, -1, 10.005, 0.001, math.nan, math.inf, 1e12, "ten", None):
            with self.subTest(amount=bad), self.assertRaises(ValidationError):
                self._transfer(bad)
        transfer = self._transfer(10)
        for bad in (0, 10.005, math.nan):
            with self.subTest(written=bad), self.assertRaises(ValidationError):
                transfer.amount = bad
        self.assertEqual(self._transfer(0.1 + 0.2).amount, 0.3)

    def test_more_than_available(self):
        self._asked(900)
        with self.assertRaisesRegex(UserError, "Workshop.*35.00.*35.01"):
            self._asked(35.01)
        self._asked(35)
        self.assert_budgets(0, 0)

    def test_impossible_activities(self):
        with self.assertRaisesRegex(ValidationError, "Workshop"):
            self._transfer(destination_id=self.workshop.id)
        other = self.setup_other_company()["company"]
        stranger = self._create_member("Stranger", other)
        elsewhere = (
            self.env["coop.activity"]
            .sudo()
            .create(
                {
                    "name": "Elsewhere",
                    "membership_id": stranger.id,
                    "company_id": other.id,
                    "state": "open",
                }
            )
        )
        with self.assertRaises(UserError):
            self._transfer(destination_id=elsewhere.id)
        for activity in (self.gallery, self.workshop):
            for vals in ({"state": "draft"}, {"state": "suspended"}, {"active": False}):
                kept = {name: activity[name] for name in vals}
                activity.write(vals)
                with self.assertRaisesRegex(UserError, activity.name):
                    self._asked()
                activity.write(kept)
        self.gallery.action_close()
        with self.assertRaisesRegex(UserError, "Gallery"):
            self._asked()
        self.assert_budgets(935, 0)

    def test_closed_meanwhile(self):
        transfer = self._asked()
        self.gallery.action_close()
        with self.assertRaisesRegex(UserError, "Gallery"):
            transfer.with_user(self.accountant).action_approve()
        transfer.with_user(self.giver).action_withdraw()
        self.assert_budgets(935, 0)

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_impossible_transfers(self):
        transfer = self._posted()
        for change in (
            "amount = 0",
            "amount = -1",
            "amount = 'NaN'",
            "destination_id = source_id",
            "move_id = NULL",
            "reversal_move_id = move_id",
            "reservation_id = NULL",
        ):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self.env.cr.execute(
                    f"UPDATE coop_budget_transfer SET {change} WHERE id = %s", [transfer.id]
                )
            self.assertIn("check constraint", str(caught.exception))

    def test_nothing_changes_once_asked(self):
        transfer = self._asked()
        for vals in (
            {"amount": 1},
            {"destination_id": self.studio.id},
            {"reason": "Other"},
            {"state": "posted"},
            {"move_id": self.env["account.move"].search([], limit=1).id},
        ):
            with self.assertRaises(UserError):
                transfer.with_user(self.accountant).write(vals)
        with self.assertRaises(UserError):
            transfer.unlink()

    # ------------------------------------------------------------------
    # Settings, proof and mails
    # ------------------------------------------------------------------

    def test_settings(self):
        account = self.company_data["default_account_expense"]
        journal = self.env["account.journal"].create(
            {"name": "Transfers", "code": "TRF", "type": "general"}
        )
        self.company.sudo().write(
            {"budget_transfer_account_id": account.id, "budget_transfer_journal_id": journal.id}
        )
        entry = self._posted().move_id
        self.assertEqual((entry.line_ids.account_id, entry.journal_id), (account, journal))

    def test_without_a_journal(self):
        self.env["account.journal"].search([("type", "=", "general")]).action_archive()
        transfer = self._asked()
        with self.assertRaisesRegex(UserError, "no journal"):
            transfer.with_user(self.receiver).action_approve()
        self.assert_budgets(835, 0)

    def test_the_proof_finds_what_is_wrong(self):
        transfer = self._posted()
        [line, other] = transfer.move_id.line_ids
        for statement, checks in (
            (
                f"UPDATE account_analytic_line SET amount = amount + 1 "
                f"WHERE move_line_id = {line.id}",
                {"transfer_amount"},
            ),
            (
                f"DELETE FROM account_analytic_line WHERE move_line_id = {line.id}",
                {"transfer_amount"},
            ),
            (
                f"UPDATE account_move_line SET account_id = "
                f"{self.company_data['default_account_expense'].id} WHERE id = {other.id}",
                {"transfer_entry"},
            ),
            (
                f"UPDATE account_move_line SET parent_state = 'draft' WHERE id = {other.id}",
                {"transfer_entry"},
            ),
        ):
            with self.subTest(statement=statement), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(statement)
                found = self.env["coop.ledger.check"]._run(self.company)
                self.assertLessEqual(checks, {row["check"] for row in found})
                self.assertIn(transfer, [row["record"] for row in found])
                savepoint.rollback()
        self.env.invalidate_all()
        self.assert_books_hold()

    def _mails(self, transfer):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("model", "=", transfer._name), ("res_id", "=", transfer.id)], order="id")
        )

    def test_mails(self):
        transfer = self._asked()
        self.assertFalse(self._mails(transfer))
        # The mail with the link stands by itself: nobody else reads it.
        asked = transfer.sudo().approval_ids.mail_id
        self.assertEqual(asked.recipient_ids, self.receiver.partner_id)
        self.assertIn(f"/my/transfers/{transfer.id}", asked.body_html)
        self.assertIn("Your part of the fair", asked.body_html)
        transfer.with_user(self.receiver).action_refuse("Paid already")
        refused = self._mails(transfer)
        self.assertEqual(refused.recipient_ids, self.giver.partner_id)
        self.assertIn("Paid already", refused.body_html)
        accepted = self._mails(self._posted())
        self.assertEqual(accepted.recipient_ids, self.giver.partner_id)

    def test_mails_are_in_the_language_of_the_reader(self):
        template = self.env.ref(
            "smart_activity_billing.mail_template_budget_transfer_accepted"
        ).sudo()
        template.with_context(lang="fr_BE").subject = "Accepté : {{ object.name }}"
        mails = self._mails(self._posted())
        self.assertEqual(mails[-1].recipient_ids, self.giver.partner_id)
        self.assertTrue(mails[-1].subject.startswith("Accepté : M"))

    def test_no_mail_to_who_does_it_alone(self):
        self.assertFalse(self._mails(self._asked(destination_id=self.studio.id)))

    # ------------------------------------------------------------------
    # Back office
    # ------------------------------------------------------------------

    def test_the_form_of_the_back_office(self):
        form = Form(self.env["coop.budget.transfer"].with_user(self.services))
        form.source_id = self.workshop
        form.destination_id = self.gallery
        form.amount = 40
        form.reason = "Asked by phone"
        transfer = form.save()
        self.assertRegex(transfer.name, r"^M\d{5}$")
        transfer.action_submit()
        transfer.with_user(self.accountant).action_approve()
        self.assertEqual(self.workshop.with_user(self.services).budget_transfer_count, 1)
        action = self.gallery.with_user(self.services).action_view_budget_transfers()
        self.assertEqual(
            self.env["coop.budget.transfer"].search(action["domain"]),
            transfer,
        )
        entries = transfer.with_user(self.accountant).action_view_entries()
        self.assertEqual(self.env["account.move"].search(entries["domain"]), transfer.move_id)

    def test_an_override_of_the_budget(self):
        self.accountant.sudo().group_ids += self.env.ref(
            "smart_activity_billing.group_budget_override"
        )
        transfer = self._transfer(1000, override_reason="The Board agreed")
        with self.assertRaises(UserError):
            transfer.with_user(self.giver).action_submit()
        transfer.with_user(self.accountant).action_submit()
        self.assertEqual(transfer.reservation_id.override_by_id, self.accountant)
        self.assertEqual(transfer.reservation_id.overdraft_amount, 65)
        transfer.with_user(self.receiver).action_approve()
        self.assert_budgets(-65, 1000)

    def test_queries_of_a_list(self):
        for number in range(1, 6):
            self._posted(number)
        transfers = self.env["coop.budget.transfer"].with_user(self.services).search([])
        self.env.invalidate_all()
        with self.assertQueryCount(14):
            transfers.read(["name", "source_id", "destination_id", "amount", "state", "date"])
