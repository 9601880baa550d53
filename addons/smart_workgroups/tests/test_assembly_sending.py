from psycopg2.errors import RestrictViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import MockSmtplibCase

from .assembly_common import AssemblyCase


@tagged("post_install", "-at_install")
class TestAssemblySending(AssemblyCase, MockSmtplibCase):
    """Each sending leaves a proof: by which e-mail, or by whom it was posted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.voters[0].email = False
        cls.voters[1].lang = cls.env["res.lang"]._activate_lang("fr_BE").code
        cls.assembly = cls._convoked(announcement="<p>Bring a friend.</p>")

    def _deliver(self, sending):
        """Let the e-mail leave; only the mail server at the other end is none."""
        with self.mock_smtplib_connection():
            sending.mail_id.send()

    def _sending(self, voter):
        return self.env["coop.assembly.sending"].search(
            [("assembly_id", "=", self.assembly.id), ("partner_id", "=", voter.id)],
            order="id desc",
            limit=1,
        )

    def test_sent_in_the_own_language_with_proof(self):
        self.assertEqual(self._sending(self.voters[0]).state, "to_post")
        self.assertEqual(self._sending(self.voters[1]).state, "waiting")
        self.assertEqual((self.assembly.sent_count, self.assembly.missed_count), (0, 8))
        self._run_cron()
        sending = self._sending(self.voters[2])
        self.assertEqual(sending.state, "queued")
        body = str(sending.mail_id.body_html)
        for text in ("Yearly Assembly", "Town hall", "Accounts of the year", "Bring a friend."):
            self.assertIn(text, body)
        self.assertIn(f"/my/assemblies/{self.assembly.id}", body)
        self.assertEqual(sending.mail_id.recipient_ids, self.voters[2])
        self.assertEqual(self._sending(self.voters[1]).lang, "fr_BE")
        self._deliver(sending)
        self.assertEqual(sending.state, "sent")
        self.assertTrue(sending.sent_on)
        self.assertEqual(sending.message_id, sending.mail_id.message_id)
        # Once: the job sends nobody a second one.
        self._run_cron()
        mails = self.env["mail.mail"].search([("recipient_ids", "in", self.voters[2].ids)])
        self.assertEqual(len(mails), 1)

    def test_language_by_its_name(self):
        """The proof and the roll name it, also long after nobody uses it any more."""
        german = self.env["res.lang"]._activate_lang("de_DE")
        self.voters[1].lang = german.code
        assembly = self._convoked(name="Another")
        voter = self._on_roll(assembly, self.voters[1])
        sending = self.env["coop.assembly.sending"].search([("voter_id", "=", voter.id)])
        self.voters[1].lang = "en_US"
        german.active = False
        self.env.invalidate_all()
        for record in (sending, voter):
            with self.subTest(record._name):
                told = record.sudo().export_data(["lang"])["datas"]
                self.assertEqual(told, [[german.name]])
                groups = record.with_user(self.secretary).formatted_read_group(
                    [("id", "=", record.id)], ["lang"]
                )
                self.assertEqual([group["lang"] for group in groups], ["de_DE"])
        self.assertEqual(sending._prepare_again()["lang"], "de_DE")
        self.assertTrue(sending.copy(sending._prepare_again()))

    def test_came_back_and_sent_again(self):
        self._run_cron()
        sending = self._sending(self.voters[3])
        self._deliver(sending)
        notice = self.env["mail.notification"].search([("mail_mail_id", "=", sending.mail_id.id)])
        # As core does when a mail server sends one back.
        notice.write({"notification_status": "bounce", "failure_reason": "No such box"})
        self._run_cron()
        self.assertEqual((sending.state, sending.failure), ("bounced", "No such box"))
        self.voters[3].email = "other@example.com"
        sending.with_user(self.secretary).action_resend()
        again = self._sending(self.voters[3])
        self.assertEqual((again.attempt, again.email), (2, "other@example.com"))
        self.assertTrue(sending.superseded)
        self._run_cron()
        self._deliver(again)
        self.assertEqual((sending.state, again.state), ("bounced", "sent"))
        with self.refuses(UserError, "None of these failed"):
            sending.with_user(self.secretary).action_resend()

    def test_fails_without_an_address_that_works(self):
        self._run_cron()
        sending = self._sending(self.voters[4])
        self.voters[4].email = False
        with mute_logger("odoo.addons.mail.models.mail_mail"):
            self._deliver(sending)
        self.assertEqual(sending.state, "failed")
        sending.with_user(self.secretary).action_resend()
        self.assertEqual(self._sending(self.voters[4]).state, "to_post")

    def test_posted(self):
        sending = self._sending(self.voters[0]).with_user(self.secretary)
        with self.refuses(UserError, "is not to be posted"):
            self._sending(self.voters[2]).with_user(self.secretary).action_posted()
        sending.action_posted()
        self.assertEqual(sending.state, "posted")
        self.assertEqual(sending.posted_on, self.today)
        self.assertEqual(sending.posted_by_id, self.secretary)
        self.assertEqual(self.assembly.sent_count, 1)
        with self.assertRaises(AccessError):
            sending.write({"state": "sent"})
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RestrictViolation),
            self.cr.savepoint(),
        ):
            self.cr.execute("DELETE FROM coop_assembly_sending WHERE id = %s", [sending.id])

    def test_letters_are_in_the_own_language(self):
        """What is posted says the same as the e-mail, with the code."""
        self.assembly.point_ids.flush_recordset()
        self.cr.execute(
            'UPDATE coop_assembly SET name = name || \'{"fr_BE": "Assemblée annuelle"}\' '
            "WHERE id = %s",
            [self.assembly.id],
        )
        self.env.invalidate_all()
        sendings = self._sending(self.voters[0]) | self._sending(self.voters[1])
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "smart_workgroups.report_assembly_letters", sendings.ids
        )
        text = html.decode()
        for part in ("Yearly Assembly", "Assemblée annuelle", "Voter 1", "Voter 2", "Town hall"):
            self.assertIn(part, text)
        self.assertEqual(text.count("data:image/png;base64,"), 2)

    def test_whoever_was_convoked_is_told_that_it_is_cancelled(self):
        convocation = self._sending(self.voters[2])
        self.assembly.action_cancel()
        self._run_cron()
        self.assertEqual(convocation.state, "waiting")
        news = self._sending(self.voters[2])
        self.assertEqual((news.purpose, news.state), ("cancellation", "queued"))
        self.assertIn("is cancelled", str(news.mail_id.body_html))
        self.assertEqual(self._sending(self.voters[0]).state, "to_post")

    def test_queries_do_not_grow_with_the_members(self):
        """One more member costs rows in statements that are sent anyway, not statements."""
        sendings = self.env["coop.assembly.sending"].search(
            [("assembly_id", "=", self.assembly.id), ("state", "=", "waiting")], order="id"
        )
        sendings[0]._send()  # caches what is read once
        self.env.flush_all()
        counts = []
        for batch in (sendings[1:3], sendings[3:7]):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            batch._send()
            self.env.flush_all()
            counts.append(self.cr.sql_log_count - before)
        small, large = counts
        # Twice as many members; what is left grows by less than one statement for each.
        self.assertLess(large - small, 2, counts)
