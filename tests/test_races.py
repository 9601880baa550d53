"""Spendings, numbers, credit notes and forms of several people at the same moment."""

import random
import uuid
from decimal import Decimal

from race import RaceCase

from odoo.exceptions import UserError


class AbandonedError(UserError):
    """Somebody changed their mind after the number was given: the transaction rolls back."""


class TestBudgetRaces(RaceCase):
    """Money that is there once is promised once, however many ask for it."""

    def _make_rich_activity(self, amount):
        """Return the id of a new Activity with so much available."""
        with self.connection() as env:
            activity = self._make_activity(env)
            self._give_money(env, activity, amount)
            return activity.id

    def _reserve(self, activity_id, amount):
        def call(env):
            reservation = env["coop.activity"].browse(activity_id)._reserve(amount, "expense")
            return reservation.id

        return call

    def _assert_reserved(self, activity_id, reserved, available):
        with self.connection() as env:
            activity = env["coop.activity"].browse(activity_id)
            held = sum(activity.reservation_ids.mapped("remaining"))
            self.assertEqual((activity.reserved_amount, activity.available), (reserved, available))
            self.assertAlmostEqual(held, reserved, places=2)
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(list(env["coop.ledger.check"]._check_reservations(company)), [])

    def test_forty_spendings_of_ten_on_a_hundred(self):
        activity_id = self._make_rich_activity(100)
        outcomes = self.at_once([self._reserve(activity_id, 10)] * 40)
        refusals = [outcome for outcome in outcomes if isinstance(outcome, UserError)]
        granted = {outcome for outcome in outcomes if isinstance(outcome, int)}
        self.assertEqual((len(granted), len(refusals)), (10, 30))
        for refusal in refusals:
            self.assertRegex(
                str(refusal), r"^\[A\d{5}\] Pottery has .*0\.00.* available, .*10\.00.* is asked"
            )
        self._assert_reserved(activity_id, 100, 0)

    def test_spend_and_give_back_while_others_reserve(self):
        """Ten bookings, ten releases and twenty new spendings meet on one Activity."""
        activity_id = self._make_rich_activity(1000)
        with self.connection() as env:
            activity = env["coop.activity"].browse(activity_id)
            held = [activity._reserve(20, "purchase").id for _number in range(20)]

        def consume(reservation_id):
            return lambda env: env["coop.budget.reservation"].browse(reservation_id)._consume(15)

        def release(reservation_id):
            def call(env):
                env["coop.budget.reservation"].browse(reservation_id)._release()
                return 0.0

            return call

        calls = [consume(reservation_id) for reservation_id in held[:10]]
        calls += [release(reservation_id) for reservation_id in held[10:]]
        calls += [self._reserve(activity_id, 10)] * 10
        random.Random(6).shuffle(calls)
        outcomes = self.at_once(calls)
        self.assertFalse([outcome for outcome in outcomes if isinstance(outcome, UserError)])
        # 10 x 5 are left of what was booked, 10 x 10 are new.
        self._assert_reserved(activity_id, 150, 850)

    def test_one_reservation_booked_and_released_at_once(self):
        """Two bookings and a release of the same money: it goes once."""
        activity_id = self._make_rich_activity(100)
        with self.connection() as env:
            reservation_id = env["coop.activity"].browse(activity_id)._reserve(60, "pledge").id

        def consume(env):
            return env["coop.budget.reservation"].browse(reservation_id)._consume(60)

        def release(env):
            env["coop.budget.reservation"].browse(reservation_id)._release()
            return 0.0

        outcomes = self.at_once([consume, consume, release])
        self.assertIn(sum(outcomes), (0, 60))
        self._assert_reserved(activity_id, 0, 100)


class TestCodeRaces(RaceCase):
    """Codes of Activities have no gap and no double."""

    def test_codes_with_random_rollbacks(self):
        def create(seed):
            chance = random.Random(seed)

            def call(env):
                activity = self._make_activity(env, name=f"Activity {seed}")
                env.flush_all()
                if chance.random() < 0.4:
                    raise AbandonedError(activity.code)
                return activity.code

            return call

        outcomes = self.at_once([create(seed) for seed in range(24)])
        codes = sorted(outcome for outcome in outcomes if not isinstance(outcome, AbandonedError))
        self.assertLess(len(codes), 24, "nobody rolled back")
        self.assertEqual(codes, [f"A{number:05d}" for number in range(1, len(codes) + 1)])
        with self.connection() as env:
            found = env["coop.activity"].search([("company_id", "=", self.company_id)])
            self.assertEqual(sorted(found.mapped("code")), codes)


class TestInvoiceRaces(RaceCase):
    """Documents of one family, and one form sent twice."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id

    def _post(self, move_id):
        def call(env):
            move = env["account.move"].browse(move_id)
            move.action_post()
            return move.contribution_amount

        return call

    def _reverse(self, invoice, price):
        credit_note = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
        credit_note.invoice_line_ids.price_unit = price
        return credit_note.id

    def test_credit_notes_of_one_invoice_at_once(self):
        """One by one 3.33 and 6.67 of 10.00 would give back 0.22 and 0.43; so together."""
        for parts in ([3.33, 6.67], [2.5, 2.5, 2.5, 2.5], [0.07] * 6 + [9.58]):
            with self.subTest(parts=parts):
                with self.connection() as env:
                    activity = self._make_activity(env)
                    client = env["res.partner"].browse(self.client_id)
                    invoice = self._make_invoice(env, client, activity, 10)
                    invoice.action_post()
                    self.assertEqual(invoice.contribution_amount, 0.65)
                    notes = [self._reverse(invoice, price) for price in parts]
                amounts = self.at_once([self._post(note_id) for note_id in notes])
                total = sum(Decimal(str(round(amount, 2))) for amount in amounts)
                self.assertEqual(total, Decimal("-0.65"))
                with self.connection() as env:
                    activity = env["coop.activity"].browse(activity.id)
                    self.assertEqual(activity.balance, 0)
                    company = env["res.company"].browse(self.company_id)
                    self.assertEqual(env["coop.ledger.check"]._run(company), [])

    def test_invoices_of_one_activity_at_once(self):
        """Different invoices: numbers without double, every contribution booked."""
        with self.connection() as env:
            activity = self._make_activity(env)
            client = env["res.partner"].browse(self.client_id)
            drafts = [self._make_invoice(env, client, activity, 100).id for _number in range(8)]
        amounts = self.at_once([self._post(move_id) for move_id in drafts])
        self.assertEqual(amounts, [6.5] * 8)
        with self.connection() as env:
            names = env["account.move"].browse(drafts).mapped("name")
            self.assertEqual(len(set(names)), 8)
            self.assertEqual(env["coop.activity"].browse(activity.id).balance, 748)

    def test_one_form_sent_twice(self):
        """A double click, both requests in flight: one invoice, shown to both."""
        with self.connection() as env:
            activity = self._make_activity(env)
        values = {
            "token": str(uuid.uuid4()),
            "ref": "",
            "comment": "",
            "invoice_date": False,
            "lines": [{"name": "Vase", "quantity": 1.0, "price_unit": 80.0, "tax_ids": []}],
            "files": [],
            "removed_files": [],
        }

        def submit(env):
            own = env["coop.activity"].browse(activity.id)
            invoice = env["coop.invoice.submission"]._create(
                values
                | {
                    "activity": own,
                    "partner": env["res.partner"].browse(self.client_id),
                    "currency": own.currency_id,
                },
                own.partner_id,
            )
            return invoice.id

        made = self.at_once([submit] * 4)
        self.assertEqual(len(set(made)), 1)
        with self.connection() as env:
            invoices = env["account.move"].search([("activity_id", "=", activity.id)])
            self.assertEqual(invoices.ids, made[:1])
            self.assertEqual(invoices.amount_untaxed, 80)
