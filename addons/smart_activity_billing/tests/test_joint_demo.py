from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestJointDemo(TransactionCase):
    """What the demonstration shows of investing together; skipped where it tells nothing of it."""

    def setUp(self):
        super().setUp()
        company = self.env.ref("base.main_company")
        self.joint = self.env["coop.investment"].search(
            [("company_id", "=", company.id), ("is_joint", "=", True)]
        )
        if not self.joint:
            self.skipTest("this database has no demonstration of joint investments")

    def test_one_of_each(self):
        states = self.joint.grouped("state")
        self.assertGreaterEqual(set(states), {"pledging", "active", "lapsed"})
        proposal, used = states["pledging"][:1], states["active"][:1]
        self.assertTrue(0 < proposal.pledged_amount < proposal.target)
        self.assertGreaterEqual(proposal.pledge_count, 2)
        self.assertGreaterEqual(len(used.share_ids.filtered("share_amount")), 3)
        self.assertGreater(used.written_off, 0)
        self.assertTrue(used.booking_ids)
        self.assertEqual(used.rent_count, 1)

    def test_a_member_with_a_login_has_something_to_answer(self):
        person = self.env.ref("smart_membership.membership_demo_member").partner_id
        Buyout, Investment = self.env["coop.investment.buyout"], self.env["coop.investment"]
        waiting = Buyout.search(Buyout._get_waiting_domain(person))
        self.assertEqual(waiting.investment_id.state, "active")
        self.assertTrue(Investment.search(Investment._get_open_domain(person)))
        asked = self.joint.invitation_ids.filtered(lambda one: one.state == "asked")
        self.assertIn(person, asked.activity_id.manager_ids)
