from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from ..demo import shares, story


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """What the demonstration promises to who looks at it; skipped where there is none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.env.ref("smart_membership.membership_demo_member", False)

    def setUp(self):
        super().setUp()
        if not self.member:
            self.skipTest("this database has no demonstration data")

    def test_members_of_all_categories(self):
        groups = self.env["coop.membership"]._read_group(
            [("company_id", "=", self.env.ref("base.main_company").id), ("number", "<=", 38)],
            ["category_id"],
            ["__count"],
        )
        counts = {category.code: count for category, count in groups}
        self.assertGreaterEqual(counts["user"], 25)
        self.assertEqual((counts["staff"], counts["partner"]), (6, 4))

    def test_numbers_follow_the_dates(self):
        members = self.env["coop.membership"].search(
            [("company_id", "=", self.member.company_id.id), ("number", "in", list(range(1, 39)))],
            order="number",
        )
        self.assertEqual(members.mapped("number"), list(range(1, 39)))
        dates = members.mapped("date_start")
        self.assertEqual(dates, sorted(dates))

    def test_every_antenna_has_a_contact_person(self):
        for name in ("brussels", "liege", "gent", "antwerp", "namur", "charleroi"):
            with self.subTest(antenna=name):
                self.assertTrue(self.env.ref(f"smart_membership.antenna_{name}").contact_ids)

    def test_portal_users_are_user_members(self):
        for login in ("member", "member_fr"):
            membership = self.env.ref(f"smart_membership.membership_demo_{login}")
            user = self.env.ref(f"smart_membership.user_demo_{login}")
            self.assertEqual(membership.partner_id, user.partner_id)
            self.assertEqual((membership.state, membership.category_code), ("member", "user"))
            self.assertTrue(user._is_portal())

    def test_shares_are_told_in_three_languages(self):
        langs = ("en_US", "nl_BE", "fr_BE")
        for lang in langs:
            self.env["res.lang"]._activate_lang(lang)
        company = self.member.company_id
        for code, _category, names, _prices, _most in shares.CLASSES:
            share_class = self.env["coop.share.class"].search(
                [("company_id", "=", company.id), ("code", "=", code)]
            )
            for field, texts in (("name", names), ("restrictions", shares.RESTRICTIONS)):
                # As the story does where these languages are there from the beginning.
                story.in_languages(share_class, field, *texts[1:])
                told = [share_class.with_context(lang=lang)[field] for lang in langs]
                self.assertEqual(told, [*texts])

    def test_directory_and_networks_live(self):
        company = self.member.company_id
        Entry = self.env["coop.directory.entry"]
        self.assertGreaterEqual(Entry.search_count(Entry._visible_domain(company)), 15)
        self.assertTrue(self.member.directory_entry_ids.listed)
        novice = self.env.ref("smart_membership.membership_demo_member_fr")
        self.assertFalse(novice.directory_entry_ids, "she opens her entry in the demonstration")
        networks = self.env["coop.sector"]._networks(self.member)
        own = [network for network in networks if network["own"]]
        self.assertTrue(any(network["events"] for network in own))
        self.assertTrue(any(network["subscribed"] for network in own))
        names = [event["name"] for network in networks for event in network["events"]]
        self.assertNotIn("Netwerkdag beeld en woord", names, "that one is still being prepared")

    def test_the_register_is_that_of_the_members(self):
        company = self.member.company_id
        Movement = self.env["coop.share.movement"]
        self.assertFalse(Movement._verify_chain(company))
        members = self.env["coop.membership"].search(
            [("company_id", "=", company.id), ("state", "=", "member"), ("number", "<=", 38)]
        )
        self.assertTrue(all(member.voting for member in members))
        subscriptions = self.env["coop.share.subscription"].search([])
        self.assertLessEqual(
            {"submitted", "approved", "paid", "refused"}, set(subscriptions.mapped("state"))
        )

    def test_transfers_in_every_state(self):
        transfers = self.env["coop.share.transfer"].search(
            [("company_id", "=", self.member.company_id.id)]
        )
        self.assertLessEqual(
            {"submitted", "accepted", "approved", "declined", "refused"},
            set(transfers.mapped("state")),
        )
        offered = transfers.filtered(lambda one: one.state == "submitted")
        self.assertIn(self.member.partner_id, offered.partner_to_id)
        conversion = self.env["coop.share.conversion"].search([], limit=1)
        self.assertIn("become", conversion.preview)

    def test_told_once(self):
        count = self.env["coop.membership"].search_count([])
        self.env["coop.demo"]._tell("smart_membership")
        self.assertEqual(self.env["coop.membership"].search_count([]), count)

    def test_unknown_addon(self):
        with self.assertRaisesRegex(UserError, "no_such_addon"):
            self.env["coop.demo"]._tell("no_such_addon")

    def test_services_and_documents_in_all_states(self):
        company = [("company_id", "=", self.member.company_id.id)]
        for model, count in (("coop.service.request", 4), ("coop.member.document", 4)):
            groups = self.env[model]._read_group(company, ["state"])
            self.assertGreaterEqual(len(groups), count, model)
        self.assertGreaterEqual(self.env["coop.service"].search_count(company), 10)
        rated = self.env["coop.service.request"].search_count([*company, ("score", ">", 0)])
        self.assertGreaterEqual(rated, 5)
