from datetime import timedelta

import psycopg2
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import SQL, mute_logger

from .ethics_common import EthicsCase


@tagged("post_install", "-at_install")
class TestEthics(EthicsCase):
    # ------------------------------------------------------------------
    # From a question to an opinion
    # ------------------------------------------------------------------

    def test_asked_once(self):
        case = self._case()
        self.assertEqual(self._case(), case)
        self.assertNotEqual(self._case(token="another-form"), case)
        self.assertEqual((case.state, case.origin), ("asked", "member"))
        self.assertEqual(case.date_asked, fields.Date.context_today(case))
        self.assertRegex(case.name, r"^E\d{5}$")

    def test_about_one_thing(self):
        sector = self.env["coop.sector"].search([], limit=1)
        with self.assertRaises(psycopg2.errors.CheckViolation), mute_logger("odoo.sql_db"):
            self._case(sector_id=sector.id)

    def test_examined_on_three_axes(self):
        case = self._case().with_user(self.ethics)
        with self.assertRaises(AccessError):
            case.with_user(self.dora).action_examine()
        case.action_examine()
        self.assertEqual(set(case.answer_ids.mapped("axis")), {"work", "purpose", "footprint"})
        with Form(case.answer_ids[0]) as form:
            form.finding = "mixed"
            form.text = "Late payments"
        with self.assertRaisesRegex(UserError, r"Questions that have no finding yet: 8"):
            case.opinion_ids.action_open_vote()
        case.answer_ids.write({"finding": "good"})
        with self.assertRaisesRegex(UserError, "conclusion"):
            case.opinion_ids.action_open_vote()
        with self.assertRaises(UserError):
            case.write({"question": "<p>Another question</p>"})

    def test_vote_with_dissent(self):
        opinion = self._voting()
        self.assertEqual(opinion.case_id.state, "vote")
        with self.assertRaisesRegex(UserError, "0 of 3 voted"):
            opinion.action_publish()
        opinion.action_vote_against()
        opinion.action_vote_for()
        opinion.with_user(self.bea).action_abstain()
        opinion.with_user(self.carl).action_vote_against()
        with self.assertRaisesRegex(UserError, "no majority: 1 for, 1 against"):
            opinion.action_publish()
        opinion.with_user(self.bea).action_vote_for()
        with self.assertRaisesRegex(UserError, "dissenting"):
            opinion.action_publish()
        opinion.with_user(self.carl).dissent = "<p>No<script>alert(1)</script></p>"
        opinion.action_publish()
        counts = (opinion.voters, opinion.votes_for, opinion.votes_against, opinion.abstentions)
        self.assertEqual(counts, (3, 2, 1, 0))
        self.assertNotIn("script", opinion.dissent)
        self.assertEqual(opinion.case_id.state, "published")
        self.assertEqual(opinion.case_id.reply_deadline, fields.Date.today() + timedelta(days=60))

    def test_text_stays_during_the_vote(self):
        opinion = self._voting()
        with self.assertRaises(UserError):
            opinion.majority = "<p>Something else</p>"
        opinion.action_vote_for()
        opinion.action_reopen()
        self.assertFalse(opinion.vote_ids)
        opinion.majority = "<p>Something else</p>"
        with self.assertRaises(UserError):
            opinion.action_vote_for()

    def test_figures_are_nobody_s_to_write(self):
        opinion = self._voting()
        for values in ({"votes_for": 15}, {"state": "published"}):
            with self.assertRaises(UserError):
                opinion.write(values)
        with self.assertRaises(AccessError):
            self.env["coop.ethics.vote"].with_user(self.ethics).create(
                {
                    "opinion_id": opinion.id,
                    "partner_id": self.bea.partner_id.id,
                    "choice": "for",
                }
            )

    def test_declined_with_a_reason(self):
        case = self._case().with_user(self.ethics)
        action = case.action_decline()
        Decline = self.env[action["res_model"]].with_user(self.ethics)
        with Form(Decline.with_context(**action["context"])) as form:
            form.reason = "The mediator helps"
        form.record.action_decline()
        self.assertEqual((case.state, case.refusal_reason), ("declined", "The mediator helps"))
        mail = self.env["mail.mail"].search([("recipient_ids", "in", self.asker.ids)])
        self.assertIn(case.name, mail.subject)
        self.assertNotIn("flour", mail.subject + mail.body_html)

    # ------------------------------------------------------------------
    # Conflicts of interest, mandates
    # ------------------------------------------------------------------

    def test_conflict_declared(self):
        opinion = self._voting()
        opinion.with_user(self.bea).action_vote_for()
        action = opinion.case_id.with_user(self.bea).action_declare_conflict()
        Conflict = self.env[action["res_model"]].with_user(self.bea)
        with Form(Conflict.with_context(**action["context"])) as form:
            form.reason = "My sister mills"
        self.assertFalse(opinion.vote_ids)
        self.env.invalidate_all()
        for call in (
            lambda: opinion.with_user(self.bea).action_vote_for(),
            lambda: opinion.with_user(self.bea).read(["majority"]),
            lambda: opinion.case_id.with_user(self.bea).write({"rapporteur_id": False}),
        ):
            with self.assertRaises(AccessError):
                call()
        self.assertEqual(len(opinion.case_id._get_voters()), 2)
        with self.assertRaises(UserError):
            form.record.write({"reason": "None after all"})

    def test_nobody_is_shut_out_by_others(self):
        case = self._case()
        conflict = (
            self.env["coop.ethics.conflict"]
            .with_user(self.bea)
            .create(
                {"case_id": case.id, "partner_id": self.carl.partner_id.id, "reason": "He is late"}
            )
        )
        self.assertEqual(conflict.partner_id, self.bea.partner_id)

    def test_manager_has_a_conflict(self):
        opinion = self._voting()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            opinion.with_user(self.dora).action_vote_for()
        self.assertNotIn(self.dora.partner_id, opinion.case_id._get_voters())

    def test_mandate_ends(self):
        opinion = self._voting()
        opinion.with_user(self.bea).action_vote_for()
        mandate = self.Mandate.search([("partner_id", "=", self.bea.partner_id.id)])
        mandate.date_start = self.today - timedelta(days=10)
        mandate.date_end = self.today - timedelta(days=1)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            opinion.with_user(self.bea).read(["majority"])
        # Who left is no voter, and a vote counts while the mandate runs.
        self.assertEqual(opinion._count()["votes_for"], 0)

    # ------------------------------------------------------------------
    # What is published stays
    # ------------------------------------------------------------------

    def test_published_is_append_only(self):
        opinion = self._published()
        for values in ({"majority": "<p>x</p>"}, {"dissent": "<p>x</p>"}):
            with self.assertRaises(UserError):
                opinion.sudo().write(values)
        self.env.flush_all()
        for query in (
            SQL("UPDATE coop_ethics_opinion SET dissent = 'x' WHERE id = %s", opinion.id),
            SQL("DELETE FROM coop_ethics_opinion WHERE id = %s", opinion.id),
            SQL("UPDATE coop_ethics_vote SET choice = 'for' WHERE opinion_id = %s", opinion.id),
            SQL("DELETE FROM coop_ethics_vote WHERE opinion_id = %s", opinion.id),
        ):
            with (
                self.assertRaises(psycopg2.Error),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.cr.execute(query)
        self.assertIn("Pay the millers", opinion.frozen_id.sudo()._read_text("majority"))
        self.assertIn("fair already", opinion.frozen_id.sudo()._read_text("dissent"))
        self.assertFalse(self.env["coop.frozen.text"].sudo()._verify(self.company))

    def test_reply_of_the_board(self):
        case = self._published().case_id
        Reply = self.env["coop.ethics.reply"]
        values = {"case_id": case.id, "text": "<p>We pay.</p>"}
        with self.assertRaises(AccessError):
            Reply.with_user(self.ethics).create(values)
        with self.assertRaisesRegex(UserError, "minutes"):
            Reply.with_user(self.secretary).create(values)
        action = case.with_user(self.director).action_reply()
        with Form(Reply.with_user(self.director).with_context(**action["context"])) as form:
            form.text = "<p>We pay.</p>"
        self.assertEqual(case.state, "answered")
        Reply.with_user(self.secretary).create(values | {"reference": "Board 2026-03"})
        self.assertEqual(len(case.reply_ids), 2)
        with self.assertRaises(psycopg2.Error), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.cr.execute(SQL("DELETE FROM coop_ethics_reply"))

    def test_director_without_mandate(self):
        case = self._published().case_id
        self.mandate.write(
            {
                "date_start": self.today - timedelta(days=9),
                "date_end": self.today - timedelta(days=1),
            }
        )
        with self.assertRaises(AccessError):
            self.env["coop.ethics.reply"].with_user(self.director).create(
                {"case_id": case.id, "text": "<p>x</p>"}
            )

    def test_overdue(self):
        case = self._published().case_id
        Case = self.env["coop.ethics.case"].with_user(self.director)
        self.assertFalse(Case.search([("overdue", "=", True)]))
        case._write_decision({"reply_deadline": self.today - timedelta(days=1)})
        self.assertEqual(Case.search([("overdue", "=", True)]), case)
        self.assertTrue(case.overdue)

    def test_a_late_reply_is_asked_for_once(self):
        case = self._published().case_id.with_env(self.env)
        Case = self.env["coop.ethics.case"]
        Case._cron_remind()
        self.assertFalse(case.activity_ids)
        with freeze_time(fields.Date.add(case.reply_deadline, days=1)):
            Case._cron_remind()
            Case._cron_remind()
            self.assertEqual(case.activity_ids.user_id, self.secretary)
            self.assertIn(case.name, case.activity_ids.summary)
            case.activity_ids.action_done()
            Case._cron_remind()
        self.assertFalse(case.activity_ids)
