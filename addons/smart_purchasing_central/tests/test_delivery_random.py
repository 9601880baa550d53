import random

from odoo.tests import tagged

from .delivery_common import DeliveryCase


@tagged("post_install", "-at_install")
class TestDeliveryRandom(DeliveryCase):
    """Random deliveries, weights, damages, returns, freight and credits, in the real books."""

    def test_charges_sum_to_the_bills_whatever_happens(self):
        for seed in range(6):
            with self.subTest(seed):
                self._live_through(random.Random(seed))

    def _live_through(self, chance):
        weighed = chance.random() < 0.5
        payers = (self.workshop, self.studio, self.gallery, self.neighbour)
        pledges = [
            (payer, chance.choice(self.antennas), (minimum, minimum + more, tolerance))
            for payer in payers
            for minimum, more, tolerance in [
                (chance.randint(0, 3), chance.randint(0, 5), chance.randint(0, 2))
            ]
            if minimum + more
        ]
        wanted = sum(quantities[1] for _payer, _antenna, quantities in pledges)
        if not wanted:
            return
        campaign = self._campaign(
            [self._demand(ordered=wanted, pledges=pledges, price=3.37, catch_weight=weighed)],
            freight_rule=chance.choice(["value", "quantity", "weight", "point"]),
            shortage_rule=chance.choice(["pro_rata", "equal"]),
            leftover_rule=chance.choice(["tolerance", "cooperative"]),
        )
        self._receive(campaign, chance.randint(1, wanted + 3))
        self._check_fair(campaign)
        bill = self._bill(campaign, extra=[(self.delivery, chance.randint(1, 2000) / 100)])
        self._use(campaign, chance, weighed)
        campaign._settle()
        self._check_paid(campaign)
        self._use(campaign, chance, weighed)
        if chance.random() < 0.7:
            self._credit(bill, quantity=chance.randint(1, wanted))
        if chance.random() < 0.5:
            self._credit(bill, price=chance.randint(1, 100) / 100)
        campaign._settle()
        self._check_paid(campaign)
        campaign._close()
        self.assert_cleared(campaign)

    def _check_fair(self, campaign):
        """Nobody gets what is tolerated while another one has less than the least of use."""
        lacking = tolerated = False
        for line in campaign.pledge_ids.line_ids:
            got = sum(line.allocation_ids.mapped("received"))
            self.assertTrue(got == 0 or got >= line.minimum_acceptable)
            # Whom nothing was ordered for lacks nothing of this delivery.
            lacking |= bool(line.allocation_ids) and got < line.minimum_acceptable
            tolerated |= got > line.wanted
        self.assertFalse(lacking and tolerated)

    def _use(self, campaign, chance, weighed):
        for one in campaign.allocation_ids.filtered(
            lambda one: one.pledge_line_id and one.to_hand_over > 0
        ):
            if one.to_hand_over >= 1 and chance.random() < 0.3:
                one._damage(chance.randint(1, int(one.to_hand_over)), "Broken")
            if one.to_hand_over <= 0:
                continue
            quantity = one.to_hand_over
            if weighed:
                quantity = round(quantity * (1 + chance.uniform(-0.2, 0.2)), 2)
            one._hand_over({one: quantity}, "As weighed")
            if chance.random() < 0.3:
                one._bring_back(round(one.handed_over / 2, 2), "Not as ordered")

    def _check_paid(self, campaign):
        billed = sum(
            campaign._get_bills()
            .filtered(lambda bill: bill.state == "posted")
            .mapped("amount_untaxed_signed")
        )
        charged = sum(campaign.charge_ids.mapped("amount"))
        self.assertAlmostEqual(charged, -billed, 2)
        self.assert_cleared(campaign)
