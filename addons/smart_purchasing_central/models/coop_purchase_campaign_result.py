from collections import defaultdict

from odoo import fields, models

from ..lib.result import Result, trips_avoided

# Deposits come back: they are no price.
PRICE_KINDS = ("goods", "freight", "other")


class CoopPurchaseCampaign(models.Model):
    """What a campaign brought, in all and to each who took part."""

    _inherit = "coop.purchase.campaign"

    saved_amount = fields.Monetary(
        "Saved", compute="_compute_result", help="Against what each would have paid alone."
    )
    saved_percentage = fields.Float("Saved (%)", compute="_compute_result")
    trips_avoided = fields.Integer(compute="_compute_result")
    co2_avoided = fields.Float("CO2 Avoided (kg)", compute="_compute_result", digits=(16, 1))

    def _compute_result(self):
        for campaign in self:
            # Totals are for all who may see the campaign.
            total = campaign.sudo()._get_total_result()
            campaign.saved_amount = total.saved
            campaign.saved_percentage = total.saved_percentage or 0.0
            campaign.trips_avoided = total.trips
            campaign.co2_avoided = total.co2

    def _get_total_result(self):
        """Return the ``Result`` of all together, with the trips of the vans taken off."""
        self.ensure_one()
        results = self._get_results()
        total = sum(results.values(), Result())
        takers = self._get_takers()
        orders = defaultdict(set)
        for one in takers:
            orders[one.order_line_id.order_id].add(one.pledge_id.id)
        trips = trips_avoided(
            [len(pledges) for pledges in orders.values()],
            len(orders) + len(takers.antenna_id),
        )
        driven = (total.trips - trips) * self._get_trip_co2()
        return total._replace(trips=trips, co2=total.co2 - driven)

    def _get_results(self):
        """Return ``{pledge: Result}`` of all who got something."""
        self.ensure_one()
        charged = defaultdict(float)
        goods = {}
        for allocation, kind, amount in self.env["coop.purchase.charge"]._read_group(
            [("campaign_id", "=", self.id), ("kind", "in", PRICE_KINDS)],
            ["allocation_id", "kind"],
            ["amount:sum"],
        ):
            charged[allocation.pledge_id] += amount
            if kind == "goods":
                goods[allocation] = amount
        saved_by_offer = self._get_offer_co2()
        results = {}
        for pledge, rows in self._get_takers().grouped("pledge_id").items():
            trips = len(rows.order_line_id.order_id)
            co2 = sum(one.kept * saved_by_offer.get(one.order_line_id, 0.0) for one in rows)
            alone = sum(
                one.kept * one.campaign_product_id.reference_price or goods.get(one, 0.0)
                for one in rows
            )
            results[pledge] = Result(
                alone=self.currency_id.round(alone),
                paid=self.currency_id.round(charged[pledge]),
                trips=trips,
                co2=co2 + trips * self._get_trip_co2(),
            )
        return results

    def _get_takers(self):
        """Return the allocations of members who kept something."""
        return self.allocation_ids.filtered(lambda one: one.pledge_line_id and one.kept > 0)

    def _get_trip_co2(self):
        """Return the kilograms of CO2 of one trip that nobody drove."""
        company = self.company_id
        return company.campaign_trip_distance * company.campaign_trip_emission / 1000

    def _get_offer_co2(self):
        """Return ``{order line: kilograms}``: what a unit emits less than offered on average.

        Only where more than one offer says what a unit emits.
        """
        offers = defaultdict(list)
        for line in self.offer_ids.filtered("is_opened").line_ids:
            if line.co2_grams:
                offers[line.campaign_product_id.product_id].append(line)
        saved = {}
        for order_line in self.order_ids.order_line:
            rivals = offers[order_line.product_id]
            chosen = [line for line in rivals if line.partner_id == order_line.partner_id]
            if len(rivals) > 1 and chosen:
                mean = sum(line.co2_grams for line in rivals) / len(rivals)
                saved[order_line] = (mean - chosen[0].co2_grams) / 1000
        return saved
