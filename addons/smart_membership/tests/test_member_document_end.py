import base64
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .join_common import JoinCase
from .service_common import PDF, ServiceCase


@tagged("post_install", "-at_install")
class TestDeleteNow(ServiceCase):
    """Somebody decides that a document goes before its time."""

    def _delete(self, document, user, reason="Sent by mistake"):
        document.with_user(user).action_delete_now()
        Wizard = self.env["coop.member.document.deletion"].with_user(user)
        Wizard.create({"document_ids": document.ids, "reason": reason}).action_confirm()
        self.env.invalidate_all()

    def test_file_goes_and_a_line_stays(self):
        document = self._document()
        document.action_accept()
        self._delete(document, self.checker)
        self.assertRecordValues(
            document,
            [
                {
                    "state": "deleted",
                    "file": False,
                    "file_name": False,
                    "deletion_rule": "before its time: Sent by mistake",
                }
            ],
        )
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", document._name),
                ("res_id", "=", document.id),
                ("id", "!=", False),
            ]
        )
        self.assertFalse(files)
        self.assertEqual(document.message_ids.author_id, self.checker.partner_id)
        self.assertIn("Sent by mistake", document.message_ids.body)

    def test_not_without_reason_and_not_twice(self):
        document = self._document()
        with self.assertRaisesRegex(UserError, "Fill in why"):
            self._delete(document, self.checker, reason="  ")
        self.assertTrue(document.file)
        self._delete(document, self.checker)
        with self.assertRaisesRegex(UserError, "deleted already"):
            self._delete(document, self.checker)

    def test_only_who_checks_documents(self):
        document = self._document()
        wizard = self.env["coop.member.document.deletion"].create(
            {"document_ids": document.ids, "reason": "No"}
        )
        for user in (self.services, self.accountant, self.portal, self.portal_other):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    document.with_user(user).action_delete_now()
                with self.assertRaises(AccessError):
                    wizard.with_user(user).action_confirm()
        self.assertTrue(document.file)


@tagged("post_install", "-at_install")
class TestDocumentOfRequest(JoinCase):
    """The identity document of a newcomer becomes a document of the member."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.env.ref("smart_membership.document_kind_identity_card")

    def _documents(self, request):
        return self.env["coop.member.document"].search([("partner_id", "=", request.partner_id.id)])

    def test_it_moves_with_the_acceptance(self):
        request = self._request(document=PDF)
        # Member services handle requests, and may not open documents.
        request.with_user(self.services).action_accept()
        document = self._documents(request)
        self.assertRecordValues(
            document,
            [
                {
                    "kind_id": self.card.id,
                    "state": "to_check",
                    "file_name": "id.pdf",
                    "from_request": True,
                    "date_expiry": False,
                }
            ],
        )
        self.assertEqual(base64.b64decode(document.file), PDF)
        self.assertFalse(request.identity_document)
        self.assertFalse(request.identity_filename)
        with self.assertRaises(AccessError):
            document.with_user(self.services).read(["file"])

    def test_who_checks_it_fills_in_the_day(self):
        request = self._request(document=PDF)
        request.action_accept()
        document = self._documents(request)
        with self.assertRaisesRegex(ValidationError, "until when"), self.env.cr.savepoint():
            document.action_accept()
        document.date_expiry = "2035-01-01"
        document.action_accept()
        self.assertEqual(document.state, "accepted")

    def test_its_retention_is_that_of_a_document(self):
        request = self._request(document=PDF)
        request.action_accept()
        document = self._documents(request)
        document.date_expiry = "2035-01-01"
        self.assertFalse(document.date_keep_until, "as long as the membership lasts")
        self.card.retention_from = "expiry"
        self.assertEqual(document.date_keep_until, date(2036, 1, 1))
        with freeze_time("2036-01-01"), self.enter_registry_test_mode():
            self.env.ref("smart_membership.ir_cron_document_delete").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(document.state, "deleted")

    def test_nobody_forges_where_it_came_from(self):
        membership = self._member()
        with self.assertRaisesRegex(ValidationError, "until when"):
            self.env["coop.member.document"].with_context(
                coop_document_request=True, default_from_request=True
            ).create(
                {
                    "membership_id": membership.id,
                    "kind_id": self.card.id,
                    "file": base64.b64encode(PDF),
                    "from_request": True,
                }
            )

    def test_a_request_without_document(self):
        request = self._request()
        request.action_accept()
        self.assertFalse(self._documents(request))

    def test_a_kind_that_is_archived_leaves_it_with_the_request(self):
        self.card.active = False
        request = self._request(document=PDF)
        request.action_accept()
        self.assertFalse(self._documents(request))
        self.assertTrue(request.identity_document)
