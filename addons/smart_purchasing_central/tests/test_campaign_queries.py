from odoo.tests import HttpCase, tagged

from .campaign_common import CampaignCase

FEW, MANY = 10, 150
# Core writes so many rows at a time, here of pledges, reservations and notices; who cancels adds
# to the trail what each pledge gives back of two products.
BATCH, TABLES = 100, {"cancel": 3 + 2}


@tagged("post_install", "-at_install")
class TestCampaignQueries(CampaignCase, HttpCase):
    """Nothing that a campaign does asks the database once for each pledge."""

    def _filled(self, count):
        """A campaign with so many pledges, half of them from Activities."""
        campaign = self._campaign()
        people = (
            self.env["res.partner"]
            .sudo()
            .create(
                [
                    {"name": f"Member {number}", "email": f"member{number}@example.com"}
                    for number in range(count)
                ]
            )
        )
        memberships = (
            self.env["coop.membership"]
            .sudo()
            .create([{"partner_id": one.id, "company_id": self.company.id} for one in people])
        )
        memberships.action_activate()
        activities = (
            self.env["coop.activity"]
            .sudo()
            .create(
                [
                    {"name": one.partner_id.name, "membership_id": one.id, "state": "open"}
                    for one in memberships[::2]
                ]
            )
        )
        coffee, paper = self._of(campaign, self.coffee), self._of(campaign, self.paper)
        for number, membership in enumerate(memberships):
            pledge = (
                self.env["coop.purchase.pledge"]
                .sudo()
                .create(
                    {
                        "campaign_id": campaign.id,
                        "partner_id": membership.partner_id.id,
                        "activity_id": not number % 2 and activities[number // 2].id,
                        "antenna_id": self.north.id,
                        "line_ids": [
                            (0, 0, {"campaign_product_id": product.id, "wanted": 1, "tolerance": 1})
                            for product in (coffee, paper)
                        ],
                    }
                )
            )
            pledge._hold(booked=True)
        return campaign

    def _count(self, campaign, call):
        """Return how many queries a call makes on a campaign that was not read yet."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        call(campaign)
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def test_queries_do_not_grow_with_pledges(self):
        few, many = self._filled(FEW), self._filled(MANY)
        for name, call in (
            ("demand", lambda one: one._get_demand()),
            ("claims", lambda one: [one._get_claims(product) for product in one.product_ids]),
            ("freeze", lambda one: one.with_user(self.buyer).action_freeze()),
            ("cancel", lambda one: one._cancel("Too slow")),
        ):
            with self.subTest(name):
                counts = [self._count(one, call) for one in (few, many)]
                self.assertLessEqual(
                    counts[1], counts[0] + TABLES.get(name, 3) * (MANY // BATCH), counts
                )
        # Who pledged before is told of the opening; who pledges, of the freezing and the end.
        self.assertEqual(len(many.event_ids.notice_ids), FEW + 2 * MANY)
        self.assertFalse(sum(many.pledge_ids.activity_id.mapped("reserved_amount")))

    def test_pages(self):
        campaign = self._filled(MANY)
        self.env.flush_all()
        self.authenticate(self.giver.login, self.giver.login)
        path = f"/my/purchases/{campaign.id}"
        self.url_open(path)
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertEqual(self.url_open(path).status_code, 200)
        self.assertLess(self.cr.sql_log_count - before, 100)
