import base64
import io

import openpyxl
from freezegun import freeze_time
from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.smart_membership.lib.table_file import xlsx_file

from .payroll_common import PayrollCase


@tagged("post_install", "-at_install")
class TestPayrollRun(PayrollCase):
    """From a file of wages to one balanced entry, or to a list of what is to be corrected."""

    # ------------------------------------------------------------------
    # Booking
    # ------------------------------------------------------------------

    def test_a_run_books_costs_by_kind_and_activity(self):
        run = self._run(
            self._row(gross="2000,10", employer="500,20", other="99,70", net="1500"),
            self._row(self.studio.code, gross="1000", employer="250", net="800"),
        )
        before = self.env["account.move"].search_count([])
        run.action_check()
        self.assertEqual((run.state, run.error_count), ("checked", 0), self._messages(run))
        self.assertEqual(self.env["account.move"].search_count([]), before, "a dry run")
        run.action_post()
        self.assertEqual((run.state, run.cost, run.net), ("posted", 3850, 2300))
        entry = run.move_id
        self.assertEqual((entry.state, str(entry.date)), ("posted", "2025-03-31"))
        balances = {}
        for line in entry.line_ids:
            balances.setdefault(line.account_id, []).append(line.balance)
        self.assertEqual(
            {name: sorted(balances[account]) for name, account in self.accounts.items()},
            {
                "gross": [1000, 2000.1],
                "employer": [250, 500.2],
                "other": [99.7],
                "net": [-2300],
                "secretariat": [-1550],
            },
        )
        self.assertFalse(entry.line_ids.partner_id, "the entry names no person")
        self.assertEqual((self.workshop.balance, self.studio.balance), (6750, -1250))
        self.assert_books_hold()

    def test_the_check_can_be_repeated(self):
        run = self._run()
        for _turn in range(2):
            run.action_check()
            self.assertEqual((run.state, len(run.line_ids), run.cost), ("checked", 1, 2500))
        run.file = base64.b64encode(self._file(self._row(gross="abc")))
        self.assertEqual((run.state, len(run.line_ids)), ("draft", 0))
        with self.assertRaises(UserError):
            run.action_post()

    def test_nothing_is_posted_half(self):
        run = self._run(self._row(), self._row("A99999"))
        run.action_check()
        self.assertEqual((run.state, run.error_count), ("draft", 1))
        with self.assertRaises(UserError):
            run.action_post()
        self.assertEqual(self.workshop.balance, 9350)

    def test_what_changed_since_the_check_is_found_at_posting(self):
        run = self._run()
        run.action_check()
        self._close(self.workshop)
        with self.assertRaisesRegex(UserError, "Row 2: .*Workshop.*Closed"):
            run.action_post()
        self.assertFalse(run.move_id)

    def test_lack_of_budget_never_blocks_the_books(self):
        run = self._posted(self._row(self.studio.code))
        self.assertEqual(run.state, "posted")
        self.assertEqual(self.studio.available, -2500)
        self.assert_books_hold()

    def test_salary_is_booked_before_the_client_paid(self):
        self.company.sudo().activity_available_basis = "paid"
        self.assertEqual(self.workshop.available, 0)
        self._posted()
        self.assertEqual(self.workshop.available, -2500)

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def test_files_in_other_writings(self):
        text = self._file(self._row(gross="1.999,50")).decode()
        rows = [[self.workshop.code, self.number, "03/2025", 1999.5, 500.0, 1500.0, 0.0]]
        titles = ["ACTIVITY", "member", "Month ", "Gross", "Employer", "Net", "Other"]
        book = xlsx_file("Lonen", titles, rows)
        for content in (
            text.encode("utf-8-sig"),
            text.encode("utf-16"),
            "\n".join(f"{line};Zoë" for line in text.splitlines()).encode("cp1252"),
            text.replace(";", "\t").encode(),
            book,
        ):
            run = self._run(content=content)
            run.action_check()
            self.assertEqual(
                (run.state, run.gross, run.cost), ("checked", 1999.5, 2499.5), self._messages(run)
            )

    def test_what_is_no_table(self):
        for content, text in (
            (b"   ", "empty"),
            (b"\x89PNG\r\n\x1a\n\x00", "no table"),
            (b"PK\x03\x04 broken", "damaged"),
            (b"Activity;Gross\nA1;5", "Employer"),
            (self._file(), "no rows"),
        ):
            run = self._run(content=content)
            run.action_check()
            with self.subTest(text=text):
                self.assert_found(run, 0, text)
                self.assertEqual(run.state, "draft")

    def test_wrong_cells_are_listed_with_their_row(self):
        for values, text in (
            ({"gross": "NaN"}, "no amount"),
            ({"gross": "1.999"}, "no amount"),
            ({"gross": "=1+1"}, "no amount"),
            ({"gross": "1e5"}, "no amount"),
            ({"gross": "99999999"}, "beyond all reason"),
            ({"gross": "-5"}, "below zero"),
            ({"net": "2501"}, "more than all costs"),
            ({"activity": "A99999"}, "A99999"),
            ({"activity": "=cmd"}, "=cmd"),
            ({"member": "99999"}, "99999"),
            ({"member": "nobody"}, "nobody"),
            ({"activity": "", "member": ""}, "Neither"),
        ):
            run = self._run(self._row(self.studio.code), self._row(**values))
            run.action_check()
            with self.subTest(values=values):
                self.assert_found(run, 3, text)
                self.assertEqual((run.state, run.error_count), ("draft", 1))

    def test_a_decimal_style_tells_what_is_meant(self):
        self.mapping.decimal_style = "comma"
        run = self._run(self._row(gross="1.999"))
        run.action_check()
        self.assertEqual((run.state, run.gross), ("checked", 1999))

    def test_formulas_without_result(self):
        content = self._book_with_formula()
        run = self._run(content=content)
        run.action_check()
        self.assert_found(run, 2, "formula")

    def _book_with_formula(self):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["Activity", "Member", "Month", "Gross", "Employer", "Net", "Other"])
        sheet.append([self.workshop.code, self.number, "03/2025", "=1+1", 5, 3, 0])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def test_another_month_and_double_rows(self):
        run = self._run(
            self._row(),
            self._row(),
            self._row(gross="10", net="5"),
            self._row(self.studio.code).replace("03/2025", "04/2025"),
        )
        run.action_check()
        self.assert_found(run, 3, "same as row 2")
        self.assert_found(run, 4, "row 2, with other amounts", "2_warning")
        self.assert_found(run, 5, "April 2025")
        self.assertEqual(run.error_count, 2)

    def test_the_line_of_totals_and_the_letter(self):
        rows = (self._row(), self._row(self.studio.code))
        good = self._file(*rows, total=("4000", "1000", "3000", "0"))
        run = self._run(content=good, control_total=5000)
        run.action_check()
        self.assertEqual((run.state, run.row_count), ("checked", 2), self._messages(run))
        bad = self._file(self._row(), total=("2000.01", "500", "1500", "0"))
        run = self._run(content=bad, control_total=2500.5)
        run.action_check()
        self.assert_found(run, 3, "“Gross”")
        self.assert_found(run, 0, "control total")
        run = self._run()
        run.action_check()
        self.assert_found(run, 0, "compared with no total", "2_warning")
        for total in (float("nan"), -5, 10.005, 10**12):
            with self.assertRaises(ValidationError):
                self._run(control_total=total)

    def test_by_member_alone(self):
        self.mapping.activity_column = False
        content = f"Member;Month;Gross;Employer;Net;Other\n{self.number};03/2025;2000;500;1500;0\n"
        run = self._run(content=content.encode())
        run.action_check()
        self.assert_found(run, 2, "several open Activities")
        self.studio.action_close()
        run.action_check()
        self.assertEqual((run.state, run.line_ids.activity_id), ("checked", self.workshop))

    def test_activities_that_are_not_open_or_elsewhere(self):
        self.studio.action_suspend()
        run = self._run(self._row(self.studio.code))
        run.action_check()
        self.assertEqual(run.state, "checked", "what was worked before is paid")
        self.studio.action_close()
        run.action_check()
        self.assert_found(run, 2, "Closed")
        other = self.setup_other_company()["company"]
        self.env.user.company_ids += other
        member = self._create_member("Elsewhere", other)
        abroad = (
            self.env["coop.activity"]
            .with_company(other)
            .sudo()
            .create(
                {
                    "name": "Abroad",
                    "membership_id": member.id,
                    "company_id": other.id,
                    "state": "open",
                }
            )
        )
        abroad.flush_recordset()
        self.env.cr.execute("UPDATE coop_activity SET code = 'A77777' WHERE id = %s", [abroad.id])
        run = self._run(self._row("A77777"))
        run.action_check()
        self.assert_found(run, 2, "A77777")
        self.assertNotIn("Abroad", str(self._messages(run)))

    def test_who_does_not_manage_the_activity(self):
        stranger = self._create_member("Stranger")
        run = self._run(self._row(member=stranger.number))
        run.action_check()
        self.assert_found(run, 2, "does not manage")
        self.workshop.manager_ids += stranger.partner_id
        run.action_check()
        self.assertEqual(run.state, "checked")

    def test_locked_period(self):
        run = self._run()
        self.company.sudo().hard_lock_date = "2025-03-31"
        run.action_check()
        self.assert_found(run, 0, "locked")
        run.date = "2025-04-01"
        run.action_check()
        run.action_post()
        self.assertEqual(str(run.move_id.date), "2025-04-01")

    # ------------------------------------------------------------------
    # Twice, and back
    # ------------------------------------------------------------------

    def test_the_same_file_is_posted_once(self):
        first = self._run()
        second = self._run()
        for run in (first, second):
            run.action_check()
        first.action_post()
        with self.assertRaisesRegex(UserError, first.name):
            second.action_post()
        second.action_check()
        self.assert_found(second, 0, first.name)
        first.action_reverse("The file was of February")
        second.action_check()
        second.action_post()
        self.assertEqual((first.state, second.state), ("reversed", "posted"))
        self.assertEqual(self.workshop.balance, 6850)
        self.assert_books_hold()

    def test_the_database_refuses_a_file_twice(self):
        first = self._posted()
        second = self._posted(self._row(gross="1900"))
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.env.cr.execute(
                "UPDATE coop_payroll_run SET file_hash = %s WHERE id = %s",
                [first.file_hash, second.id],
            )

    def test_another_file_of_the_same_month_is_told(self):
        first = self._posted()
        second = self._run(self._row(gross="10", net="5"))
        second.action_check()
        self.assert_found(second, 0, first.name, "2_warning")

    def test_a_run_is_reversed_only(self):
        run = self._posted()
        with self.assertRaises(UserError):
            run.move_id.button_draft()
        with self.assertRaises(UserError):
            run.move_id._reverse_moves()
        with self.assertRaises(UserError):
            run.write({"date_from": "2025-04-01"})
        with self.assertRaises(UserError):
            run.write({"cost": 1})
        with self.assertRaises(UserError):
            run.unlink()
        action = run.action_reverse()
        self.assertEqual(action["res_model"], "coop.payroll.reversal")
        # What the provider's accounts are by now does not matter.
        self.mapping.gross_account_id = self.accounts["other"]
        wizard = (
            self.env["coop.payroll.reversal"]
            .with_user(self.payroll)
            .create({"run_ids": [Command.set(run.ids)], "reason": "A mistake"})
        )
        wizard.action_apply()
        self.assertEqual((run.state, run.reversal_reason), ("reversed", "A mistake"))
        self.assertEqual(self.workshop.balance, 9350)
        self.assertEqual(
            run.reversal_move_id.line_ids.filtered(
                lambda line: line.account_id == self.accounts["gross"]
            ).balance,
            -2000,
        )
        with self.assertRaises(UserError):
            run.action_reverse("Once more")
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # Differences, announcements
    # ------------------------------------------------------------------

    def test_differences_from_announced_and_month_before(self):
        self._posted(
            self._row().replace("03/2025", "02/2025"),
            self._row(self.studio.code).replace("03/2025", "02/2025"),
            date_from="2025-02-01",
        )
        with freeze_time("2025-02-20"):
            self._announce(2400)
        run = self._run(self._row(gross="2100"))
        run.action_check()
        line = run.line_ids
        self.assertEqual(
            (line.announced, line.announced_difference, line.previous, line.previous_difference),
            (2400, 200, 2500, 100),
        )
        self.assert_found(run, 0, "no row now", "2_warning")
        self.assertEqual((run.announced, run.previous, run.cost), (2400, 2500, 2600))

    @freeze_time("2025-03-05")
    def test_a_run_settles_what_was_announced(self):
        exact, dear = self._announce(2500), self._announce(3000, month="2025-04-01")
        self.assertEqual(self.workshop.available, 9350 - 5500)
        run = self._posted(self._row(gross="1900"))
        self.assertEqual((exact.state, exact.booked_amount, exact.run_id), ("posted", 2400, run))
        self.assertEqual(exact.reservation_id.remaining, 0)
        self.assertEqual(dear.state, "submitted", "of another month")
        self.assertEqual(self.workshop.available, 9350 - 2400 - 3000)
        self.assert_books_hold()
        run.action_reverse("Another file follows")
        self.assertEqual((exact.state, exact.reservation_id.remaining), ("submitted", 2500))
        self.assertEqual(self.workshop.available, 9350 - 5500)
        self.assert_books_hold()

    @freeze_time("2025-03-05")
    def test_what_was_announced_and_does_not_come(self):
        announced = self._announce(1000)
        self.studio.manager_ids += self._create_member("Colleague").partner_id
        run = self._posted(self._row(self.studio.code))
        self.assert_found(run, 0, "there is no row", "2_warning")
        self.assertEqual((announced.state, self.workshop.reserved_amount), ("submitted", 1000))
        announced.action_withdraw()
        self.assertEqual(self.workshop.reserved_amount, 0)
        self.assert_books_hold()

    def test_the_report_can_be_sent(self):
        run = self._run(self._row(), self._row("A99999"))
        run.action_check()
        action = run.action_report()
        self.assertIn(f"/coop.payroll.run/{run.id}/report/", action["url"])
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(run.report)))
        findings, salaries = book.worksheets
        self.assertEqual(findings.cell(2, 1).value, 3)
        self.assertIn("A99999", findings.cell(2, 3).value)
        self.assertEqual(salaries.cell(2, 7).value, 2500)

    # ------------------------------------------------------------------
    # Many rows, proof
    # ------------------------------------------------------------------

    @freeze_time("2025-03-05")
    def test_queries_do_not_grow_with_the_rows(self):
        small, large = self._count_queries(5), self._count_queries(60)
        self.assertLessEqual(large - small, 12, (small, large))

    def _count_queries(self, count):
        activities = self.env["coop.activity"].create(
            [
                {"name": f"A{number}", "membership_id": self.member.id, "state": "open"}
                for number in range(count)
            ]
        )
        self.company.sudo().activity_overdraft_policy = "warn"
        for activity in activities:
            self._announce(100, activity)
        gross = str(100 + count)
        run = self._run(
            *(self._row(activity.code, gross=gross, net="50") for activity in activities)
        )
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        run.action_check()
        run.action_post()
        self.env.flush_all()
        queries = self.env.cr.sql_log_count - before
        self.assertEqual((run.state, run.row_count), ("posted", count))
        self.assert_books_hold()
        return queries

    def test_the_nightly_proof_finds_what_is_broken(self):
        with freeze_time("2025-03-05"):
            announced = self._announce(2500)
        run = self._posted()
        self.env.flush_all()
        for expected, statement, record in (
            (
                "payroll_cost",
                "UPDATE coop_payroll_run_line SET gross = 1, cost = 501 WHERE id = %s",
                run.line_ids,
            ),
            ("payroll_debt", "UPDATE coop_payroll_run SET cost = 1 WHERE id = %s", run),
            (
                "payroll_announcement",
                "UPDATE coop_budget_reservation SET remaining = 5, state = 'active' WHERE id = %s",
                announced.reservation_id,
            ),
        ):
            self.assertIn(expected, self._found_after(statement, record.id))
        self.assert_books_hold()
