from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestCampaignDemo(TransactionCase):
    """What the demonstration shows of campaigns; skipped where it tells nothing of them."""

    def setUp(self):
        super().setUp()
        company = self.env.ref("base.main_company")
        self.campaigns = self.env["coop.purchase.campaign"].search(
            [("company_id", "=", company.id)]
        )
        if not self.campaigns:
            self.skipTest("this database has no demonstration of campaigns")

    def test_one_of_each(self):
        states = self.campaigns.grouped("state")
        self.assertGreaterEqual(set(states), {"draft", "open", "boxfill"})
        for state in ("open", "boxfill"):
            self.assertGreaterEqual(states[state][0].pledge_count, 3)
        self.assertTrue(any(states["open"].product_ids.mapped("missing_to_price")))
        self.assertTrue(any(states["boxfill"].product_ids.mapped("missing_to_box")))
        self.assertTrue(states["draft"].need_ids)

    def test_needs_with_and_without_a_product(self):
        needs = self.env["coop.purchase.need"].search([])
        self.assertTrue(needs.filtered("product_id"))
        self.assertTrue(needs - needs.filtered("product_id"))

    def test_a_member_with_a_login_pledges(self):
        person = self.env.ref("smart_membership.membership_demo_member").partner_id
        Pledge = self.env["coop.purchase.pledge"]
        self.assertTrue(Pledge.search(Pledge._get_own_domain(person)))
