import base64
from datetime import date

from freezegun import freeze_time
from psycopg2.errors import RestrictViolation

from odoo import Command, fields
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .personal_data_common import ADDRESS, IBAN, PHONE, PersonalDataCase

DETAILS = (
    PHONE,
    "noor@example.com",
    "landlord",
    "playgrounds",
    "called in the morning",
    "Quarrelled",
)


@tagged("post_install", "-at_install")
class TestPersonalDataErasure(PersonalDataCase):
    def _wizard(self, partner=None, user=None, **values):
        Wizard = self.env["coop.personal.data.erasure"].with_user(user or self.manager).sudo(False)
        return Wizard.create(
            {
                "partner_id": (partner or self.person).id,
                "reason": "Asked by letter",
                "request_date": "2026-02-01",
                "confirmed": True,
                **values,
            }
        )

    def _erase(self, partner=None, **values):
        wizard = self._wizard(partner, **values)
        action = wizard.action_erase()
        self.env.invalidate_all()
        return self.env["coop.personal.data.log"].browse(action["res_id"])

    def _texts_in_database(self):
        """All texts of all tables that can hold something of a person, as one text."""
        self.env.flush_all()
        texts = []
        for name, model in self.env.registry.items():
            # What dialogues hold goes by itself within hours.
            if model._abstract or model._transient or not model._auto:
                continue
            self.env.cr.execute(f'SELECT row::text FROM "{model._table}" row')
            texts += [f"{name} {row}" for (row,) in self.env.cr.fetchall()]
        return texts

    # ------------------------------------------------------------------
    # What must be settled first
    # ------------------------------------------------------------------

    def test_a_member_with_shares_is_refused(self):
        wizard = self._wizard()
        self.assertIn("Holds shares (2)", wizard.obstacles)
        self.assertIn("Share Transfer", wizard.obstacles)
        with self.assertRaisesRegex(UserError, "Noor Vermeiren cannot be erased yet"):
            wizard.action_erase()
        self.assertEqual(self.person.phone, PHONE)

    def test_an_unpaid_exit_is_refused(self):
        self.transfer._decline()
        self._test_report()
        share_exit = self._exit(self.membership, "exclusion", reason="Why", submit=False)
        share_exit.write({"hearing_date": "2026-01-02"})
        share_exit.action_submit()
        self.assertIn(share_exit.display_name, self._wizard().obstacles)

    def test_an_unpaid_call_is_refused(self):
        partner = self.env["res.partner"].create({"name": "Slow Payer"})
        subscription = self._subscribe(1, partner)
        self.assertIn(subscription.capital_call_id.name, self._wizard(partner).obstacles)

    def test_an_employee_and_a_company_are_refused(self):
        self.assertIn("administrator", self._wizard(self.services.partner_id).obstacles)
        self.assertIn("company", self._wizard(self.company.partner_id).obstacles)

    def test_who_is_known_elsewhere_is_refused(self):
        self._leave()
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["coop.membership"].create({"partner_id": self.person.id, "company_id": other.id})
        self.assertIn("Elsewhere", self._wizard().obstacles)

    def test_it_wants_a_confirmation_and_a_past_day(self):
        self._leave()
        with self.assertRaisesRegex(UserError, "cannot be undone"):
            self._wizard(confirmed=False).action_erase()
        with self.assertRaisesRegex(UserError, "future"):
            self._wizard(request_date="2999-01-01").action_erase()
        with self.assertRaises(UserError):
            self._wizard(reason="  ").action_erase()

    def test_only_managers(self):
        self._leave()
        for user in (self.services, self.accountant, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._wizard(user=user)
        wizard = self._wizard()
        for user in (self.services, self.accountant):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                wizard.with_user(user).action_erase()
        self.assertEqual(self.person.phone, PHONE)

    def test_a_manager_of_another_cooperative_erases_nobody_here(self):
        self._leave()
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.manager.copy(
            {
                "login": "stranger",
                "company_id": elsewhere.id,
                "company_ids": [Command.set(elsewhere.ids)],
            }
        )
        self.person.company_id = self.company
        # By the form, and by calling the button of a colleague's dialogue by its id.
        with self.assertRaises(AccessError):
            self._wizard(user=stranger).action_erase()
        wizard = self._wizard()
        with self.assertRaises(AccessError):
            wizard.with_user(stranger).with_company(elsewhere).action_erase()
        self.env.invalidate_all()
        self.assertEqual(self.person.phone, PHONE)

    # ------------------------------------------------------------------
    # What goes and what stays
    # ------------------------------------------------------------------

    def test_preview_says_what_happens(self):
        self._leave()
        lines = {line.what: line for line in self._wizard().line_ids}
        self.assertEqual(lines["Consent"].action, "delete")
        self.assertEqual(lines["Service Request"].count, 1)
        self.assertEqual(lines["Share Movement"].action, "keep")
        self.assertIn("6:24", lines["Share Movement"].why)
        self.assertIn("6:24", lines["Contact"].why)

    def test_nothing_but_what_the_law_wants_is_left(self):
        share_exit = self._leave()
        movements = self._register()
        before = movements.mapped("hash")
        holders = movements._holders_at(fields.Date.today(), self.company)
        self._erase()
        left = [
            text
            for text in self._texts_in_database()
            if any(detail in text for detail in DETAILS) or IBAN in text.replace(" ", "")
        ]
        self.assertFalse(left)
        self.assertRecordValues(
            self.person,
            [
                {
                    "name": "Noor Vermeiren",
                    "street": ADDRESS,
                    "zip": "9000",
                    "phone": False,
                    "email": False,
                    "birth_date": False,
                    "comment": False,
                    "active": False,
                }
            ],
        )
        self.assertFalse(self.consent.exists())
        self.assertFalse(self.service_request.exists())
        self.assertEqual(self.document.state, "deleted")
        self.assertFalse(self.document.file)
        # The register and the books are as they were.
        self.assertEqual(self._register().mapped("hash"), before)
        self.assert_register_holds()
        self.assertEqual(movements._holders_at(fields.Date.today(), self.company), holders)
        self.assertEqual(share_exit.state, "paid")
        self.assertEqual(share_exit.amount, 100)
        self.assertTrue(self.membership.number)
        # And of the other side of the transfer nothing went.
        self.assertEqual(self.other.partner_id.street, "Secret lane 1")
        self.assertTrue(self.other.active)

    def test_an_extract_of_an_old_day_still_names_the_holder(self):
        day = self._register()[-1].date
        with freeze_time(fields.Date.add(day, days=30)):
            self._leave()
            self._erase()
            rows = self._register()._holders_at(day, self.company, self.person)
            self.assertEqual(
                [(row.name, row.domicile, row.quantity) for row in rows],
                [("Noor Vermeiren", f"{ADDRESS}, 9000 Gent", 2)],
            )

    def test_the_login_is_closed(self):
        login = self.portal.login
        self._leave()
        self._erase()
        self.assertFalse(self.portal.active)
        self.assertNotIn(login, self.portal.login)
        self.env.cr.execute("SELECT password FROM res_users WHERE id = %s", [self.portal.id])
        self.assertEqual(self.env.cr.fetchone(), (None,))
        with self.assertRaises(AccessDenied), mute_logger("odoo.addons.base.models.res_users"):
            self.env["res.users"].authenticate(
                {"login": login, "password": login, "type": "password"}, {}
            )

    def test_the_log_says_so_without_details(self):
        self._leave()
        log = self._erase()
        self.assertRecordValues(
            log,
            [
                {
                    "kind": "erasure",
                    "user_id": self.manager.id,
                    "reason": "Asked by letter",
                    "request_date": date(2026, 2, 1),
                    "contact_number": self.person.id,
                }
            ],
        )
        self.assertIn("Consent, deleted: 1", log.summary)
        for detail in ("Noor", PHONE, IBAN, "Gent"):
            self.assertNotIn(detail, log.summary)
        with self.assertRaisesRegex(UserError, "only grows"):
            log.reason = "Otherwise"
        with self.assertRaisesRegex(UserError, "only grows"):
            log.unlink()

    def test_a_second_time_is_harmless(self):
        self._leave()
        self._erase()
        before = self._register().mapped("hash")
        values = self.person.read(["name", "street", "active"])
        log = self._erase()
        self.assertEqual(self.person.read(["name", "street", "active"]), values)
        self.assertEqual(self._register().mapped("hash"), before)
        self.assertNotIn("Consent", log.summary)

    def test_a_refused_candidate_leaves_no_name(self):
        request = self.env["coop.membership.request"].create(
            {
                "company_id": self.company.id,
                "name": "Zebulon Quarles",
                "email": "zebulon@example.com",
                "phone": "+32 2 555 13 57",
                "category_id": self.user_category.id,
                "share_class_id": self.share_a.id,
                "identity_document": base64.b64encode(b"%PDF-1.4 card"),
                "national_number_stored": "85073003328",
            }
        )
        request._prove()
        request._accept()
        partner = request.partner_id
        self.assertIn("still open", self._wizard(partner).obstacles)
        request.subscription_id.refusal_reason = "Zebulon does not fit"
        request.subscription_id.action_refuse()
        number = partner.id
        self._erase(partner)
        self.assertFalse(request.exists())
        self.assertEqual(partner.name, f"Erased contact {number}")
        details = ("Zebulon", "zebulon@example.com", "555 13 57", "85073003328")
        left = [
            text for text in self._texts_in_database() if any(detail in text for detail in details)
        ]
        self.assertFalse(left)

    def test_the_books_keep_a_name_for_their_time_only(self):
        partner = self.env["res.partner"].create(
            {"name": "Client of Old", "street": "Mill 1", "phone": PHONE}
        )
        with freeze_time("2026-03-01"):
            invoice = self.init_invoice(
                "out_invoice", partner, "2026-03-01", amounts=[100], post=True
            )
            line = self._bank_line(invoice.amount_total)
            term = invoice.line_ids.filtered(lambda one: one.display_type == "payment_term")
            line.account_id = term.account_id
            (line | term).reconcile()
            log = self._erase(partner)
            self.assertEqual(log.keep_until, date(2033, 12, 31))
        self.assertRecordValues(partner, [{"name": "Client of Old", "phone": False}])
        with freeze_time("2033-12-31"):
            self._cron()
            self.assertEqual(partner.name, "Client of Old")
        with freeze_time("2034-01-01"):
            self._cron()
        self.assertEqual(partner.name, f"Erased contact {partner.id}")
        self.assertFalse(partner.street)
        self.assertEqual(invoice.state, "posted")
        self.assertFalse(log.keep_until)

    def test_the_log_only_grows(self):
        log = self.env["coop.personal.data.log"]._note(
            "erasure",
            self.person,
            self.env.company,
            {"Notes": 2},
            reason="Asked by letter",
            keep_until=date(2033, 12, 31),
        )
        self.env.flush_all()
        for change in (lambda: log.write({"reason": "Nothing"}), log.unlink):
            with self.assertRaises(UserError):
                change()
        for change in (
            "UPDATE coop_personal_data_log SET reason = 'Nothing'",
            "UPDATE coop_personal_data_log SET reason = NULL, keep_until = NULL",
            "UPDATE coop_personal_data_log SET contact_number = 1",
            "UPDATE coop_personal_data_log SET keep_until = '2040-12-31'",
            "DELETE FROM coop_personal_data_log",
            "TRUNCATE coop_personal_data_log",
        ):
            with (
                self.subTest(change=change),
                mute_logger("odoo.sql_db"),
                self.assertRaises(RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(change)
        log._forget_keep_until()
        self.env.flush_all()
        self.assertRecordValues(log, [{"keep_until": False, "reason": "Asked by letter"}])

    def test_a_line_of_the_log_stays_when_its_contact_goes(self):
        partner = self.env["res.partner"].create({"name": "Passer-by"})
        log = self.env["coop.personal.data.log"]._note("export", partner, self.env.company, {})
        number = partner.id
        self.env.flush_all()
        partner.unlink()
        self.env.invalidate_all()
        self.assertRecordValues(log, [{"partner_id": False, "contact_number": number}])

    def _cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("smart_membership.ir_cron_personal_data_forget").method_direct_trigger()
        self.env.invalidate_all()

    def test_who_spoke_for_a_company_goes_with_it(self):
        partner = self.env["res.partner"].create(
            {
                "name": "Small Works bv",
                "is_company": True,
                "child_ids": [Command.create({"name": "Zebulina Quarles"})],
            }
        )
        self._erase(partner)
        texts = self._texts_in_database()
        self.assertFalse([text for text in texts if "Zebulina" in text])
