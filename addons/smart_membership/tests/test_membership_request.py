from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .join_common import JoinCase


@tagged("post_install", "-at_install")
class TestMembershipRequest(JoinCase):
    """What member services do with a request that is proven."""

    def as_services(self, records):
        return records.with_env(self.env(user=self.services, su=False))

    def test_accept_makes_contact_candidate_account_and_subscription(self):
        sector = self.env["coop.sector"].create({"name": "Woodwork"})
        request = self._request(
            iban="BE71096123456769", sectors=sector, message="I make chairs.", newsletter=True
        )
        self.as_services(request).action_accept()
        self.assertEqual(request.state, "accepted")
        partner, subscription = request.partner_id, request.subscription_id
        self.assertEqual((partner.name, partner.email), ("Noor Vermeiren", "noor@example.com"))
        self.assertEqual(str(partner.birth_date), "1985-07-30")
        self.assertEqual(partner.bank_ids.sanitized_acc_number, "BE71096123456769")
        self.assertRecordValues(
            subscription,
            [
                {
                    "state": "submitted",
                    "quantity": 2,
                    "partner_id": partner.id,
                    "share_class_id": self.share_a.id,
                    "note": "I make chairs.",
                }
            ],
        )
        self.assertEqual(subscription.membership_id.state, "candidate")
        self.assertEqual(subscription.membership_id.sector_ids, sector)
        self.assertEqual(request.consent_ids.partner_id, partner)
        self.assertEqual(len(request.consent_ids), 3)
        with self.assertRaisesRegex(UserError, "Noor"):
            self.as_services(request).action_accept()

    def test_a_name_that_is_a_pattern_finds_no_request_of_others(self):
        """Members type their own name and address: neither opens the request of another."""
        request = self._request()
        Data = self.env["coop.personal.data"].sudo()
        for name, found in (("%", 0), ("Noor_Vermeiren", 0), ("noor vermeiren", 1)):
            partner = self.env["res.partner"].create({"name": name, "email": "noor@example.com"})
            domain = Data._get_extra_domain(request._name, partner)
            self.assertEqual(len(request.sudo().search(domain)), found)

    def test_a_company(self):
        request = self._request(
            kind="company",
            name="Drukkerij De Ekster",
            contact_name="Noor Vermeiren",
            kbo_number="0477472701",
            birth_date="",
            category=self.partner_category,
            share_class=self.share_c,
        )
        self.as_services(request).action_accept()
        partner = request.partner_id
        self.assertTrue(partner.is_company)
        self.assertEqual(partner.company_registry, "0477472701")
        self.assertEqual(partner.child_ids.name, "Noor Vermeiren")

    def test_duplicates(self):
        Partner = self.env["res.partner"]
        by_mail = Partner.create({"name": "N. V.", "email": "NOOR@example.COM"})
        by_birth = Partner.create({"name": "VERMEIREN Noör", "birth_date": "1985-07-30"})
        Partner.create({"name": "Noor Vermeiren", "birth_date": "1985-07-31"})
        Partner.create({"name": "Somebody Else", "birth_date": "1985-07-30"})
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        Partner.create({"name": "N", "email": "noor@example.com", "company_id": elsewhere.id})
        self.assertEqual(self._request().duplicate_partner_ids, by_mail | by_birth)
        firm = Partner.create({"name": "Firm", "is_company": True, "vat": "BE0477472701"})
        registered = Partner.create({"name": "Firm 2", "company_registry": "0477.472.701"})
        request = self._request(
            kind="company", name="De Ekster", kbo_number="0477472701", email="x@example.com"
        )
        self.assertEqual(request.duplicate_partner_ids, firm | registered)

    def test_duplicates_by_national_number(self):
        first = self._request(national_number="85073003328")
        second = self._request(
            national_number="85073003328", email="b@example.com", name="Another Name"
        )
        self.assertEqual(self.as_services(second).duplicate_request_ids, first)
        self.as_services(first).action_accept()
        second.invalidate_recordset()
        self.assertEqual(self.as_services(second).duplicate_partner_ids, first.partner_id)

    def test_two_newcomers_are_no_duplicates(self):
        self._request()
        other = self._request(name="Ann Peeters", email="ann@example.com", birth_date="1990-01-01")
        self.assertFalse(other.duplicate_partner_ids)
        self.assertFalse(other.duplicate_request_ids)

    def test_the_same_person_keeps_what_is_not_ticked(self):
        known = self.env["res.partner"].create(
            {
                "name": "Noor Vermeiren",
                "email": "noor@example.com",
                "phone": "+32 9 555 00 00",
                "city": "Aalst",
            }
        )
        request = self._request(iban="BE71096123456769")
        action = self.as_services(request).action_accept()
        self.assertEqual(request.state, "submitted")
        self.assertEqual(action["res_model"], "coop.membership.request.accept")
        wizard = Form(
            self.env["coop.membership.request.accept"]
            .with_env(self.env(user=self.services, su=False))
            .with_context(**action["context"])
        )
        self.assertEqual(wizard.partner_id, known)
        labels = {}
        for index in range(len(wizard.line_ids)):
            with wizard.line_ids.edit(index) as line:
                labels[line.field_name] = (line.known_value, line.asked_value)
                line.copy_value = line.field_name == "city"
        self.assertEqual(labels["city"], ("Aalst", "Gent"))
        self.assertEqual(labels["phone"], ("+32 9 555 00 00", "+32 470 55 11 22"))
        self.assertNotIn("email", labels)
        wizard.save().action_accept()
        self.assertEqual(request.partner_id, known)
        self.assertEqual((known.city, known.phone), ("Gent", "+32 9 555 00 00"))
        self.assertEqual(known.bank_ids.sanitized_acc_number, "BE71096123456769")

    def test_somebody_new_although_alike(self):
        known = self.env["res.partner"].create({"name": "N", "email": "noor@example.com"})
        request = self._request()
        wizard = self.env["coop.membership.request.accept"].create(
            {"request_id": request.id, "same": "new"}
        )
        wizard.action_accept()
        self.assertNotEqual(request.partner_id, known)
        self.assertEqual(known.name, "N")

    def test_no_contact_but_a_duplicate_is_taken(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.env["res.partner"].create({"name": "N", "email": "noor@example.com"})
        request = self._request()
        wizard = self.env["coop.membership.request.accept"].create({"request_id": request.id})
        wizard.partner_id = stranger
        with self.assertRaises(UserError):
            wizard.action_accept()
        self.assertEqual(request.state, "submitted")

    def test_a_member_asks_on_the_public_page(self):
        membership = self._member(2, "Noor Vermeiren")
        membership.partner_id.email = "noor@example.com"
        request = self._request()
        request._accept(membership.partner_id)
        self.assertEqual(request.subscription_id.membership_id, membership)
        self.assertEqual(
            self.env["coop.membership"].search_count(
                [("partner_id", "=", membership.partner_id.id)]
            ),
            1,
        )

    def test_many_at_once(self):
        requests = self.Request
        for number in range(3):
            requests |= self._request(
                email=f"n{number}@example.com", name=f"Newcomer {number}", birth_date="1990-01-01"
            )
        self.as_services(requests[:2]).action_accept()
        self.assertEqual(requests.mapped("state"), ["accepted", "accepted", "submitted"])
        alike = self._request(email="n0@example.com", birth_date="1970-01-01")
        with self.assertRaisesRegex(UserError, alike.name):
            self.as_services(alike | requests[2]).action_accept()
        self.assertEqual(requests[2].state, "submitted")

    def test_refuse_with_the_reason(self):
        requests = self._request() | self._request(email="b@example.com", name="B")
        wizard = (
            self.env["coop.membership.request.refuse"]
            .with_env(self.env(user=self.services, su=False))
            .create({"request_ids": [Command.set(requests.ids)], "reason": " "})
        )
        with self.assertRaises(UserError):
            wizard.action_refuse()
        wizard.reason = "We are full this year."
        wizard.action_refuse()
        self.assertEqual(requests.mapped("state"), ["refused", "refused"])
        self.assertIn("We are full this year.", self._mails("b@example.com")[:1].body_html)

    def test_what_was_decided_is_not_edited(self):
        request = self._request()
        for values in ({"state": "accepted"}, {"proven_at": False}, {"partner_id": 1}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.as_services(request).write(values)
        self.as_services(request).city = "Brugge"
        self.assertEqual(request.city, "Brugge")

    def test_staff_see_what_is_proven_only(self):
        unproven = self._request(proven=False)
        Request = self.as_services(self.Request)
        self.assertFalse(Request.search([]))
        self.assertFalse(self.as_services(self.env["coop.consent"]).search([]))
        with self.assertRaises(AccessError):
            self.as_services(unproven).read(["name"])
        unproven._prove()
        self.assertEqual(Request.search([]), unproven)

    def test_nobody_else_sees_anything(self):
        request = self._request(document=b"\x89PNG")
        public = self.env.ref("base.public_user")
        employee = new_test_user(
            self.env,
            "join_employee",
            "base.group_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        there = new_test_user(
            self.env,
            "join_there",
            "smart_membership.group_membership_manager",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        for user in (public, employee, there, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                request.with_env(self.env(user=user, su=False, context={})).read(["name"])
        for user in (public, employee, self.portal):
            env = self.env(user=user, su=False, context={})
            for model in (
                "coop.consent",
                "coop.request.limit",
                "coop.national.number.access",
                "coop.membership.request.accept",
            ):
                self.assertFalse(env[model].has_access("read"))
        for operation in ("create", "unlink"):
            self.assertFalse(self.as_services(request).has_access(operation))

    def test_national_numbers_are_for_few_and_each_reading_is_kept(self):
        request = self._request(national_number="85073003328")
        reader = new_test_user(
            self.env,
            "join_reader",
            "smart_membership.group_national_number",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        mine = self.as_services(request)
        self.assertTrue(mine.has_national_number)
        for field in ("national_number", "national_number_stored"):
            with self.assertRaises(AccessError):
                mine.read([field])
        with self.assertRaises(AccessError):
            mine.search([("national_number_stored", "=like", "85%")])
        Access = self.env["coop.national.number.access"]
        self.assertFalse(Access.search([]))
        theirs = request.with_env(self.env(user=reader, su=False))
        with self.assertRaises(AccessError):
            theirs.read(["national_number_stored"])
        [values] = theirs.read(["national_number"])
        self.assertEqual(values["national_number"], "85073003328")
        self.assertRecordValues(
            Access.search([]), [{"request_id": request.id, "user_id": reader.id}]
        )
        with self.assertRaises(AccessError):
            Access.with_env(theirs.env).search([]).unlink()
        mine.action_forget_national_number()
        self.assertFalse(request.national_number_stored)

    def test_retention(self):
        request = self._request(national_number="85073003328", document=b"\x89PNG")
        refused = self._request(email="b@example.com", name="B", birth_date="1990-01-01")
        unproven = self._request(False, email="c@example.com", name="C")
        request._accept()
        refused._refuse("No")
        self.Request._gc_requests()
        self.assertTrue(request.identity_document and refused.exists() and unproven.exists())
        (request | refused)._write_decision({"decided_at": "2020-01-01"})
        unproven.write({"date": "2020-01-01"})
        self.Request._gc_requests()
        self.assertEqual(request.exists(), request)
        self.assertFalse(request.identity_document)
        self.assertFalse(request.national_number_stored)
        self.assertFalse(refused.exists())
        self.assertFalse(unproven.exists())

    def test_unproven_requests_stay_as_long_as_the_cooperative_says(self):
        unproven = self._request(False)
        unproven.write({"date": fields.Datetime.now() - timedelta(days=10)})
        self.company.coop_unproven_days = 11
        self.Request._gc_requests()
        self.assertTrue(unproven.exists())
        self.company.coop_unproven_days = 9
        self.Request._gc_requests()
        self.assertFalse(unproven.exists())

    def test_texts_stay_as_they_were_agreed_to(self):
        self._request()
        text = self.texts[0]
        with self.assertRaisesRegex(UserError, "Text of statutes"):
            text.title = "Something else"
        with self.assertRaises(UserError):
            text.unlink()
        following = text.copy({"title": "New statutes"})
        self.assertEqual((text.version, following.version), (1, 2))
        current = self.env["coop.consent.text"]._current(self.company)
        self.assertEqual(current[0], following)
        later = text.copy({"title": "Next year", "date_from": "2999-01-01"})
        self.assertNotIn(later, self.env["coop.consent.text"]._current(self.company))

    def test_a_consent_is_withdrawn_not_deleted(self):
        request = self._request()
        consent = self.as_services(request.consent_ids[:1])
        for operation in ("write", "create", "unlink"):
            self.assertFalse(consent.has_access(operation))
        consent.action_withdraw()
        self.assertTrue(consent.withdrawn_at)

    def test_the_list_costs_the_same_for_many(self):
        specification = {
            "name": {},
            "amount": {},
            "duplicate_partner_ids": {"fields": {"display_name": {}}},
            "share_class_id": {"fields": {"display_name": {}}},
            "state": {},
        }
        for number in range(30):
            self.env["res.partner"].create({"name": "N", "email": f"m{number}@example.com"})
            self._request(email=f"m{number}@example.com", name=f"Newcomer {number}")
        counts = []
        for limit in (5, 25):
            Request = self.as_services(self.Request)
            Request.web_search_read([], specification, limit=limit)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            rows = Request.web_search_read([], specification, limit=limit)["records"]
            counts.append(self.cr.sql_log_count - before)
            self.assertTrue(all(row["duplicate_partner_ids"] for row in rows))
        self.assertLessEqual(counts[1], counts[0] + 1)
        self.assertLessEqual(counts[1], 30)
