from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .delivery_common import DeliveryCase


@tagged("post_install", "-at_install")
class TestCampaignResult(DeliveryCase, HttpCase):
    """What was saved, by member and in all, and why these suppliers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        for login, membership in (("r_member", cls.member), ("r_other", cls.other_member)):
            new_test_user(
                su,
                login,
                "base.group_portal",
                partner_id=membership.sudo().partner_id.id,
                **company,
            )
        new_test_user(su, "r_outsider", "base.group_portal", **company)
        cls.campaign = cls._campaign()
        cls._make_offers()

    @classmethod
    def _make_offers(cls):
        product = cls.campaign.product_ids
        Offer = cls.env(su=True)["coop.supplier.offer"]
        for supplier, price, score, co2, state in (
            (cls.roaster, 10.0, 70, 800, "selected"),
            (cls.farm, 11.5, 60, 1200, "rejected"),
            (cls.carrier, 5.0, 0, 0, "knocked_out"),
        ):
            offer = Offer.create(
                {
                    "campaign_id": cls.campaign.id,
                    "partner_id": supplier.id,
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "campaign_product_id": product.id,
                                "co2_grams": co2,
                                "tier_ids": [(0, 0, {"minimum": 0, "price": price})],
                            },
                        )
                    ],
                }
            )
            offer._write_decision({"state": state, "is_opened": True})
            offer.line_ids.write({"score": score})
            if state == "knocked_out":
                offer.line_ids.write({"is_knocked_out": True, "lapsed_on": "2026-01-31"})

        cls.campaign.sudo()._write_decision({"offers_opened_on": fields.Datetime.now()})

    def _settle(self):
        self._receive(self.campaign)
        self._bill(self.campaign, extra=[(self.delivery, 10)])
        self.campaign._settle()

    def test_saved_by_member_and_in_all(self):
        self._settle()
        results = {
            pledge.activity_id: result for pledge, result in self.campaign._get_results().items()
        }
        own = results[self.workshop]
        # 8 units at EUR 12.50 alone; EUR 80 and EUR 4 of delivery together.
        self.assertEqual((own.alone, own.paid, own.saved, own.trips), (100, 84, 16, 1))
        # 10 km at 200 g, and 200 g less than offered on average for each of 8 units.
        self.assertAlmostEqual(own.co2, 2.0 + 1.6)
        self.assertEqual((self.campaign.saved_amount, self.campaign.saved_percentage), (40, 16))
        # Three would have driven; one van came, and two went on.
        self.assertEqual(self.campaign.trips_avoided, 0)
        self.assertAlmostEqual(self.campaign.co2_avoided, 4.0)
        self.assertEqual(sum(result.saved for result in results.values()), 40)

    def test_deposits_are_no_price(self):
        self._receive(self.campaign)
        self._bill(self.campaign, extra=[(self.crates, 20)])
        self.campaign._settle()
        self.assertEqual(self.campaign.saved_amount, 50)

    def test_nothing_came(self):
        campaign = self._campaign()
        self.assertEqual((campaign.saved_amount, campaign.saved_percentage), (0, 0))
        self.assertEqual((campaign.trips_avoided, campaign.co2_avoided), (0, 0))

    def test_page_of_the_member(self):
        self._settle()
        url = f"/my/purchases/{self.campaign.id}/result"
        self.authenticate("r_member", "r_member")
        page = self.url_open(url).text
        for text in ("Workshop", "Studio", "84.00", "16.00", "Coffee", "8 Units"):
            self.assertIn(text, page)
        self.assertNotIn("Gallery", page)
        self.authenticate("r_other", "r_other")
        page = self.url_open(url).text
        self.assertIn("Gallery", page)
        self.assertNotIn("Workshop", page)
        self.authenticate("r_outsider", "r_outsider")
        for path in (url, "/my/purchases/0/result", f"/my/purchases/{2**40}/result"):
            self.assertEqual(self.url_open(path).status_code, 404)

    def test_award_report(self):
        page = self._render()
        for text in (
            "Why these suppliers",
            "Chosen by the plan.",
            "1.50 dearer for each unit.",
            "A score of 60.0, less than 70.0.",
            "Knocked out: valid until 01/31/2026",
        ):
            self.assertIn(text, page.replace("\xa0", " ").replace("$ ", ""))
        content = (
            self.env["ir.actions.report"]
            .with_user(self.buyer)
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf("smart_purchasing_central.action_report_award", self.campaign.ids)[0]
        )
        self.assertEqual(content[:4], b"%PDF")

    def _render(self):
        report = self.env["ir.actions.report"].with_user(self.buyer)
        content = report._render_qweb_html(
            "smart_purchasing_central.action_report_award", self.campaign.ids
        )[0]
        return content.decode()

    def test_award_is_no_secret_after_the_order_only(self):
        self.campaign._write_decision({"state": "evaluated"})
        with self.assertRaisesRegex(UserError, "are not chosen yet"):
            self.campaign.with_user(self.buyer).action_print_award()
        with self.assertRaisesRegex(UserError, "are not chosen yet"):
            self.campaign._get_award_products()
