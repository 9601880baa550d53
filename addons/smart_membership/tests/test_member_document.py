import base64
from datetime import date

import psycopg2
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .service_common import PDF, ServiceCase, photo


@tagged("post_install", "-at_install")
class TestMemberDocument(ServiceCase):
    def _accesses(self, document):
        return self.env["coop.member.document.access"].search([("document_id", "=", document.id)])

    def _file_of(self, document):
        return self.env["ir.attachment"].search(
            [
                ("res_field", "=", "file"),
                ("res_model", "=", document._name),
                ("res_id", "=", document.id),
            ]
        )

    def _run(self, cron):
        """Run a cron as the server does: it commits, which a test may not."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(f"smart_membership.ir_cron_document_{cron}").method_direct_trigger()
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    def test_content_decides_what_a_file_is(self):
        for content, name in (
            (PDF, "proof.pdf"),
            (photo("PNG"), "proof.png"),
            (photo("JPEG"), "proof.jpg"),
        ):
            with self.subTest(name=name):
                self.assertEqual(self._document(content=content).file_name, name)
        for content in (
            b"",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
            b"<html><script>alert(1)</script></html>",
            b"%PDF-1.4 cut",
            photo("PNG")[:40],
            photo("GIF"),
            b"PK\x03\x04zip",
        ):
            with self.subTest(content=content[:10]), self.assertRaises(UserError):
                self._document(content=content)

    def test_large_files_are_refused_with_their_size(self):
        with self.assertRaisesRegex(UserError, "11 MB"):
            self._document(content=PDF[:-6] + b" " * 10 * 1024**2 + b"%%EOF\n")

    def test_names_are_made_harmless(self):
        for name, clean in (
            ("../../etc/passwd", "passwd.pdf"),
            ("C:\\Users\\me\\card.PNG", "card.pdf"),
            ('=cmd|"x".pdf', "_cmd__x_.pdf"),
            ("<script>.html", "_script_.pdf"),
            (False, "document.pdf"),
            ("x" * 500, "x" * 100 + ".pdf"),
        ):
            with self.subTest(name=name):
                self.assertEqual(self._document(file_name=name).file_name, clean)

    def test_expiry_where_the_kind_needs_it(self):
        with self.assertRaisesRegex(ValidationError, "Identity card"):
            self._document(kind_id=self.card.id)
        self.assertTrue(self._document(kind_id=self.card.id, date_expiry="2040-01-01"))

    def test_staff_scan_a_document(self):
        with Form(self.env["coop.member.document"].with_user(self.checker)) as form:
            form.membership_id = self.member
            form.kind_id = self.address
            form.file = base64.b64encode(PDF)
        self.assertEqual((form.record.state, form.record.file_name), ("to_check", "document.pdf"))

    # ------------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------------

    def test_somebody_is_asked_to_check(self):
        document = self._document()
        self.assertIn(document.activity_ids.user_id, self.checker | self.manager)
        self.antenna.contact_ids |= self.manager.partner_id
        self.assertEqual(self._document().activity_ids.user_id, self.manager)
        document.with_user(self.checker).action_accept()
        self.assertEqual((document.state, document.checked_by_id), ("accepted", self.checker))
        self.assertFalse(document.activity_ids)
        with self.assertRaisesRegex(UserError, "checked already"):
            document.with_user(self.checker).action_accept()

    def test_a_refusal_says_why(self):
        self.portal.partner_id.email = "member@example.com"
        document = self._document().with_user(self.checker)
        with self.assertRaisesRegex(UserError, "Proof of address"):
            document.action_refuse()
        document.refusal_reason = "Too <dark>"
        document.action_refuse()
        self.assertEqual(document.state, "refused")
        mail = self.env["mail.mail"].search(
            [("model", "=", document._name), ("res_id", "=", document.id)], limit=1
        )
        self.assertIn("Too &lt;dark&gt;", mail.body_html)
        self.assertFalse(mail.attachment_ids)

    def test_nobody_writes_what_the_actions_decide(self):
        document = self._document().with_user(self.manager)
        for values in (
            {"state": "accepted"},
            {"file": base64.b64encode(photo())},
            {"file_name": "other.pdf"},
            {"membership_id": self.other_member.id},
            {"date_deleted": "2020-01-01"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                document.write(values)
        with self.assertRaises(UserError):
            document.copy()
        forged = self._document(state="accepted", date_upload="2001-01-01")
        self.assertEqual(
            (forged.state, forged.date_upload), ("to_check", fields.Date.context_today(forged))
        )

    # ------------------------------------------------------------------
    # Who looked
    # ------------------------------------------------------------------

    def test_each_look_is_noted(self):
        self.checker.group_ids |= self.env.ref("base.group_allow_export")
        document = self._document()
        self.env.flush_all()
        before = self._accesses(document)
        staff = document.with_user(self.checker)
        staff.read(["state", "file_name"])
        staff.with_context(bin_size=True).read(["file"])
        self.assertEqual(self._accesses(document), before, "this opens no file")
        for read in (
            lambda: staff.read(["file"]),
            lambda: staff.web_read({"file": {}}),
            lambda: staff.search_read([("id", "=", document.id)], ["file"]),
            lambda: staff.export_data(["file"]),
        ):
            known = self._accesses(document)
            read()
            line = self._accesses(document) - known
            self.assertEqual((line.user_id, line.user_name), (self.checker, self.checker.name))

    def test_members_look_freely_at_their_own(self):
        document = self._document()
        self.env.invalidate_all()
        [values] = document.with_user(self.portal).read(["file"])
        self.assertEqual(base64.b64decode(values["file"]), PDF)
        self.assertFalse(self._accesses(document))

    def test_log_only_grows(self):
        document = self._document()
        document.with_user(self.checker).read(["file"])
        [line] = self._accesses(document)
        for change in (lambda: line.write({"user_name": "Nobody"}), line.unlink):
            with self.assertRaises(UserError):
                change()
        for query in (
            "UPDATE coop_member_document_access SET user_name = 'x' WHERE id = %s",
            "DELETE FROM coop_member_document_access WHERE id = %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [line.id])

    # ------------------------------------------------------------------
    # Time
    # ------------------------------------------------------------------

    def test_how_long_a_file_is_kept(self):
        with freeze_time("2030-01-31"):
            kept = self._document()
            card = self._document(kind_id=self.card.id, date_expiry="2035-01-01")
            refused = self._document(refusal_reason="Blurred")
            refused.action_refuse()
        self.assertEqual(kept.date_keep_until, date(2030, 7, 31))
        self.assertFalse(card.date_keep_until, "as long as the membership lasts")
        self.assertEqual(refused.date_keep_until, date(2030, 2, 28))
        self.card.retention_from = "expiry"
        self.assertEqual(card.date_keep_until, date(2036, 1, 1))
        self.card.retention_from = "end"
        with freeze_time("2031-03-01"):
            self.member._end(date(2031, 3, 1), "resignation")
        self.assertEqual(card.date_keep_until, date(2032, 3, 1))

    def test_deletion_leaves_a_line(self):
        document = self._document()
        document.with_user(self.checker).read(["file"])
        document.with_user(self.checker).message_post(body="Born in 1980")
        file = self._file_of(document)
        self.assertTrue(file)
        with freeze_time(document.date_keep_until):
            self._run("delete")
        self.assertFalse(file.exists())
        self.assertFalse(document.file)
        self.assertFalse(document.message_ids)
        self.assertFalse(document.file_name)
        self.assertEqual(document.state, "deleted")
        self.assertEqual(document.deletion_rule, "Proof of address: 6 months after the upload")
        self.assertEqual(len(self._accesses(document)), 1)
        with self.assertRaises(UserError):
            document.kind_id = self.card

    def test_nothing_is_deleted_too_early(self):
        document = self._document()
        self._run("delete")
        self.assertEqual(document.state, "to_check")

    def test_reminder_once_and_in_the_language_of_the_member(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.portal.partner_id.write({"lang": "fr_FR", "email": "member@example.com"})
        self.card.with_context(lang="fr_FR").name = "Carte d'identité"
        document = self._document(kind_id=self.card.id, date_expiry="2030-03-01")
        later = self._document(kind_id=self.card.id, date_expiry="2030-09-01")
        with freeze_time("2029-12-01"):
            self._run("remind")
        self.assertFalse(document.date_reminded, "it is too early")
        with freeze_time("2030-01-15"):
            self._run("remind")
            self.assertFalse(document.date_reminded, "a later one is there already")
            later.with_user(self.checker).refusal_reason = "Blurred"
            later.with_user(self.checker).action_refuse()
            (document | later).activity_ids.unlink()
            self._run("remind")
            self._run("remind")
        self.assertEqual(document.date_reminded, date(2030, 1, 15))
        mails = self.env["mail.mail"].search(
            [
                ("model", "=", document._name),
                ("res_id", "=", document.id),
                ("recipient_ids", "in", self.portal.partner_id.ids),
            ]
        )
        self.assertEqual(len(mails), 1)
        self.assertIn("Carte d'identité", mails.subject)
        self.assertEqual(len(document.activity_ids), 1)
        self.assertFalse(later.date_reminded)

    def test_crons_cost_little_for_each_document(self):
        documents = self.env["coop.member.document"]
        for _document in range(30):
            documents |= self._document(kind_id=self.card.id, date_expiry="2030-03-01")
        self.env.flush_all()
        with freeze_time("2030-02-01"):
            for method, budget in (("_remind", 8), ("_delete_by_rule", 8)):
                with self.subTest(method=method):
                    self.env.invalidate_all()
                    before = self.cr.sql_log_count
                    getattr(documents, method)()
                    self.env.flush_all()
                    per_document = (self.cr.sql_log_count - before) / len(documents)
                    self.assertLess(per_document, budget)
