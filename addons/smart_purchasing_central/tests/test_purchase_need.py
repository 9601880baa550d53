from datetime import date

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .campaign_common import CampaignCase


@tagged("post_install", "-at_install")
class TestPurchaseNeed(CampaignCase):
    """What members need, month by month, and the campaign that is made of it."""

    def _need(self, product=None, quantity=2, every="once", month="2026-03-15", **values):
        return (
            self.env["coop.purchase.need"]
            .sudo()
            .create(
                {
                    "partner_id": self.giver.partner_id.id,
                    "company_id": self.company.id,
                    "product_id": product and product.id,
                    "quantity": quantity,
                    "every": every,
                    "date_from": month,
                    **values,
                }
            )
        )

    def _months(self, needs):
        rows = (
            self.env["coop.purchase.demand"]
            .with_user(self.buyer)
            .search([("need_id", "in", needs.ids)])
        )
        return [(row.month, row.quantity) for row in rows]

    @freeze_time("2026-02-20")
    def test_months(self):
        for every, months in (
            ("once", [3]),
            ("quarter", [3, 6, 9, 12]),
            ("half", [3, 9]),
            ("year", [3]),
        ):
            need = self._need(self.coffee, every=every)
            expected = [(date(2026, month, 1), 2) for month in months]
            self.assertEqual(self._months(need), expected, every)
        self.assertEqual(len(self._months(self._need(self.coffee, every="month"))), 11)
        # What was needed once and never bought is needed now; what comes again, when it comes.
        late = self._need(self.coffee, month="2025-11-01")
        self.assertEqual(self._months(late), [(date(2026, 2, 1), 2)])
        again = self._need(self.coffee, every="half", month="2025-11-01")
        self.assertEqual([month.month for month, _quantity in self._months(again)], [5, 11])
        late._end_need()
        self.assertEqual(self._months(late), [])

    @freeze_time("2026-02-20")
    def test_units_of_one_dimension(self):
        grams = self.env.ref("uom.product_uom_gram")
        need = self._need(self.coffee, quantity=500, uom_id=grams.id)
        self.assertEqual(need.product_quantity, 0.5)
        self.assertEqual(self._months(need), [(date(2026, 3, 1), 0.5)])
        with self.assertRaisesRegex(ValidationError, "not counted in"):
            self._need(self.paper, uom_id=grams.id)

    def test_place_of_a_need(self):
        self.member.sudo().antenna_id = self.south
        sector = self.env["coop.sector"].sudo().create({"name": "Wood"})
        self.workshop.sudo().sector_id = sector
        need = self._need(self.coffee, activity_id=self.workshop.id)
        self.assertEqual((need.antenna_id, need.sector_id), (self.south, sector))

    def test_campaign_of_needs(self):
        needs = self._need(self.coffee, antenna_id=self.north.id) | self._need(self.coffee)
        needs |= self._need(self.paper) | self._need(description="Something blue")
        self.coffee.sudo().with_company(self.company).standard_price = 12
        action = needs.with_user(self.buyer).action_make_campaign()
        campaign = self.env["coop.purchase.campaign"].browse(action["res_id"]).sudo()
        self.assertEqual(campaign.product_ids.product_id, self.coffee | self.paper)
        self.assertEqual(self._of(campaign, self.coffee).reference_price, 12)
        self.assertEqual((campaign.need_count, campaign.antenna_ids), (3, self.north))
        self.assertEqual(needs[0].campaign_ids, campaign)
        with self.assertRaisesRegex(UserError, "Choose the product"):
            needs[-1].with_user(self.buyer).action_make_campaign()
        demand = self.env["coop.purchase.demand"].with_user(self.buyer)
        rows = demand.search([("need_id", "=", needs[0].id)])
        self.assertEqual(rows.action_make_campaign()["res_model"], campaign._name)

    @mute_logger("odoo.sql_db")
    def test_impossible_needs(self):
        for values in ({"quantity": 0}, {"quantity": -1}, {"product": None, "description": ""}):
            with self.subTest(values), self.assertRaises(CheckViolation), self.cr.savepoint():
                self._need(**{"product": self.coffee, **values})
                self.env.flush_all()

    def test_a_form_says_it_once(self):
        values = {
            "company_id": self.company.id,
            "product_id": self.coffee.id,
            "quantity": 1,
            "date_from": fields.Date.today(),
        }
        Need = self.env["coop.purchase.need"].with_user(self.giver)
        self.assertEqual(Need._state_need("one", values), Need._state_need("one", values))
        self.assertNotEqual(Need._state_need("one", values), Need._state_need("two", values))
