"""Entries that are booked while the figures of transparency are brought up to date."""

from race import RaceCase


class TestTransparencyRaces(RaceCase):
    """Nothing is missed, and nobody who books waits for the update."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id
            cls.activity_id = cls._make_activity(env).id

    def _book(self, env):
        client = env["res.partner"].browse(self.client_id)
        activity = env["coop.activity"].browse(self.activity_id)
        self._make_invoice(env, client, activity, 100).action_post()
        return "booked"

    def _update(self, env):
        company = env["res.company"].browse(self.company_id)
        return env["coop.transparency.update"]._update(company).month_count

    def test_what_is_booked_during_an_update_is_summed_up_by_the_next(self):
        with self.connection() as env:
            self._book(env)
            self._update(env)
        for _round in range(3):
            found = self.at_once([self._book, self._update, self._book, self._update])
            self.assertEqual(found.count("booked"), 2)
        with self.connection() as env:
            self._update(env)
        with self.connection() as env:
            company = env["res.company"].browse(self.company_id)
            notes = env["coop.transparency.change"].search([("company_id", "=", company.id)])
            self.assertFalse(notes)
            rows = env["coop.transparency.month"].search([("activity_id", "=", self.activity_id)])
            self.assertEqual(sum(rows.mapped("invoiced")), 700)
            self.assertEqual(list(env["coop.ledger.check"]._check_transparency_months(company)), [])
