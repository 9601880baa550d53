from datetime import date

from dateutil.relativedelta import relativedelta
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg2 import IntegrityError
from psycopg2.errors import RestrictViolation

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.coop_activity_statement_triggers import CHAINED_COLUMNS
from .statement_common import StatementCase


@tagged("post_install", "-at_install")
class TestActivityStatement(StatementCase):
    """A statement tells the ledger of a month, once and for ever; the next one what came later."""

    def _sell(self, price, day="2025-03-10", activity=None):
        activity = activity or self.workshop
        return self._invoice(self._line(price, {activity: 100}), invoice_date=day)

    def _spend(self, amount, day, sign=1):
        """Book a cost on the workshop, as an entry of its own."""
        account = self.company_data["default_account_expense"].id
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": day,
                "line_ids": [
                    Command.create(
                        {
                            "name": "Clay",
                            "account_id": account,
                            "balance": amount,
                            "analytic_distribution": {
                                str(self.workshop.analytic_account_id.id): 100
                            },
                        }
                    ),
                    Command.create({"name": "Paid", "account_id": account, "balance": -amount}),
                ],
            }
        )
        move.action_post()
        return move

    # ------------------------------------------------------------------
    # What it tells
    # ------------------------------------------------------------------

    def test_a_month_by_kind(self):
        invoice = self._sell(1000)
        self._spend(200.10, "2025-03-20")
        self._make(3)
        statement = self._of(self.workshop, 3)
        self.assertEqual(self._figures(statement), (0, 1000, -65, -200.10, 0, 734.90))
        self.assertEqual(statement.name, f"{self.workshop.code}/2025-03")
        self.assertEqual(
            (statement.date_from, statement.date_to), (date(2025, 3, 1), date(2025, 3, 31))
        )
        lines = statement._get_lines()
        self.assertEqual(
            [(line.kind, float(line.amount), float(line.running)) for line in lines],
            [("invoice", 1000, 1000), ("contribution", -65, 935), ("expense", -200.1, 734.9)],
        )
        self.assertEqual(lines[0].document, invoice.name)
        self.assert_statements_hold()

    def test_what_is_reserved_when_the_month_has_just_ended(self):
        last_month = fields.Date.today() + relativedelta(day=1, days=-1)
        self._invoice(
            self._line(1000, {self.workshop: 100}),
            invoice_date=last_month - relativedelta(months=1),
        )
        self.workshop._reserve(50, "expense")
        self.workshop._reserve(25.5, "purchase")
        self._work(self.Run._ask(self.company, last_month).sudo())
        earlier, latest = self.Statement.search(
            [("activity_id", "=", self.workshop.id)], order="date_to"
        )
        self.assertEqual((latest.reserved_known, latest.reserved), (True, 75.5))
        self.assertEqual(latest.reserved_by_kind, {"expense": 50, "purchase": 25.5})
        self.assertIn("75.50", self._summary(latest))
        # Nobody knows what was reserved a month before.
        self.assertEqual((earlier.reserved_known, earlier.reserved), (False, 0))
        self.assertFalse(earlier.reserved_by_kind)
        self.assertIn("not on record", self._summary(earlier))
        self.assert_books_hold()

    def _summary(self, statement):
        return str(
            self.env["ir.qweb"]._render(
                "smart_activity_billing.statement_summary", {"statement": statement}
            )
        )

    def test_months_follow_each_other_from_the_first_entry_on(self):
        self._sell(100, "2025-02-10")
        self._sell(300, "2025-05-10")
        self._make(5)
        statements = self.Statement.search(
            [("activity_id", "=", self.workshop.id)], order="date_to"
        )
        self.assertEqual([one.date_from.month for one in statements], [2, 3, 4, 5])
        self.assertEqual(statements.mapped("closing"), [93.5, 93.5, 93.5, 374.0])
        self.assertEqual(statements.mapped("line_count"), [2, 0, 0, 2])
        self.assertFalse(self.Statement.search([("activity_id", "=", self.studio.id)]))
        self.assert_statements_hold()

    def test_booked_later(self):
        self._sell(1000)
        self._make(3)
        self._sell(200, "2025-03-31")
        self._sell(400, "2025-04-02")
        self.assert_books_hold()
        self._make(4)
        april = self._of(self.workshop, 4)
        self.assertEqual(self._figures(april), (935, 600, -39, 0, 0, 1496))
        self.assertEqual(april.booked_later, 187)
        self.assertEqual([line.late for line in april._get_lines()], [True, True, False, False])
        self.assertEqual(self._of(self.workshop, 3).closing, 935)
        self.assert_statements_hold()

    def test_reset_to_draft_is_taken_back_and_posted_again_told_anew(self):
        invoice = self._sell(1000)
        self._make(3)
        invoice.button_draft()
        self.assert_books_hold()
        self._make(4)
        april = self._of(self.workshop, 4)
        self.assertEqual(self._figures(april), (935, -1000, 65, 0, 0, 0))
        self.assertEqual(
            {line.corrects for line in april._get_lines()}, {f"{self.workshop.code}/2025-03"}
        )
        self.assertEqual({line.document for line in april._get_lines()}, {invoice.name})
        invoice.invoice_line_ids.price_unit = 800
        invoice.action_post()
        self._make(5)
        may = self._of(self.workshop, 5)
        self.assertEqual(self._figures(may), (0, 800, -52, 0, 0, 748))
        self.assertEqual(may.booked_later, 748)
        self._make(6)
        self.assertEqual(self._figures(self._of(self.workshop, 6)), (748, 0, 0, 0, 0, 748))
        self.assert_statements_hold()

    def test_moved_to_another_month_meanwhile(self):
        invoice = self._sell(1000)
        self._make(3)
        invoice.button_draft()
        invoice.invoice_date = "2025-05-05"
        invoice.action_post()
        self._make(5)
        self.assertEqual(self._figures(self._of(self.workshop, 4)), (935, -1000, 65, 0, 0, 0))
        self.assertEqual(self._figures(self._of(self.workshop, 5)), (0, 1000, -65, 0, 0, 935))
        self.assert_statements_hold()

    def test_credit_notes(self):
        invoice = self._sell(1000)
        self._make(3)
        self._refund(invoice, price=400)
        self._make(4)
        self.assertEqual(self._figures(self._of(self.workshop, 4)), (935, -400, 26, 0, 0, 561))
        self.assert_statements_hold()

    def test_a_line_of_two_activities(self):
        self._invoice(self._line(0.01, {self.workshop: 50, self.studio: 50}))
        self._invoice(self._line(99.99, {self.workshop: 33.33, self.studio: 66.67}))
        self._make(3)
        closings = sum((self._of(one, 3).closing for one in self.workshop | self.studio), 0.0)
        balances = self.workshop.balance + self.studio.balance
        self.assertAlmostEqual(closings, balances, places=9)
        self.assert_statements_hold()

    def test_the_same_whatever_happens_later(self):
        invoice = self._sell(1000)
        self._make(3)
        statement = self._of(self.workshop, 3)

        def render():
            self.env.invalidate_all()
            html, _kind = (
                self.env["ir.actions.report"]
                .sudo()
                ._render_qweb_html("smart_activity_billing.report_statement", statement.ids)
            )
            return html

        before = render()
        self.assertIn(b"Workshop", before)
        self.assertIn(b"935.00", before)
        self.workshop.name = "Renamed"
        self.member.sudo().partner_id.name = "Married"
        invoice.button_draft()
        self.assertEqual(render(), before)

    def test_in_the_language_of_the_member(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.member.sudo().partner_id.lang = "nl_BE"
        self._sell(1234)
        self._make(3)
        html, _kind = (
            self.env["ir.actions.report"]
            .sudo()
            ._render_qweb_html(
                "smart_activity_billing.report_statement", self._of(self.workshop, 3).ids
            )
        )
        self.assertIn("maart 2025", html.decode())

    def test_table_of_a_spreadsheet(self):
        self._sell(1000)
        self._make(3)
        _title, headers, rows = self._of(self.workshop, 3)._get_table()
        self.assertEqual(len(headers), 6)
        self.assertEqual([row[-1] for row in rows], [0.0, 1000.0, 935.0, 935.0])

    # ------------------------------------------------------------------
    # It stays
    # ------------------------------------------------------------------

    def test_orm_refuses(self):
        self._sell(1000)
        self._make(3)
        statement = self._of(self.workshop, 3)
        with self.assertRaises(UserError):
            statement.write({"closing": 1})
        with self.assertRaises(UserError):
            statement.unlink()
        with self.assertRaises(UserError):
            self.Statement.create({"name": "Mine", "activity_id": self.workshop.id})

    @mute_logger("odoo.sql_db")
    def test_database_refuses(self):
        self._sell(1000)
        self._make(3)
        self.env.flush_all()
        for query in (
            "UPDATE coop_activity_statement SET closing = 1",
            "DELETE FROM coop_activity_statement",
            "TRUNCATE coop_activity_statement",
        ):
            with self.assertRaises(RestrictViolation), self.env.cr.savepoint():
                self.env.cr.execute(query)

    @mute_logger("odoo.sql_db")
    def test_database_lets_nothing_in_that_does_not_follow(self):
        self._sell(1000)
        self._make(3)
        statement = self._of(self.workshop, 3)
        names = [
            name for name in CHAINED_COLUMNS if name not in ("id", "name", "date_from", "date_to")
        ]
        copied = ", ".join(names)
        for day in ("2025-03-01", "2025-05-01", "2025-04-01"):
            # Twice the same month, a gap, and an opening that is not the closing before.
            with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self.env.cr.execute(
                    f"INSERT INTO coop_activity_statement (name, date_from, date_to, {copied}) "
                    "SELECT 'X', %(day)s::date, "
                    "(%(day)s::date + interval '1 month' - interval '1 day')::date, "
                    f"{copied} FROM coop_activity_statement WHERE id = %(id)s",
                    {"day": day, "id": statement.id},
                )

    def test_who_changes_a_byte_is_found(self):
        self._sell(1000)
        self._sell(500, "2025-04-10")
        self._make(5)
        statements = self.Statement.search(
            [("activity_id", "=", self.workshop.id)], order="date_to"
        )
        columns = set(CHAINED_COLUMNS) - {"id"} | {"hash"}
        # One without statements: their numbers are unique in a company.
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})

        @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(
            place=st.integers(0, 2),
            column=st.sampled_from(sorted(columns)),
            text=st.text(
                st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=3
            ),
        )
        def change(place, column, text):
            expression, value = self._get_other_value(column, text, elsewhere)
            with self.env.cr.savepoint() as savepoint:
                self._falsify(statements[place], column, expression, value)
                self.assertEqual(self.Statement._verify_chain(self.company), statements[place])
                savepoint.rollback()
            self.env.invalidate_all()

        change()
        self.assertFalse(self.Statement._verify_chain(self.company))

    def _get_other_value(self, column, text, elsewhere):
        """Return what makes a column another one, as SQL with one parameter, and that parameter."""
        kind = self.Statement._fields[column].type
        if kind == "many2one":
            currencies = self.env.ref("base.USD") + self.env.ref("base.EUR")
            other = {
                "company_id": elsewhere,
                "activity_id": self.studio,
                "partner_id": self.client_partner,
                "currency_id": currencies - self.company.currency_id,
            }[column][:1]
            return "%s", other.id
        changes = {
            "char": "COALESCE({0}, '') || %s",
            "text": "{0} || %s",
            "monetary": "{0} + length(%s)",
            "integer": "{0} + length(%s)",
            "date": "{0} + length(%s)",
            "datetime": "{0} + length(%s) * interval '1 second'",
            "json": "jsonb_build_array({0}, %s::text)",
        }
        return changes[kind].format(column), text

    def _falsify(self, statement, column, expression, value):
        """Change a column of a statement as who owns the database can."""
        self.env.cr.execute(
            "ALTER TABLE coop_activity_statement DISABLE TRIGGER USER;"
            "ALTER TABLE coop_activity_statement "
            "DROP CONSTRAINT IF EXISTS coop_activity_statement_adds_up, "
            "DROP CONSTRAINT IF EXISTS coop_activity_statement_whole_month;"
        )
        self.env.cr.execute(
            f"UPDATE coop_activity_statement SET {column} = {expression} WHERE id = %s",
            [value, statement.id],
        )

    def test_a_deleted_statement_is_missed(self):
        self._sell(1000)
        self._make(5)
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE coop_activity_statement DISABLE TRIGGER USER")
        self.env.cr.execute(
            "DELETE FROM coop_activity_statement WHERE id = %s", [self._of(self.workshop, 4).id]
        )
        self.env.cr.execute("ALTER TABLE coop_activity_statement ENABLE TRIGGER USER")
        self.env.invalidate_all()
        self.assertEqual(self.Statement._verify_chain(self.company), self._of(self.workshop, 5))

    # ------------------------------------------------------------------
    # The nightly check
    # ------------------------------------------------------------------

    def _checks(self):
        return {row["check"] for row in self.env["coop.ledger.check"]._run(self.company)}

    def test_check_names_what_was_changed(self):
        self._sell(1000)
        self._make(3)
        statement = self._of(self.workshop, 3)
        self._break(statement, other=5, closing=940)
        self.assertEqual(
            self._checks(), {"statement_ledger", "statement_changes", "statement_chain"}
        )
        self._break(statement, partner_name="Somebody", other=0, closing=935)
        self.assertEqual(self._checks(), {"statement_chain"})

    def test_check_names_sums_that_do_not_fit(self):
        self._sell(1000)
        self._make(4)
        self._break(self._of(self.workshop, 4), opening=900, closing=900)
        self.assertIn("statement_sum", self._checks())

    def test_check_names_what_a_statement_left_out(self):
        self._sell(1000)
        self._make(3)
        late = self._sell(100)
        self.assert_books_hold()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_analytic_line SET create_date = create_date - interval '3 days' "
            "WHERE move_line_id = ANY(%s)",
            [late.line_ids.ids],
        )
        self.assertEqual(self._checks(), {"statement_ledger"})

    # ------------------------------------------------------------------
    # Contacts
    # ------------------------------------------------------------------

    def test_merging_contacts_keeps_who_is_named(self):
        self._sell(1000)
        self._make(3)
        partner = self.member.sudo().partner_id
        double = self.env["res.partner"].sudo().create({"name": "Member under Test"})
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo().create({})
        wizard._merge((partner | double).ids, double)
        self.assertFalse(double.exists())
        self.assertEqual(self._of(self.workshop, 3).partner_id, partner)
        other = self._create_member("Other")
        self._sell(
            10,
            activity=self.env["coop.activity"].create(
                {"name": "Other", "membership_id": other.id, "state": "open"}
            ),
        )
        self._make(4)
        with self.assertRaisesRegex(UserError, "never rewritten"):
            wizard._merge((partner | other.sudo().partner_id).ids, partner)

    def test_part_of_what_is_known_of_a_person(self):
        self._sell(1000)
        self._make(3)
        data = self.env["coop.personal.data"].sudo()
        found = {
            part.records._name: part
            for part in data._find(self.member.sudo().partner_id, self.company)
        }
        self.assertEqual(found["coop.activity.statement"].records, self._of(self.workshop, 3))
        self.assertTrue(found["coop.activity.statement"].own)
        self.assertEqual(data._get_rule("coop.activity.statement").action, "keep")
