from datetime import timedelta

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged

from .offer_common import OfferCase


@tagged("post_install", "-at_install")
class TestOfferTour(OfferCase, HttpCase):
    """A supplier offers on a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_offer_on_a_phone(self):
        self.start_tour("/my/home", "portal_offer_make", login="t_roaster")
        offer = self.system["coop.supplier.offer"].search([("campaign_id", "=", self.campaign.id)])
        self.assertEqual((offer.state, offer.delivery_cost), ("submitted", 25))
        tiers = offer.line_ids.tier_ids
        self.assertEqual([(tier.minimum, tier.price) for tier in tiers], [(0, 12.34), (100, 11)])


@tagged("post_install", "-at_install")
class TestOfferPortal(OfferCase, HttpCase):
    """A supplier offers on the own page: nothing of others, nothing too late, nothing lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = f"/my/offers/{cls.campaign.id}"
        cls.member_user = new_test_user(
            cls.system,
            "t_explained",
            "base.group_portal",
            partner_id=cls.member.partner_id.id,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.member_user.partner_id.lang = "en_US"

    def _login(self, login):
        self.authenticate(login, login)

    def csrf_token(self):
        return Request.csrf_token(self)

    def _post(self, url, **values):
        files = values.pop("files", None)
        data = {"csrf_token": self.csrf_token(), **values}
        return self.url_open(url, data=data, files=files, allow_redirects=False)

    def _form(self, **values):
        key = self.coffee_bought.id
        return {
            f"price_{key}_0": "12,34",
            f"start_{key}_1": "100",
            f"price_{key}_1": "11",
            f"pack_{key}": "6",
            f"reference_{key}": "K-1",
            "delivery_cost": "25",
            "operation": "save",
            **values,
        }

    def _offer(self, partner=None):
        return self.system["coop.supplier.offer"].search(
            [
                ("campaign_id", "=", self.campaign.id),
                ("partner_id", "=", (partner or self.roaster).id),
                ("state", "!=", "withdrawn"),
            ]
        )

    def test_draft_seal_change_withdraw(self):
        self._login("t_roaster")
        self.assertIn("Coffee and tea", self.url_open("/my/offers").text)
        self.assertEqual(self._post(self.url, **self._form()).status_code, 303)
        offer = self._offer()
        self.assertEqual(
            (offer.state, offer.delivery_cost, offer.drafter_id.id), ("draft", 25, False)
        )
        line = offer.line_ids
        self.assertEqual(line.tier_ids.mapped("price"), [12.34, 11])
        self.assertEqual((line.pack, line.supplier_reference), (6, "K-1"))
        # Sent again it is the same draft, and handed in it is sealed.
        self._post(self.url, **self._form(operation="submit"))
        self.assertEqual((self._offer(), offer.state), (offer, "submitted"))
        self.assertFalse(self.env(user=self.buyer)["coop.supplier.offer"].search([]))
        self.assertIn("11.00", self.url_open(self.url).text)
        self._post(f"{self.url}/change")
        self.assertEqual(offer.state, "draft")
        self._post(f"{self.url}/withdraw")
        self.assertEqual(offer.state, "withdrawn")
        self._post(self.url, **self._form())
        self.assertNotEqual(self._offer(), offer)
        self.assertEqual(len(self._offer()), 1)

    def test_nothing_typed_is_lost(self):
        self._login("t_roaster")
        key = self.coffee_bought.id
        for values in (
            {f"price_{key}_0": "NaN"},
            {f"price_{key}_0": "-1"},
            {f"price_{key}_0": "1e9"},
            {f"price_{key}_0": "0"},
            {f"price_{key}_0": "12.34.5"},
            {f"price_{key}_1": "13"},
            {f"start_{key}_1": "1.5"},
            {f"start_{key}_1": ""},
            {f"pack_{key}": "0"},
            {f"reference_{key}": "=1+1"},
            {f"price_{self.tea_bought.id}_0": "3", f"reference_{self.tea_bought.id}": "K-1"},
            {"delivery_cost": "free"},
            {"valid_until": "31/12/2030"},
            {"valid_until": "2020-01-01"},
            {f"price_{key}_0": "", f"price_{key}_1": "", f"start_{key}_1": ""},
        ):
            with self.subTest(values):
                response = self._post(self.url, **self._form(**values))
                self.assertEqual(response.status_code, 422)
                for text in {"25", "6", *values.values()} - {"", "0", "-1"}:
                    kept = f'value="{text}"' in response.text
                    replaced = {"25": "delivery_cost", "6": f"pack_{key}"}.get(text) in values
                    self.assertTrue(kept or replaced, text)
                self.assertFalse(self._offer())

    def test_not_of_others(self):
        self._create_offer(self.trader, {self.tea_bought: [(0, 7.77)]})
        self._login("t_roaster")
        for path in ("", "/template.xlsx", "/prices"):
            self.assertNotIn("7.77", self.url_open(self.url + path).text)
        # Nobody who is not invited, and no campaign that is none.
        late = self._create_supplier("Stranger BV", "t_stranger")
        self._login("t_stranger")
        for url in (self.url, f"{self.url}/template.xlsx", "/my/offers/99999999"):
            self.assertEqual(self.url_open(url).status_code, 404)
        for path in ("", "/change", "/withdraw", "/prices", "/prices/take"):
            self.assertEqual(self._post(self.url + path, **self._form()).status_code, 404)
        self.assertFalse(self._offer(late))

    def test_after_the_deadline(self):
        self._login("t_roaster")
        self._post(self.url, **self._form())
        self.campaign._write_decision(
            {"offer_deadline": fields.Datetime.now() - timedelta(seconds=1)}
        )
        response = self._post(self.url, **self._form(operation="submit"))
        self.assertEqual(response.status_code, 422)
        self.assertIn("has passed", response.text)
        self.assertEqual(self._offer().state, "draft")
        self.campaign._open_offers()
        self.assertIn("Not handed in in time", self.url_open(self.url).text)

    def test_price_list(self):
        self._login("t_roaster")
        text = b"Reference;Product;Price\nK-1;COF;5,20\nT-1;TEA;x\n"
        response = self._post(f"{self.url}/prices", files={"file": ("list.csv", text)})
        self.assertEqual(response.status_code, 303)
        page = self.url_open(f"{self.url}/prices").text
        self.assertIn("Nothing was taken over", page)
        self.assertIn("cannot be read without a doubt: x", page)
        self.assertEqual(self._post(f"{self.url}/prices/take").status_code, 422)
        text = b"Reference;Product;Price;Colour\nK-1;COF;5,20;red\n"
        self._post(f"{self.url}/prices", files={"file": ("list.csv", text)})
        page = self.url_open(f"{self.url}/prices").text
        self.assertIn("This is what would change", page)
        self.assertIn("not read: Colour", page)
        self.assertFalse(self._offer().line_ids)
        self._post(f"{self.url}/prices/take")
        self.assertEqual(self._offer().line_ids.tier_ids.mapped("price"), [5.2])
        self.assertEqual(self.url_open(f"{self.url}/template.xlsx").content[:2], b"PK")

    def test_evidence(self):
        self._login("t_roaster")
        form = {"what": f"label_{self.label.id}", "licence_number": "GL 7", "expiry": "2099-01-01"}
        self.assertEqual(self._post("/my/evidence", **form).status_code, 303)
        evidence = self.system["coop.eco.evidence"].search([("licence_number", "=", "GL 7")])
        self.assertEqual((evidence.state, evidence.partner_id), ("submitted", self.roaster))
        for values in (
            {},  # the same once more
            {"what": "label_0"},
            {"what": ""},
            {"licence_number": ""},
            {"expiry": "soon", "licence_number": "GL 8"},
            {"valid_from": "2099-01-02", "licence_number": "GL 8"},
        ):
            with self.subTest(values):
                self.assertEqual(self._post("/my/evidence", **form | values).status_code, 422)
        svg = {"file": ("x.pdf", b"<svg/>")}
        form["licence_number"] = "GL 8"
        self.assertEqual(self._post("/my/evidence", files=svg, **form).status_code, 422)
        self._login("t_explained")
        self.assertEqual(self._post("/my/evidence", **form).status_code, 303)
        self.assertEqual(
            self.system["coop.eco.evidence"].search_count([("label_id", "=", self.label.id)]), 1
        )

    def test_members_read_why(self):
        """After the award, product by product, without the prices that were not taken."""
        self._create_evidence(self.roaster)
        self._create_offer(self.roaster, {self.coffee_bought: [(0, 5)]}, co2_grams=250)
        self._create_offer(self.trader, {self.coffee_bought: [(0, 4.44)]})
        self._close_tender()
        self.campaign.action_evaluate()
        url = f"/my/purchases/{self.campaign.id}/choice"
        self._login("t_explained")
        self.assertEqual(self.url_open(url).status_code, 404)
        self.campaign._write_decision({"state": "ordered"})
        page = self.url_open(url).text
        for text in ("Roastery CV", "78.00 points", "value 80, times 60 %", "Trading NV"):
            self.assertIn(text, page)
        self.assertNotIn("4.44", page)
        self._login("t_trader")
        self.assertEqual(self.url_open(url).status_code, 404)
        own = self.url_open(self.url).text
        self.assertIn("Nothing was handed in", own)
        self.assertNotIn("Roastery", own)
