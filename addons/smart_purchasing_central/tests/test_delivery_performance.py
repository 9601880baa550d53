from odoo.tests import tagged

from .delivery_common import DeliveryCase

SMALL, LARGE = 10, 60


@tagged("post_install", "-at_install")
class TestDeliveryPerformance(DeliveryCase):
    """Counting, charging and closing take a number of queries that pledges do not change."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().activity_overdraft_policy = "warn"

    def _make(self, count):
        activities = self.env["coop.activity"].create(
            [
                {"name": f"Activity {number}", "membership_id": self.member.id, "state": "open"}
                for number in range(count)
            ]
        )
        pledges = [
            (activity, self.antennas[number % 2], (1, 3, 1))
            for number, activity in enumerate(activities)
        ]
        campaign = self._campaign([self._demand(ordered=3 * count, pledges=pledges)])
        return campaign

    def _count(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _measure(self, count):
        campaign = self._make(count)
        self._receive(campaign, 2 * count)
        queries = {"share": self._count(campaign._share_receipts)}
        rows = campaign.allocation_ids.filtered(lambda one: one.to_hand_over > 0)
        queries["hand over"] = self._count(
            lambda: rows._hand_over({one: one.to_hand_over for one in rows})
        )
        self._bill(campaign, extra=[(self.delivery, 10)])
        queries["settle"] = self._count(campaign._settle)
        queries["result"] = self._count(campaign._get_total_result)
        queries["close"] = self._count(campaign._close)
        self.assert_cleared(campaign)
        return queries

    def test_queries_do_not_grow_with_the_pledges(self):
        self._measure(SMALL)  # warm
        small, large = self._measure(SMALL), self._measure(LARGE)
        for step, count in large.items():
            with self.subTest(step):
                self.assertLessEqual(count, small[step] + 5, (small, large))
