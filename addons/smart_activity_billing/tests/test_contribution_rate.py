import math

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ActivityCase


@tagged("post_install", "-at_install")
class TestContributionRate(ActivityCase):
    def _create(self, date_from, rate):
        return self.env["coop.contribution.rate"].create({"date_from": date_from, "rate": rate})

    def test_only_percentages_are_rates(self):
        for bad in (math.nan, math.inf, -math.inf, "six", None, [6.5]):
            with self.assertRaisesRegex(ValidationError, "6.5"):
                self._create("2030-01-01", bad)
        for bad in (-0.01, 100.01):
            with (
                self.assertRaises(Exception) as caught,
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._create("2030-01-01", bad)
            self.assertIn("rate_range", str(caught.exception))
        self.assertEqual(self._create("2030-01-01", 0).rate, 0)
        self.assertEqual(self._create("2031-01-01", 100).rate, 100)

    @mute_logger("odoo.sql_db")
    def test_one_rate_a_day(self):
        with self.assertRaisesRegex(Exception, "unique_date"), self.env.cr.savepoint():
            self._create("2015-01-01", 7)

    def test_a_used_rate_stays(self):
        self._invoice(self._line(100, {self.workshop: 100}))
        for vals in ({"rate": 7}, {"date_from": "2016-01-01"}):
            with self.assertRaisesRegex(UserError, "used by posted invoices"):
                self.rate.write(vals)
        with self.assertRaisesRegex(UserError, "used by posted invoices"):
            self.rate.unlink()
        self.rate.note = "General Assembly of 2015"

    def test_an_unused_rate_can_be_corrected(self):
        rate = self._create("2030-01-01", 7)
        rate.rate = 6.75
        self.assertEqual(rate.rate, 6.75)
        rate.unlink()

    def test_a_new_rate_does_not_change_the_past(self):
        invoice = self._invoice(self._line(100, {self.workshop: 100}))
        with self.assertRaisesRegex(UserError, invoice.name), self.env.cr.savepoint():
            self._create("2025-03-10", 7)
        later = self._create("2025-03-11", 7)
        with self.assertRaisesRegex(UserError, invoice.name), self.env.cr.savepoint():
            later.date_from = "2025-03-01"

    def test_companies_have_their_own_rates(self):
        other = self.setup_other_company()["company"]
        self.env["coop.contribution.rate"].sudo().create(
            {"company_id": other.id, "date_from": "2015-01-01", "rate": 9}
        )
        invoice = self._invoice(self._line(100, {self.workshop: 100}))
        self.assertEqual(invoice.contribution_amount, 6.5)

    def test_only_accounting_managers_set_rates(self):
        billing = new_test_user(
            self.env(su=True),
            "test_rate_billing",
            "account.group_account_invoice",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.assertEqual(self.rate.with_user(billing).rate, 6.5)
        with self.assertRaises(AccessError):
            self.rate.with_user(billing).rate = 1
        with self.assertRaises(AccessError):
            self.env["coop.contribution.rate"].with_user(billing).create(
                {"date_from": "2030-01-01", "rate": 1}
            )

    def test_nothing_else_sets_a_rate(self):
        """A rate or an amount written on an invoice by RPC is refused, or not what is booked."""
        for forged in ({"contribution_rate": 1.0}, {"contribution_base": 5}):
            with self.assertRaises(UserError):
                self._invoice(self._line(1000, {self.workshop: 100}, **forged), post=False)
        invoice = self._invoice(self._line(1000, {self.workshop: 100}), post=False)
        invoice.contribution_amount = 1
        invoice.action_post()
        self.assertEqual(self._contributions(invoice), {self.workshop: (1000.0, 65.0)})
