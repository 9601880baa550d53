import json

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .personal_data_common import ADDRESS, IBAN, PDF, PHONE, PersonalDataCase


@tagged("post_install", "-at_install")
class TestPersonalDataExport(PersonalDataCase):
    def test_all_of_a_person_is_in_the_archive(self):
        files = self._export(self.portal)
        found = self._sections(files)
        self.assertLessEqual(
            {
                "res.partner",
                "res.users",
                "res.partner.bank",
                "account.move",
                "coop.membership",
                "coop.consent",
                "coop.member.document",
                "coop.service.request",
                "coop.directory.entry",
                "coop.share.subscription",
                "coop.share.movement",
                "coop.share.transfer",
            },
            set(found),
        )
        contact = found["res.partner"][0]["data"]
        self.assertEqual(contact["phone"], PHONE)
        self.assertEqual(contact["birth_date"], "1985-07-30")
        self.assertEqual(contact["comment"], "Likes to be called in the morning")
        self.assertEqual(found["coop.consent"][0]["data"]["text_id"], "Send me news (1)")
        call = (
            self.env["coop.share.subscription"]
            .search([("partner_id", "=", self.person.id)])
            .capital_call_id
        )
        invoice = next(row for row in found["account.move"] if row["id"] == call.id)
        self.assertEqual(invoice["data"]["amount_total"], 100)
        self.assertEqual(invoice["data"]["name"], call.name)
        [request] = found["coop.service.request"]
        self.assertIn("The landlord is Mister X", [row["text"] for row in request["messages"]])
        # The page says the same as the file for machines.
        page = files["index.html"].decode()
        for text in (PHONE, IBAN, "My landlord wants it in writing", "I build playgrounds"):
            self.assertIn(text, page)
        self.assertIn(f"register-extract-{self.company.id}.xlsx", files)

    def test_documents_are_in_it_and_a_look_by_staff_is_noted(self):
        path = next(name for name in self._export(self.portal) if name.endswith("proof.pdf"))
        self.assertEqual(self._export(self.portal)[path], PDF)
        self.assertFalse(self.document.access_ids, "the own file")
        files = self._export(self.manager)
        self.assertEqual(files[path], PDF)
        self.assertEqual(self.document.access_ids.user_id, self.manager)

    def test_who_may_not_open_documents_gets_none(self):
        self.manager.group_ids = [
            Command.set(self.env.ref("smart_membership.group_membership_user").ids)
        ]
        files = self._export(self.manager)
        self.assertFalse([name for name in files if name.endswith("proof.pdf")])
        self.assertIn("is left out", json.loads(files["data.json"])["notes"][0])
        self.assertFalse(self.document.access_ids)

    def test_nothing_of_another_person(self):
        text = str(self._export(self.portal)["data.json"])
        self.assertIn("Bert Claes", text, "the giver of shares")
        for secret in ("Secret lane", self.other.login, f"Note of {self.other.partner_id.id}"):
            self.assertNotIn(secret, text)
        # And the other side neither.
        text = str(self._export(self.other, self.other.partner_id)["data.json"])
        for secret in (ADDRESS, PHONE, IBAN, "noor@example.com", "landlord", "1985"):
            self.assertNotIn(secret, text)

    def test_the_other_side_of_a_signature_is_hidden(self):
        self.transfer._write_decision({"giver_signed_ip": "10.1.1.1"})
        self.transfer._accept(ip="10.2.2.2")
        text = str(self._export(self.portal)["data.json"])
        self.assertIn("10.2.2.2", text)
        self.assertNotIn("10.1.1.1", text)

    def test_who_has_a_part_in_anothers_file_sees_only_that(self):
        heir = self.env["res.partner"].create({"name": "Heir", "email": "heir@example.com"})
        self._exit(
            self.membership,
            kind="death",
            submit=False,
            beneficiary_id=heir.id,
            reason="A long illness",
        )
        [record] = self._sections(self._export(self.manager, heir))["coop.share.exit"]
        self.assertEqual((record["name"], record["role"]), ("Noor Vermeiren", "Paid to"))
        self.assertNotIn("A long illness", str(record))

    def test_no_secrets(self):
        self.portal.partner_id.signup_prepare()
        self.env["coop.membership.request"].create(
            {
                "company_id": self.company.id,
                "name": "Noor",
                "email": "noor@example.com",
                "category_id": self.user_category.id,
                "share_class_id": self.share_a.id,
            }
        )._write_decision({"partner_id": self.person.id, "page_key": "page-key-1"})
        files = self._export(self.portal)
        for section in json.loads(files["data.json"])["sections"]:
            for record in section["records"]:
                names = set(record["data"]) if "data" in record else set()
                for secret in ("password", "token", "secret", "hash", "page_key", "proof"):
                    self.assertFalse([name for name in names if secret in name], section["model"])
        self.assertNotIn(b"page-key-1", b"".join(files.values()))

    def test_the_national_number_is_in_it_and_noted(self):
        request = self.env["coop.membership.request"].create(
            {
                "company_id": self.company.id,
                "name": "Noor",
                "email": "noor@example.com",
                "category_id": self.user_category.id,
                "share_class_id": self.share_a.id,
                "national_number_stored": "85073003328",
            }
        )
        request._write_decision({"partner_id": self.person.id})
        self.assertIn(b"85073003328", self._export(self.portal)["data.json"])
        self.assertFalse(request.national_number_access_ids)
        self.assertNotIn(b"85073003328", self._export(self.manager)["data.json"])
        self.manager.group_ids += self.env.ref("smart_membership.group_national_number")
        self.assertIn(b"85073003328", self._export(self.manager)["data.json"])
        self.assertEqual(request.national_number_access_ids.user_id, self.manager)

    def test_records_of_another_company_stay_there(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["coop.membership"].create({"partner_id": self.person.id, "company_id": other.id})
        found = self._sections(self._export(self.manager))
        self.assertEqual([row["id"] for row in found["coop.membership"]], self.membership.ids)

    def test_every_model_with_a_contact_is_known(self):
        """A model that somebody adds is found without a word of code."""
        links = self.data._get_links()
        for name, model in self.env.registry.items():
            pointing = [
                field.name
                for field in model._fields.values()
                if field.type == "many2one"
                and field.store
                and field.comodel_name == "res.partner"
                and not field.company_dependent
            ]
            kept = model._auto and not model._transient and not model._abstract
            if name.startswith("coop.") and pointing and kept:
                with self.subTest(model=name):
                    self.assertIn(name, links)

    def test_fifty_consents_cost_as_much_as_one(self):
        """The number of queries does not grow with what there is in a model."""
        self._export(self.portal)
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self._export(self.portal)
        few = self.env.cr.sql_log_count - start
        self.env["coop.consent"].create(
            [{"text_id": self.text.id, "partner_id": self.person.id} for _number in range(50)]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self._export(self.portal)
        self.assertLessEqual(self.env.cr.sql_log_count - start, few + 2)


@tagged("post_install", "-at_install")
class TestPersonalDataAccess(PersonalDataCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.env["res.company"].create({"name": "Foreign"})
        company = {
            "company_id": cls.foreign.id,
            "company_ids": [Command.set(cls.foreign.ids)],
        }
        cls.foreign_manager = new_test_user(
            cls.env,
            "foreign_manager",
            "smart_membership.group_membership_manager",
            **company,
        )

    def _post(self, path, **data):
        page = self.url_open("/my/data").text
        token = page.split('name="csrf_token" value="')[1].split('"')[0]
        return self.url_open(path, data={"csrf_token": token, **data}, allow_redirects=False)

    def _call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": list(args), "kwargs": kwargs},
        )

    def test_a_member_downloads_the_own_data(self):
        self.authenticate(self.portal.login, self.portal.login)
        response = self._post("/my/data/export", partner_id=str(self.other.partner_id.id))
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.headers["Content-Type"], "application/zip")
        found = self._sections(self._open(response.content))
        self.assertEqual(found["res.partner"][0]["data"]["phone"], PHONE)
        self.assertEqual([row["id"] for row in found["coop.membership"]], self.membership.ids)
        log = self.env["coop.personal.data.log"].search([("partner_id", "=", self.person.id)])
        self.assertRecordValues(log, [{"kind": "export", "user_id": self.portal.id}])

    def test_so_often_is_enough(self):
        self.authenticate(self.portal.login, self.portal.login)
        for _number in range(5):
            self.assertEqual(self._post("/my/data/export").status_code, 200)
        response = self._post("/my/data/export")
        self.assertEqual(response.status_code, 429)
        self.assertIn("try again in an hour", response.text)

    @mute_logger("odoo.http")
    def test_who_may_export_others(self):
        path = f"/coop/personal-data/{self.person.id}"
        self.assertIn("/web/login", self.url_open(path, allow_redirects=False).headers["Location"])
        for user in (self.portal, self.other, self.services, self.accountant):
            with self.subTest(user=user.login):
                self.authenticate(user.login, user.login)
                self.assertEqual(self.url_open(path).status_code, 403)
        self.authenticate(self.manager.login, self.manager.login)
        self.assertEqual(self.url_open(path).headers["Content-Type"], "application/zip")
        self.assertEqual(self.url_open("/coop/personal-data/2147483000").status_code, 404)

    @mute_logger("odoo.http")
    def test_a_manager_of_another_company_reaches_nothing_here(self):
        self.person.company_id = self.company
        self.authenticate(self.foreign_manager.login, self.foreign_manager.login)
        self.assertEqual(self.url_open(f"/coop/personal-data/{self.person.id}").status_code, 403)
        with self.assertRaises(AccessError):
            self.person.with_user(self.foreign_manager).action_erase_personal_data()
        self.person.company_id = False
        files = self._open(self.url_open(f"/coop/personal-data/{self.person.id}").content)
        self.assertFalse({"coop.membership", "coop.share.movement"} & set(self._sections(files)))

    @mute_logger("odoo.http")
    def test_public_methods_check_access(self):
        """Whatever is called from outside, only managers get an answer."""
        for user in (self.portal, self.services, self.accountant):
            self.authenticate(user.login, user.login)
            for method in ("action_export_personal_data", "action_erase_personal_data"):
                with (
                    self.subTest(user=user.login, method=method),
                    self.assertRaises(JsonRpcException),
                ):
                    self._call("res.partner", method, self.person.ids)
            for model in ("coop.personal.data.erasure", "coop.personal.data.log"):
                with (
                    self.subTest(user=user.login, model=model),
                    self.assertRaises(JsonRpcException),
                ):
                    self._call(model, "search_read", [])
            with self.subTest(user=user.login), self.assertRaises(JsonRpcException):
                self._call(
                    "coop.personal.data.erasure",
                    "create",
                    {"partner_id": self.person.id, "reason": "No"},
                )
        self.authenticate(self.manager.login, self.manager.login)
        for method in ("_export", "_erase", "_find", "_preview"):
            with self.subTest(method=method), self.assertRaises(JsonRpcException):
                self._call("coop.personal.data", method, self.person.ids)
        action = self._call("res.partner", "action_export_personal_data", self.person.ids)
        self.assertEqual(action["url"], f"/coop/personal-data/{self.person.id}")
