from datetime import date

from odoo.tests import BaseCase, tagged

from ..lib import join_form

TODAY = date(2026, 3, 1)
GOOD = {
    "kind": "person",
    "name": "Élise Van den Bossche",
    "email": "Elise@Example.org",
    "phone": "+32 470 55 12 34",
    "street": "Merelhof 3",
    "zip": "9000",
    "city": "Gent",
    "country_code": "BE",
    "birth_date": "1985-07-30",
    "category": "1",
    "share_class": "1",
    "quantity": "2",
    "statutes": "1",
    "privacy": "1",
}


@tagged("post_install", "-at_install")
class TestJoinForm(BaseCase):
    """What the public page takes for right, without a database."""

    def check(self, required=False, **values):
        return join_form.check(join_form.read(GOOD | values), TODAY, required)

    def assert_error(self, field, code, **values):
        self.assertEqual(self.check(**values)[1].get(field), code)

    def test_a_good_page(self):
        clean, errors = self.check(iban="be71 0961 2345 6769", national_number="85.07.30-033.28")
        self.assertFalse(errors)
        self.assertEqual(clean["email"], "elise@example.org")
        self.assertEqual(clean["birth_date"], date(1985, 7, 30))
        self.assertEqual(clean["iban"], "BE71096123456769")
        self.assertEqual(clean["national_number"], "85073003328")
        self.assertEqual(clean["quantity"], 2)

    def test_only_fields_of_the_page_are_read(self):
        posted = GOOD | {"state": "accepted", "company_id": "1", "partner_id": "3", "id": "7"}
        self.assertEqual(
            set(join_form.read(posted)),
            set(join_form.TEXTS) | set(join_form.CONSENTS) | {"sectors"},
        )

    def test_check_digits(self):
        self.assert_error("national_number", "national_number", national_number="85073003329")
        self.assert_error("national_number", "birth", national_number="17073003384")
        self.assert_error("iban", "iban", iban="BE71096123456760")
        self.assert_error("kbo_number", "kbo_number", kind="company", kbo_number="0477472702")

    def test_what_is_not_of_the_kind_is_dropped(self):
        clean, _errors = self.check(kbo_number="0477472701", contact_name="Somebody")
        self.assertEqual((clean["kbo_number"], clean["contact_name"]), ("", ""))
        clean, errors = self.check(
            kind="company",
            kbo_number="0477.472.701",
            contact_name="Ada",
            national_number="85073003328",
        )
        self.assertFalse(errors)
        self.assertEqual((clean["national_number"], clean["birth_date"]), ("", ""))

    def test_companies_abroad_have_no_belgian_number(self):
        _clean, errors = self.check(kind="company", contact_name="Ada", country_code="FR")
        self.assertFalse(errors)
        self.assert_error("kbo_number", "required", kind="company", contact_name="Ada")

    def test_required(self):
        for name in join_form.REQUIRED:
            self.assert_error(name, "required", **{name: " "})
        self.assert_error("privacy", "consent", privacy="")
        self.assert_error("kind", "required", kind="robot")
        _clean, errors = self.check(required=True)
        self.assertEqual(errors, {"national_number": "required"})

    def test_quantities(self):
        for quantity in ("0", "-1", "1.5", "100001", "²", "1e3", "99999999999"):
            with self.subTest(quantity=quantity):
                self.assertIn("quantity", self.check(quantity=quantity)[1])

    def test_days_of_birth(self):
        for day in ("2026-03-01", "2030-01-01", "1850-01-01", "30/02/1985", "yesterday"):
            self.assert_error("birth_date", "birth_date", birth_date=day)
        self.assertEqual(self.check(birth_date="30.07.1985")[0]["birth_date"], date(1985, 7, 30))

    def test_addresses_and_telephones(self):
        for email in ("a", "a@b", "a b@c.be", "a@b.be, c@d.be", "<a@b.be>"):
            self.assert_error("email", "email", email=email)
        for phone in ("call me", "12", "+32 470 55 12 34 55 12 34 55"):
            self.assert_error("phone", "phone", phone=phone)

    def test_too_long_is_kept_and_said(self):
        clean, errors = self.check(name="x" * 200)
        self.assertEqual(errors["name"], "long")
        self.assertEqual(len(clean["name"]), 200)

    def test_control_characters_and_other_types(self):
        typed = join_form.read({"name": "A\x00da\x1b", "email": ["a", "b"]})
        self.assertEqual((typed["name"], typed["email"]), ("Ada", ""))

    def test_names_are_compared_without_accents_and_order(self):
        same = ("Élise Van den Bossche", "VAN DEN BOSSCHE Elise", "elise  van-den bossche")
        self.assertEqual(len({join_form.normalise(name) for name in same}), 1)
        self.assertNotEqual(join_form.normalise("Elise"), join_form.normalise("Elisa"))
