from odoo.tests import Form, new_test_user, tagged

from .common import MembershipCase


@tagged("post_install", "-at_install")
class TestPartner(MembershipCase):
    def test_contact_shows_the_current_membership_of_the_company(self):
        former = self._member("Jo", date_start="2020-01-01")
        former._end(former.date_start, "other")
        partner = former.partner_id
        self.assertFalse(partner.membership_id)
        current = self.env["coop.membership"].create(
            {"partner_id": partner.id, "antenna_id": self.antenna.id, "state": "member"}
        )
        self.assertEqual(partner.membership_id, current)
        self.assertEqual(partner.member_number, current.number)
        self.assertEqual(partner.member_category_id, self.category)
        self.assertEqual(partner.member_antenna_id, self.antenna)
        self.assertFalse(partner.with_company(self.other_company).membership_id)

    def test_who_does_not_serve_members_duplicates_a_contact(self):
        self.contact.birth_date = "1985-07-30"
        accountant = new_test_user(
            self.env, "copying_accountant", "account.group_account_user,base.group_partner_manager"
        )
        copy = self.contact.with_user(accountant).copy()
        self.assertNotEqual(copy, self.contact)
        self.assertFalse(copy.sudo().birth_date)

    def test_contacts_are_searched_by_membership(self):
        member = self._member("A", antenna_id=self.antenna.id, sector_ids=self.subsector.ids)
        candidate = self._candidate("B")
        outsider = self.contact
        partners = member.partner_id | candidate.partner_id | outsider
        Partner = self.env["res.partner"].with_user(self.services)
        for domain, expected in (
            ([("membership_id", "!=", False)], member | candidate),
            ([("membership_id.state", "=", "member")], member),
            ([("member_number", "=", member.number)], member),
            ([("member_antenna_id", "ilike", "Test Ant")], member),
            ([("member_category_id", "=", self.category.id)], member | candidate),
            ([("membership_id.sector_ids", "child_of", self.sector.ids)], member),
            ([("membership_id", "in", candidate.ids)], candidate),
        ):
            with self.subTest(domain=domain):
                found = Partner.search([("id", "in", partners.ids), *domain])
                self.assertEqual(found, expected.partner_id)
        without = Partner.search([("id", "in", partners.ids), ("membership_id", "=", False)])
        self.assertEqual(without, outsider)

    def test_contact_is_found_by_number(self):
        member = self._member("Found by Number")
        Partner = self.env["res.partner"]
        for user, expected in ((self.services, True), (self.employee, False)):
            with self.subTest(user=user.login):
                found = [
                    partner_id
                    for partner_id, _name in Partner.with_user(user).name_search(
                        f"#{member.number}", [("name", "=", "Found by Number")]
                    )
                ]
                self.assertEqual(member.partner_id.id in found, expected)

    def test_button_on_the_contact_opens_the_membership(self):
        action = self.contact.with_user(self.services).action_view_memberships()
        Membership = self.env["coop.membership"].with_user(self.services)
        form = Form(Membership.with_context(**action["context"]))
        self.assertEqual(form.partner_id, self.contact)
        membership = form.save()
        action = self.contact.with_user(self.services).action_view_memberships()
        self.assertEqual(action["res_id"], membership.id)

    def test_contact_form_opens_for_everybody(self):
        """The added page must not keep out who has nothing to do with members."""
        member = self._member()
        for user in (self.services, self.employee):
            with self.subTest(user=user.login):
                partner = member.partner_id.with_user(user)
                arch = partner.get_view(self.env.ref("base.view_partner_form").id, "form")["arch"]
                self.assertEqual("membership_ids" in arch, user == self.services)
                self.assertEqual(Form(partner).name, "Test Member")
