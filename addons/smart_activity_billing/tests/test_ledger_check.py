from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..models.coop_ledger_check import NAMED
from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestLedgerCheck(ActivityCase):
    """Whatever is changed behind Odoo's back is found."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(cls._line(1000, {cls.workshop: 60, cls.studio: 40}))
        cls.refund = cls._refund(cls.invoice, 100)
        cls._invoice(cls._line(500, {cls.studio: 100}))
        cls.workshop._reserve(10, "expense")
        cls.env.flush_all()

    def test_true_books_hold(self):
        self.assert_books_hold()
        check = self.env["coop.ledger.check"]._record(self.company)
        self.assertEqual((check.state, check.discrepancy_count), ("ok", 0))

    def test_each_kind_of_discrepancy_is_found(self):
        own = self.invoice.line_ids.filtered(lambda line: line.activity_id == self.workshop)
        shared = self.invoice.line_ids.filtered(
            lambda line: line.display_type == "contribution" and not line.activity_id
        )[0]
        analytic = self.invoice.invoice_line_ids.analytic_line_ids[0]
        line = "UPDATE account_move_line SET"
        for expected, statement, record in (
            ("contribution_amount", f"{line} balance = balance + 0.01 WHERE id = %s", own),
            ("contribution_pair", f"{line} balance = balance + 0.01 WHERE id = %s", shared),
            ("contribution_base", f"{line} contribution_base = 1 WHERE id = %s", own),
            (
                "contribution_rate",
                "UPDATE coop_contribution_rate SET rate = 9 WHERE id = %s",
                self.rate,
            ),
            (
                "analytic_line",
                "UPDATE account_analytic_line SET amount = amount + 1 WHERE id = %s",
                analytic,
            ),
            (
                "contribution_base",
                "DELETE FROM account_analytic_line WHERE id = %s",
                analytic,
            ),
            (
                "analytic_line",
                "UPDATE account_analytic_line SET move_line_id = NULL WHERE id = %s",
                analytic,
            ),
            (
                "reserved_amount",
                "UPDATE coop_activity SET reserved_amount = 9 WHERE id = %s",
                self.workshop,
            ),
        ):
            self.assertIn(expected, self._found_after(statement, record.id), statement)
        self.assert_books_hold()

    def test_a_cent_of_a_credit_note_in_draft_is_no_discrepancy(self):
        """0.04 contributes 0.00 or 0.01, depending on what was credited before it."""
        invoice = self._invoice(self._line(1000, {self.workshop: 100}))
        first, second = self._refund(invoice, 0.04), self._refund(invoice, 0.04)
        self.assertEqual((first.contribution_amount, second.contribution_amount), (0, -0.01))
        first.button_draft()
        self.assert_books_hold()
        off = self._found_after(
            "UPDATE account_move_line SET balance = balance - 0.03 WHERE id = %s",
            second.line_ids.filtered("contribution_base").ids[0],
        )
        self.assertIn("contribution_amount", off)
        first.action_post()
        self.assert_books_hold()
        self.assertEqual(first.contribution_amount + second.contribution_amount, -0.01)

    def test_a_failed_check_reaches_the_accountants(self):
        self.env.cr.execute(
            "UPDATE coop_activity SET reserved_amount = 9 WHERE id = %s", [self.workshop.id]
        )
        self.env.invalidate_all()
        with self.enter_registry_test_mode():
            self.env.ref("smart_activity_billing.ir_cron_ledger_check").method_direct_trigger()
        check = self.env["coop.ledger.check"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.assertEqual((check.state, check.discrepancy_count), ("failed", 1))
        line = check.line_ids
        self.assertEqual(line.name, self.workshop.display_name)
        self.assertEqual((line.document, line.expected, line.found), ("Activity", 10, 9))
        told = check.activity_ids.filtered(lambda activity: activity.user_id == self.env.user)
        self.assertIn(f"{line.name}: {line.what}", told.note)

    def test_many_discrepancies_are_a_list_and_not_a_long_note(self):
        activities = self.env["coop.activity"].create(
            [
                {"name": f"Off {number}", "membership_id": self.member.id, "state": "open"}
                for number in range(NAMED + 1)
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE coop_activity SET reserved_amount = 9 WHERE id = ANY(%s)", [activities.ids]
        )
        self.env.invalidate_all()
        check = self.env["coop.ledger.check"]._record(self.company)
        check._tell_accountants()
        self.assertEqual(check.line_ids.mapped("res_id"), activities.ids)
        note = check.activity_ids[0].note
        self.assertEqual(note.count("<li>"), NAMED + 1)
        self.assertIn("…", note)
        self.assertNotIn(check.line_ids[-1].name, note)

    def test_a_discrepancy_leads_to_its_record(self):
        self.env.cr.execute(
            "UPDATE coop_activity SET reserved_amount = 9 WHERE id = %s", [self.workshop.id]
        )
        self.env.invalidate_all()
        line = self.env["coop.ledger.check"]._record(self.company).line_ids
        company = {"company_id": self.company.id, "company_ids": self.company.ids}
        su = self.env(su=True)
        auditor = new_test_user(su, "t_auditor", "account.group_account_readonly", **company)
        clerk = new_test_user(su, "t_clerk", "account.group_account_invoice", **company)
        action = line.with_user(auditor).action_open()
        self.assertEqual((action["res_model"], action["res_id"]), (line.res_model, line.res_id))
        self.assertEqual(self.env[line.res_model].browse(line.res_id), self.workshop)
        with self.assertRaises(AccessError):
            line.with_user(clerk).action_open()
        # Who reads checks may not read everything that a check reads.
        line.sudo().write({"res_model": "ir.config_parameter", "res_id": 1})
        with self.assertRaises(AccessError):
            line.with_user(auditor).action_open()
        line.sudo().res_id = 0
        with self.assertRaisesRegex(UserError, "Workshop is not there"):
            line.with_user(auditor).action_open()

    def test_an_accountant_checks_now(self):
        action = self.env["coop.ledger.check"].action_run()
        self.assertEqual(self.env["coop.ledger.check"].browse(action["res_id"]).state, "ok")
