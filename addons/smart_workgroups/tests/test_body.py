from datetime import timedelta

from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation, UniqueViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .governance_common import GovernanceCase


@tagged("post_install", "-at_install")
class TestBody(GovernanceCase):
    """Who sits where, on any day, and never more than there are seats."""

    def test_data(self):
        for kind, seats, months in (("board", 18, 48), ("ethics", 15, 24), ("assembly", 0, 0)):
            body = self.env.ref(f"smart_workgroups.body_{kind}").sudo()
            self.assertEqual((body.kind, body.seats, body.term_months), (kind, seats, months))

    def test_give_a_mandate(self):
        """The term of the body says until when; the days are whole."""
        with Form(self.env["coop.mandate"].with_user(self.secretary)) as form:
            form.body_id = self.committee
            form.partner_id = self.portal.partner_id
            form.date_start = "2026-03-01"
            self.assertEqual(form.date_end.isoformat(), "2028-02-29")
            form.origin_reference = "Assembly of 1 March, point 4"
        mandate = self.committee.mandate_ids.filtered(
            lambda one: one.partner_id == self.portal.partner_id
        )
        self.assertEqual(mandate.term_end, mandate.date_end)

    def test_who_sits_on_a_day(self):
        self.mandate.date_end = self.today + timedelta(days=10)
        board, person = self.board, self.director.partner_id
        self.assertEqual(board._members_on(), person | self.second)
        self.assertEqual(board._members_on(self.today + timedelta(days=10)), person | self.second)
        self.assertEqual(board._members_on(self.today + timedelta(days=11)), self.second)
        self.assertFalse(board._members_on(self.today - timedelta(days=1)))
        self.assertTrue(person._holds_mandate("board", self.today, self.company))
        self.assertFalse(person._holds_mandate("board", self.today, self.other_company))
        self.assertFalse(person._holds_mandate("ethics", self.today, self.company))
        past = self.today + timedelta(days=11)
        self.assertFalse(person._holds_mandate("board", past, self.company))
        self.assertEqual(board.mandate_ids._active(past), self.second_mandate)

    def test_observers_take_no_seat_and_hold_no_mandate(self):
        self._mandate(self.portal.partner_id)
        watching = self._mandate(self.portal_other.partner_id, role="observer")
        self.assertEqual((self.board.filled, self.board.vacant), (3, 0))
        self.assertFalse(self.portal_other.partner_id._holds_mandate("board"))
        with self.assert_refused(ValidationError, "Board has 3 seats, all taken"):
            watching.role = "member"

    def test_seats(self):
        self._mandate(self.portal.partner_id)
        with self.assert_refused(ValidationError, "Board has 3 seats, all taken on"):
            self._mandate(self.portal_other.partner_id)
        with self.assert_refused(ValidationError, "Board has 2 seats"):
            self.board.seats = 2
        # Whoever begins when somebody else ended finds the seat.
        self.mandate.date_end = self.today + timedelta(days=30)
        later = self._mandate(self.portal_other.partner_id, start=31)
        with self.assert_refused(ValidationError, "all taken"):
            later.date_start = self.today + timedelta(days=30)
        with self.assert_refused(ValidationError, "all taken"):
            self.mandate.date_end = self.today + timedelta(days=31)

    def test_vacant_is_found(self):
        Body = self.env["coop.body"]
        company = ("company_id", "=", self.company.id)
        self.assertEqual(Body.search([company, ("vacant", ">", 0)]), self.board | self.committee)
        self._mandate(self.portal.partner_id)
        self.assertEqual(Body.search([company, ("vacant", ">", 0)]), self.committee)
        self.assertEqual(Body.search([company, ("vacant", "=", 0)]), self.board)

    @mute_logger("odoo.sql_db")
    def test_no_overlap(self):
        """The database refuses it, whoever writes."""
        with self.assertRaises(ExclusionViolation), self.cr.savepoint():
            self._mandate(self.director.partner_id, start=100)
        self._mandate(self.portal.partner_id, role="chair")
        with self.assertRaises(ExclusionViolation), self.cr.savepoint():
            self.mandate.role = "chair"
            self.env.flush_all()
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            self.board.copy({"name": "Second Board"})

    def test_a_mandate_stays_as_it_was_given(self):
        with self.assert_refused(UserError, "stays as it was given"):
            self.mandate.partner_id = self.portal.partner_id
        with self.assert_refused(UserError, "stays in the records"):
            self.mandate.unlink()
        with self.assert_refused(UserError, "stays in the records"):
            self.mandate.active = False
        self._mandate(self.portal.partner_id, start=5).unlink()

    def test_members_only(self):
        outsider = self.env["res.partner"].create({"name": "Outsider"})
        with self.assert_refused(UserError, "Outsider is no member of Cooperative under Test"):
            self._mandate(outsider)
        self.board.members_only = False
        self.assertTrue(self._mandate(outsider))

    def test_replace(self):
        end = self.mandate.term_end
        self.mandate.action_end()
        with Form(self.Mandate.with_context(self.mandate.action_replace()["context"])) as form:
            form.partner_id = self.portal.partner_id
            self.assertEqual(form.date_end, end)
        new = self.Mandate.search([("replaced_id", "=", self.mandate.id)])
        self.assertEqual(new.date_start, self.today + timedelta(days=1))
        self.assertEqual(new.state, "coming")
        with self.assert_refused(ValidationError, "cannot take over from"):
            new.date_start = self.today

    def test_states_are_found(self):
        coming = self._mandate(self.portal.partner_id, start=5)
        over = self._mandate(self.portal_other.partner_id, self.committee, start=-9)
        over.date_end = self.today - timedelta(days=2)
        for state, expected in (
            ("coming", coming),
            ("ended", over),
            ("running", self.mandate | self.second_mandate | self.ethics_mandate),
        ):
            found = self.Mandate.search(
                [("company_id", "=", self.company.id), ("state", "=", state)]
            )
            self.assertEqual(found, expected)
            self.assertEqual(set(found.mapped("state")), {state})

    # ------------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------------

    def test_remind_once(self):
        self.assertFalse(self.mandate.activity_ids)
        with freeze_time(self.mandate.date_end - timedelta(days=89)):
            self.Mandate._cron_remind()
            self.Mandate._cron_remind()
        activity = self.mandate.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.secretary)
        self.assertIn("g_director", activity.summary)
        self.assertFalse(self.ethics_mandate.activity_ids)
        self.mandate.date_end = self.mandate.date_end + timedelta(days=365)
        self.assertFalse(self.mandate.reminded)

    def test_who_leaves_ends_the_mandate(self):
        coming = self._mandate(self.director.partner_id, self.committee, start=20)
        place = self.env["coop.representation"].create(
            {
                "partner_id": self.director.partner_id.id,
                "organisation": "Federation",
                "company_id": self.company.id,
            }
        )
        membership = self.director.partner_id.sudo().membership_ids
        membership._end(self.today, "resignation")
        self.assertEqual(self.mandate.date_end, self.today)
        self.assertEqual(self.mandate.end_reason, "Left the co-operative")
        self.assertEqual(self.mandate.activity_ids.user_id, self.secretary)
        self.assertIn("find who takes over", self.mandate.activity_ids.summary)
        self.assertFalse(coming.active)
        self.assertEqual(place.date_end, self.today)
        self.assertIn("Federation", place.activity_ids.summary)
        self.assertFalse(self.second_mandate.activity_ids)

    def test_representation_reports(self):
        Representation = self.env["coop.representation"]
        place = Representation.create(
            {
                "partner_id": self.portal.partner_id.id,
                "organisation": "Federation",
                "report_due": self.today + timedelta(days=10),
            }
        )
        Representation._cron_remind()
        Representation._cron_remind()
        self.assertEqual(len(place.activity_ids), 1)
        self.assertEqual(place.report_state, "due")
        with freeze_time(self.today + timedelta(days=11)):
            late = Representation.search([("report_state", "=", "late")])
            self.assertIn(place, late)
        with self.assert_refused(UserError, "Write the report"):
            place.action_reported()
        place.report = "<p>They want to join us.</p>"
        place.action_reported()
        self.assertFalse(place.report_due)
        self.assertFalse(place.activity_ids)
        self.assertIn("They want to join us.", place.message_ids[0].body)

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def test_training_done_or_missing(self):
        accounts = self.env["coop.training"].create(
            {
                "name": "Reading accounts",
                "body_ids": self.board.ids,
                "valid_months": 24,
                "company_id": self.company.id,
            }
        )
        leading = self.env["coop.training"].create(
            {
                "name": "Leading meetings",
                "body_ids": self.board.ids,
                "role": "chair",
                "company_id": self.company.id,
            }
        )
        self.mandate.role = "chair"
        self.assertEqual(self.mandate.missing_training_ids, accounts | leading)
        self.assertEqual(self.second_mandate.missing_training_ids, accounts)
        record = self.env["coop.training.record"].create(
            {"training_id": accounts.id, "partner_id": self.second.id, "date": self.today}
        )
        self.env.invalidate_all()
        self.assertFalse(self.second_mandate.missing_training_ids)
        own = ("company_id", "=", self.company.id)
        found = self.Mandate.search([own, ("missing_training_ids", "!=", False)])
        self.assertEqual(found, self.mandate)
        with freeze_time(record.valid_until + timedelta(days=1)):
            self.env.invalidate_all()
            self.assertEqual(self.second_mandate.missing_training_ids, accounts)
