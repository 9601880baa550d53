from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .service_common import PDF, ServiceCase, ServiceHttpCase


@tagged("post_install", "-at_install")
class TestServiceSecurity(ServiceCase):
    """Who may do what, allowed and refused."""

    @classmethod
    def _setup_records(cls):
        super()._setup_records()
        cls.request, cls.foreign_request = cls._request(), cls._request(cls.other_member)
        cls.document, cls.foreign_document = cls._document(), cls._document(cls.other_member)
        cls.document.with_user(cls.checker).read(["file"])
        cls.foreign_document.with_user(cls.checker).read(["file"])
        cls.access = cls.document.access_ids
        cls.kind = cls.address

    def assert_rights(self, record, user, rights):
        """Assert which of read, write, create and unlink (r, w, c, u) a user has."""
        with self.subTest(model=record._name, user=user.login):
            for operation in ("read", "write", "create", "unlink"):
                self.assertEqual(
                    record.with_user(user).has_access(operation), operation[0] in rights, operation
                )

    def test_roles(self):
        for record, rights in (
            # the record; what services, checker, manager, accountant, the member and another may
            (self.general, ("r", "r", "rwcu", "r", "r", "r")),
            (self.request, ("rwc", "rwc", "rwcu", "", "r", "")),
            (self.kind, ("r", "r", "rwcu", "r", "r", "r")),
            (self.document, ("", "rwc", "rwc", "", "r", "")),
            (self.access, ("", "r", "r", "", "r", "")),
        ):
            users = (
                self.services,
                self.checker,
                self.manager,
                self.accountant,
                self.portal,
                self.portal_other,
            )
            for user, letters in zip(users, rights, strict=True):
                self.assert_rights(record, user, letters)

    def test_restricted_group_stands_alone(self):
        group = "smart_membership.group_member_document"
        self.assertFalse(self.services.has_group(group))
        self.assertTrue(self.manager.has_group(group))

    def test_members_find_their_own_only(self):
        for record in (self.request, self.document, self.access):
            found = self.env[record._name].with_user(self.portal).search([])
            self.assertEqual(found, record)
        self.assertEqual(self.access.with_user(self.portal).user_name, self.checker.name)
        with self.assertRaises(AccessError):
            self.foreign_document.with_user(self.portal).read(["file"])

    def test_companies_are_kept_apart(self):
        there = self._member("There", company_id=self.other_company.id)
        service = self.env["coop.service"].create(
            {"name": "There", "company_id": self.other_company.id}
        )
        request = self._request(there, service_id=service.id)
        document = self._document(there)
        for record in (service, request, document):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.with_user(self.manager).read(["display_name"])
        with self.assertRaises(UserError):
            self._request(self.member, service_id=service.id)

    def test_actions_want_the_role(self):
        for user in (self.portal, self.accountant):
            with self.assertRaises(AccessError):
                self.request.with_user(user).action_done()
            with self.assertRaises(AccessError):
                self.document.with_user(user).action_accept()
        with self.assertRaises(AccessError):
            self.document.with_user(self.services).action_refuse()


@tagged("post_install", "-at_install")
class TestServiceRemote(ServiceHttpCase):
    """The same over the wire, with ids that somebody guessed."""

    @classmethod
    def _setup_records(cls):
        super()._setup_records()
        cls.own = cls._document()
        cls.foreign = cls._document(cls.other_member)
        cls.foreign_request = cls._request(cls.other_member, message="Secret")
        cls.attachments = cls.env["ir.attachment"].search(
            [
                ("res_model", "=", "coop.member.document"),
                ("res_field", "=", "file"),
                ("res_id", "in", (cls.own | cls.foreign).ids),
            ]
        )

    def refused(self, model, method, *args, **kwargs):
        with self.subTest(model=model, method=method):
            super().refused(model, method, *args, **kwargs)

    def content_paths(self, document):
        [attachment] = self.attachments.filtered(lambda file: file.res_id == document.id)
        return (
            f"/web/content/{attachment.id}",
            f"/web/content/{attachment.id}?access_token=x",
            f"/web/image/{attachment.id}",
            f"/web/content/coop.member.document/{document.id}/file",
            f"/web/content?model=coop.member.document&id={document.id}&field=file",
            f"/web/image/coop.member.document/{document.id}/file",
            f"/my/documents/{document.id}/file",
        )

    def lines(self, document):
        return self.env["coop.member.document.access"].search_count(
            [("document_id", "=", document.id)]
        )

    def test_nobody_else_downloads(self):
        for user in (self.portal, self.services, self.accountant, None):
            self.authenticate(user and user.login, user and user.login)
            for path in self.content_paths(self.foreign):
                with self.subTest(user=user and user.login, path=path), mute_logger("odoo.http"):
                    response = self.url_open(path)
                    self.assertNotIn(PDF, response.content)
        self.assertFalse(self.lines(self.foreign))

    def test_no_way_around_the_document(self):
        """The attachment is closed to those with rights too: looks would not be noted."""
        for user in (self.checker, self.manager, self.portal_other):
            self.login(user)
            for method, *args in (
                ("read", ["datas"]),
                ("read", ["checksum"]),
                ("web_read", {"raw": {}}),
                ("write", {"public": True}),
                ("write", {"res_field": False}),
                ("copy",),
                ("unlink",),
                ("generate_access_token",),
            ):
                self.refused("ir.attachment", method, self.attachments.ids, *args)
            with mute_logger("odoo.http"):
                for attachment in self.attachments:
                    response = self.url_open(f"/web/content/{attachment.id}")
                    self.assertNotIn(PDF, response.content)

    def test_checker_downloads_and_is_noted(self):
        self.login(self.checker)
        path = f"/web/content/coop.member.document/{self.foreign.id}/file?download=true"
        response = self.url_open(path)
        self.assertEqual(response.content, PDF)
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(self.lines(self.foreign), 1)
        self.call("coop.member.document", "read", self.foreign.ids, ["file"])
        self.assertEqual(self.lines(self.foreign), 2)
        self.call("coop.member.document", "web_read", self.foreign.ids, {"file": {}})
        self.assertEqual(self.lines(self.foreign), 3)
        self.call(
            "coop.member.document", "onchange", self.foreign.ids, {}, [], {"file": {}, "state": {}}
        )
        rows = self.call(
            "coop.member.document", "search_read", [["id", "=", self.foreign.id]], ["file"]
        )
        self.assertTrue(rows[0]["file"])
        self.assertGreaterEqual(self.lines(self.foreign), 4)

    def test_member_by_remote_calls(self):
        self.login(self.portal)
        [row] = self.call("coop.member.document", "search_read", [], ["state"])
        self.assertEqual(row["id"], self.own.id)
        document, request = self.foreign.ids, self.foreign_request.ids
        for model, method, *args in (
            ("coop.member.document", "read", document, ["file"]),
            ("coop.member.document", "web_read", document, {"file_name": {}}),
            ("coop.member.document", "action_accept", self.own.ids),
            ("coop.member.document", "write", self.own.ids, {"refusal_reason": "x"}),
            ("coop.member.document", "unlink", self.own.ids),
            ("coop.member.document", "create", {"membership_id": self.other_member.id}),
            ("coop.member.document", "message_post", self.own.ids),
            ("coop.member.document.access", "create", {"document_id": self.own.id}),
            ("coop.service.request", "read", request, ["message"]),
            ("coop.service.request", "web_read", request, {"message": {}}),
            ("coop.service.request", "create", {"membership_id": self.other_member.id}),
            ("coop.service.request", "action_cancel", request),
            ("coop.service", "write", self.general.ids, {"name": "x"}),
            ("coop.service.request", "_rate", request, 5, ""),
            ("coop.member.document", "_delete_by_rule", document),
            ("coop.member.document", "_create_once", self.member.id, "x", {}),
            ("coop.member.document.access", "_log", document),
        ):
            self.refused(model, method, *args)
        for model, domain in (
            ("coop.service.request", [["message", "ilike", "Secret"]]),
            ("coop.member.document", [["id", "in", document]]),
            ("coop.membership", [["id", "=", self.other_member.id]]),
            ("coop.service", [["request_ids.message", "ilike", "Secret"]]),
        ):
            with self.subTest(model=model, domain=domain):
                self.assertEqual(self.call(model, "search", domain), [])


@tagged("post_install", "-at_install")
class TestDocumentPortal(ServiceHttpCase):
    def documents_of(self, membership):
        return self.env["coop.member.document"].search([("membership_id", "=", membership.id)])

    def test_upload_and_download(self):
        self.login(self.portal)
        self.assertIn("You have no documents here yet", self.url_open("/my/documents").text)
        self.assertEqual(self.upload(name="<b>bill</b>.exe").status_code, 303)
        document = self.documents_of(self.member)
        self.assertEqual((document.state, document.file_name), ("to_check", "b_.pdf"))
        response = self.url_open(f"/my/documents/{document.id}/file")
        self.assertEqual(response.content, PDF)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        page = self.url_open("/my/documents").text
        self.assertIn("Nobody looked at it yet", page)
        document.with_user(self.checker).read(["file"])
        page = self.url_open("/my/documents").text
        self.assertIn("Who looked at it", page)
        self.assertIn(self.checker.name, page)

    def test_form_sent_twice_keeps_one_document(self):
        self.login(self.portal)
        token = "7b0f4b38-9f4f-4bfb-8d7c-5f2f40a1a111"
        for _twice in range(2):
            self.assertEqual(self.upload(token=token).status_code, 303)
        self.assertEqual(len(self.documents_of(self.member)), 1)

    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self):
        self.login(self.portal)
        card = str(self.card.id)
        for expected, values in (
            ({"file"}, {"content": b"<svg/>"}),
            ({"file"}, {"content": b""}),
            ({"kind_id"}, {"kind_id": "999999"}),
            ({"kind_id"}, {"kind_id": "1 OR 1"}),
            ({"date_expiry"}, {"kind_id": card}),
            ({"date_expiry"}, {"kind_id": card, "date_expiry": "31/12/2040"}),
            ({"date_expiry"}, {"kind_id": card, "date_expiry": "2001-01-01"}),
            ({"token"}, {"token": "x"}),
        ):
            with self.subTest(values=values):
                response = self.upload(**values)
                self.assertEqual(response.status_code, 422)
                self.assertEqual(self.errors_of(response), expected)
        response = self.upload(content=b"<svg/>", kind_id=card, date_expiry="2040-12-31")
        self.assertIn('value="2040-12-31"', response.text)
        self.assertRegex(response.text, rf'value="{card}"\s+selected')
        self.assertFalse(self.documents_of(self.member))

    def test_too_large_is_answered_with_a_page(self):
        self.login(self.portal)
        response = self.upload(content=PDF + b"0" * 11 * 1024**2)
        self.assertEqual(response.status_code, 413)
        self.assertIn("This file is too large", response.text)
        self.assertFalse(self.documents_of(self.member))

    def test_membership_of_another_is_not_taken(self):
        self.login(self.portal)
        self.upload(membership_id=str(self.other_member.id), state="accepted")
        self.assertFalse(self.documents_of(self.other_member))
        self.assertEqual(self.documents_of(self.member).state, "to_check")

    def test_candidates_upload_and_outsiders_do_not(self):
        candidate = self._candidate("Newcomer")
        self.employee.partner_id = candidate.partner_id
        self.login(self.employee)
        # An employee without a role has no access to members, and so no page of their own.
        self.assertIn("Documents are for members", self.url_open("/my/documents").text)
        response = self.url_open("/my/documents/upload", allow_redirects=False)
        self.assertEqual(response.status_code, 303)

    def test_waiting_documents_have_a_limit(self):
        for _waiting in range(20):
            self._document()
        self.login(self.portal)
        self.assertEqual(self.errors_of(self.upload()), {"file"})

    def test_page_of_many_documents_costs_as_many_queries_as_of_few(self):
        self.login(self.portal)
        counts = []
        for _more in range(2):
            for _document in range(6):
                self._document().with_user(self.checker).read(["file"])
            self.url_open("/my/documents")
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(self.url_open("/my/documents").status_code, 200)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)


@tagged("post_install", "-at_install")
class TestServiceTour(ServiceHttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_member_asks_for_a_service_and_uploads_a_document(self):
        self.start_tour("/my", "service_portal_tour", login=self.portal.login)
        request = self.env["coop.service.request"].search([("membership_id", "=", self.member.id)])
        self.assertEqual((request.service_id, request.user_id), (self.general, self.adviser))
        self.assertEqual(request.message, "Is this contract fair?")
        document = self.env["coop.member.document"].search([("membership_id", "=", self.member.id)])
        self.assertEqual((document.kind_id, document.file_name), (self.card, "card.png"))
