import json

from odoo.exceptions import UserError
from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .service_common import ServiceHttpCase

# All that the back office shows beside a document.
DESK = ["activities", "attachments", "contact_fields", "display_name", "followers"]
DESK += ["scheduledMessages", "suggestedRecipients"]


@tagged("post_install", "-at_install")
class TestStockRoutes(ServiceHttpCase):
    """What members do with the pages and calls that core gives to everybody with a login."""

    @classmethod
    def _setup_records(cls):
        super()._setup_records()
        cls.person = cls.portal.partner_id
        cls.person.write(
            {
                "name": "Ada Member",
                "email": "ada@example.com",
                "phone": "+32 2 555 00 01",
                "street": "Main Street 1",
                "zip": "9000",
                "city": "Gent",
                "country_id": cls.env.ref("base.be").id,
            }
        )

    def save(self, partner=None, **values):
        """Post the form of the own details as its page does, and return the answer."""
        partner = partner or self.person
        kept = ("name", "email", "phone", "street", "zip", "city")
        data = {name: partner[name] or "" for name in kept}
        data |= {"partner_id": partner.id, "country_id": partner.country_id.id or ""}
        data |= {"use_delivery_as_billing": "true", **values}
        token = self.token_of("/my/account")
        with mute_logger("odoo.http"):
            response = self.url_open("/my/address/submit", data={"csrf_token": token, **data})
        return response

    def where(self):
        return {"company_id": self.company.id, "company_ids": self.company.ids}

    # ------------------------------------------------------------------
    # The own details
    # ------------------------------------------------------------------

    def test_members_change_where_they_live(self):
        self.login(self.portal)
        answer = self.save(street="Other Street 2", email="new@example.com").json()
        self.assertIn("redirectUrl", answer)
        self.assertEqual(self.person.street, "Other Street 2")
        self.assertEqual(self.person.email, "new@example.com")

    def test_the_name_in_the_register_is_changed_by_the_office(self):
        self.login(self.portal)
        answer = self.save(name="Somebody Else", street="Other Street 2").json()
        self.assertEqual(answer["invalid_fields"], ["name"])
        self.assertIn("Ada Member", answer["messages"][0])
        self.assertEqual(self.person.street, "Main Street 1")
        for model, record in (("res.users", self.portal), ("res.partner", self.person)):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.call(model, "write", record.ids, {"name": "Somebody Else"})
        self.assertEqual(self.person.name, "Ada Member")
        self.person.with_user(self.manager).sudo().name = "Ada Married"
        self.assertEqual(self.person.name, "Ada Married")

    def test_former_members_keep_their_name_too(self):
        self.member._end(self.member.date_start, "other")
        with self.assertRaisesRegex(UserError, "Ada Member"):
            self.portal.with_user(self.portal).write({"name": "Somebody Else"})

    def test_who_is_in_no_register_changes_the_name(self):
        client = new_test_user(self.env, "test_stock_client", "base.group_portal", **self.where())
        client.with_user(client).write({"name": "New Name"})
        self.assertEqual(client.partner_id.name, "New Name")

    def test_a_form_does_not_say_that_it_was_checked(self):
        self.login(self.portal)
        for unchecked in ("", "0", "False"):
            answer = self.save(email="no address", verify_address_values=unchecked).json()
            self.assertEqual(answer["invalid_fields"], ["email"])
            answer = self.save(name="Somebody Else", verify_address_values=unchecked).json()
            self.assertEqual(answer["invalid_fields"], ["name"])
        self.assertEqual(self.person.email, "ada@example.com")
        self.assertEqual(self.person.name, "Ada Member")

    def test_who_works_for_a_member_does_not_rename_it(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        self.env["coop.membership"].create({"partner_id": firm.id}).action_activate()
        user = new_test_user(self.env, "test_stock_worker", "base.group_portal", **self.where())
        worker = user.partner_id
        worker.write({name: self.person[name] for name in ("phone", "street", "zip", "city")})
        worker.write({"parent_id": firm.id, "country_id": self.person.country_id.id})
        self.login(user)
        answer = self.save(worker, company_name="Mine").json()
        self.assertEqual(answer["invalid_fields"], ["company_name"])
        self.assertEqual(firm.name, "Firm")
        self.assertIn("redirectUrl", self.save(worker, company_name="Firm").json())

    def test_colleagues_do_not_change_a_member(self):
        """Who set the e-mail of a member would get the link to a new password."""
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        self.person.write({"parent_id": firm.id, "type": "other"})
        self.portal_other.partner_id.parent_id = firm
        self.login(self.portal_other)
        response = self.save(email="stolen@example.com")
        self.assertEqual(response.status_code, 403)
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.make_jsonrpc_request("/my/address/archive", {"partner_id": self.person.id})
        self.assertEqual(self.person.email, "ada@example.com")
        self.assertTrue(self.person.active)

    def deactivate(self, user):
        return self.post(
            "/my/deactivate_account",
            form_path="/my/account",
            validation=user.login,
            password=user.login,
        )

    def test_members_leave_by_an_exit_only(self):
        self.login(self.portal)
        response = self.deactivate(self.portal)
        self.assertIn("Ada Member is in the register", response.text)
        self.assertEqual(self.portal.login, "test_portal")
        self.assertTrue(self.portal.active)
        self.assertTrue(self.person.active)
        self.assertFalse(self.env["res.users.deletion"].search([("user_id", "=", self.portal.id)]))
        client = new_test_user(self.env, "test_stock_leaver", "base.group_portal", **self.where())
        self.login(client)
        self.deactivate(client)
        self.assertFalse(client.active)

    # ------------------------------------------------------------------
    # Discussions
    # ------------------------------------------------------------------

    def test_nobody_rewrites_the_words_of_others(self):
        request = self._request()
        values = {"message_type": "comment", "subtype_xmlid": "mail.mt_comment"}
        said = (
            request.with_user(self.adviser)
            .sudo()
            .message_post(body="It is EUR 100", partner_ids=self.person.ids, **values)
        )
        own = request.message_post(body="How much?", author_id=self.person.id, **values)
        self.assertIn(self.person, said.notified_partner_ids | said.partner_ids)
        self.login(self.portal)
        [message] = self.call("mail.message", "read", said.ids, ["body"])
        self.assertIn("EUR 100", message["body"])
        for name, value in (("body", "It is EUR 1"), ("date", "2020-01-01"), ("is_internal", True)):
            self.refused("mail.message", "write", said.ids, {name: value})
        self.refused("mail.message", "unlink", said.ids)
        self.call("mail.message", "toggle_message_starred", said.ids)
        self.call("mail.message", "write", own.ids, {"body": "How much is it?"})
        self.assertIn("EUR 100", said.body)
        self.assertIn("is it", own.body)

    def test_a_link_does_not_open_the_desk_of_the_office(self):
        request = self._request()
        request.activity_schedule(
            "mail.mail_activity_data_todo", summary="Do not trust", user_id=self.adviser.id
        )
        self.env["ir.attachment"].create(
            {
                "name": "Opinion of our lawyer.txt",
                "raw": b"secret",
                "res_model": request._name,
                "res_id": request.id,
            }
        )
        request.message_subscribe(self.adviser.partner_id.ids)
        params = {
            "thread_model": request._name,
            "thread_id": request.id,
            "access_params": {"token": request._portal_ensure_token()},
            "request_list": DESK,
        }
        for user in (None, self.portal_other, self.portal):
            self.authenticate(user and user.login, user and user.login)
            answer = self.make_jsonrpc_request(
                "/mail/data", {"fetch_params": [["mail.thread", params]]}
            )
            said = json.dumps(answer)
            self.assertIn(request.display_name, said)
            for hidden in ("Do not trust", "lawyer", self.adviser.name, "mail.followers"):
                self.assertNotIn(hidden, said)
        self.login(self.adviser)
        answer = self.make_jsonrpc_request(
            "/mail/data", {"fetch_params": [["mail.thread", params]]}
        )
        self.assertIn("Do not trust", json.dumps(answer))
        self.assertIn("lawyer", json.dumps(answer))
