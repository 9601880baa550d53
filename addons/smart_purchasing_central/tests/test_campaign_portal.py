import re
import uuid

from odoo.tests import HttpCase, tagged

from .campaign_common import CampaignCase

PAGE = "/my/purchases"


class CampaignPortalCase(CampaignCase, HttpCase):
    def login_as(self, user):
        self.authenticate(user.login, user.login)

    def page(self, path=""):
        return self.url_open(f"{PAGE}{path}").text

    def post(self, path, **values):
        token = re.search(r'csrf_token: "([^"]+)"', self.page()).group(1)
        return self.url_open(
            f"{PAGE}{path}", data={"csrf_token": token, **values}, allow_redirects=False
        )

    def pledge(self, campaign, activity=None, antenna=None, known="", **typed):
        """Send the form; what is typed by field, as `coffee_wanted`."""
        fields = {}
        for key, text in typed.items():
            product, name = key.split("_", 1)
            fields[f"{name}_{self._of(campaign, getattr(self, product)).id}"] = text
        return self.post(
            f"/{campaign.id}/pledge",
            activity=str(activity.id) if activity else "",
            antenna_id=str((antenna or self.north).id),
            token=str(uuid.uuid4()),
            known=known,
            **fields,
        )


@tagged("post_install", "-at_install")
class TestCampaignPortal(CampaignPortalCase):
    """Members pledge on a phone; each reaches what is open to them and their own."""

    def test_pledge_change_and_withdraw(self):
        campaign = self._campaign(description="<p>From a co-operative in Peru</p>")
        self.login_as(self.giver)
        self.assertIn("Breakfast", self.page())
        page = self.page(f"/{campaign.id}")
        for text in ("From a co-operative in Peru", "Coffee", "Workshop", "private use"):
            self.assertIn(text, page)
        response = self.pledge(campaign, self.workshop, coffee_wanted="2,5", coffee_tolerance="1")
        self.assertEqual(response.status_code, 303)
        pledge = campaign.pledge_ids
        self.assertEqual((pledge.line_ids.wanted, pledge.line_ids.tolerance), (2.5, 1))
        self.assertEqual(pledge.partner_id, self.giver.partner_id)
        page = self.page(f"/{campaign.id}?done=pledged")
        self.assertIn("77.00", page)
        self.assertIn("3.5 kg more and the price falls to", page)
        form = self.page(f"/{campaign.id}/pledge?activity={self.workshop.id}")
        self.assertIn('value="2.5"', form)
        known = re.search(r'name="known" value="([^"]+)"', form).group(1)
        self.assertEqual(known, pledge.token)
        # Another window changed it: the older form does not overwrite that.
        self.pledge(campaign, self.workshop, known=known, coffee_wanted="3")
        response = self.pledge(campaign, self.workshop, known=known, coffee_wanted="9")
        self.assertEqual(response.status_code, 422)
        self.assertIn("another window", response.text)
        self.assertEqual(pledge.line_ids.wanted, 3)
        response = self.post(f"/{campaign.id}/withdraw", pledge_id=str(pledge.id))
        self.assertEqual(response.status_code, 303)
        self.assertEqual(pledge.state, "withdrawn")

    def test_errors_keep_what_was_typed(self):
        campaign = self._campaign()
        self.login_as(self.giver)
        coffee = self._of(campaign, self.coffee).id
        for typed, field in (
            ({"coffee_wanted": "nan"}, "wanted"),
            ({"coffee_wanted": "-2"}, "wanted"),
            ({"coffee_wanted": "1e3"}, "wanted"),
            ({"coffee_wanted": "0.3"}, "wanted"),
            ({"coffee_wanted": "0", "coffee_minimum_acceptable": "x"}, "minimum_acceptable"),
            ({"coffee_wanted": "99999999"}, "wanted"),
            ({"coffee_tolerance": "some"}, "tolerance"),
            ({"coffee_minimum_acceptable": "2"}, "wanted"),
            ({"coffee_maximum_price": "0.001"}, "wanted"),
        ):
            form = {"coffee_wanted": "1", "paper_wanted": "7", **typed}
            with self.subTest(typed):
                response = self.pledge(campaign, self.workshop, **form)
                self.assertEqual(response.status_code, 422)
                errors = re.findall(r'data-error="([^"]+)"', response.text)
                self.assertEqual(errors, [f"{field}_{coffee}"])
                self.assertIn('value="7"', response.text)
        for nothing in ({}, {"coffee_wanted": "0", "paper_wanted": "0,0"}):
            response = self.pledge(campaign, self.workshop, **nothing)
            self.assertIn("at least one product", response.text)
        response = self.pledge(campaign, self.workshop, coffee_wanted="43")
        self.assertEqual(response.status_code, 422)
        self.assertIn("available", response.text)
        self.assertFalse(campaign.pledge_ids)

    def test_only_own_pledges(self):
        campaign, draft = self._campaign(), self._campaign(opened=False)
        foreign = self._pledge(campaign, self.gallery, coffee=2)
        private = self._pledge(campaign, self.receiver.partner_id, coffee=1)
        self.login_as(self.giver)
        page = self.page(f"/{campaign.id}")
        self.assertNotIn("Gallery", page)
        self.assertNotIn("own_pledge", page)
        for pledge in (foreign, private):
            response = self.post(f"/{campaign.id}/withdraw", pledge_id=str(pledge.id))
            self.assertEqual((response.status_code, pledge.state), (404, "active"))
        response = self.pledge(campaign, self.gallery, coffee_wanted="5")
        self.assertEqual((response.status_code, foreign.line_ids.wanted), (404, 2))
        for path in (f"/{draft.id}", f"/{campaign.id}/pledge?activity={self.gallery.id}"):
            self.assertEqual(self.url_open(f"{PAGE}{path}").status_code, 404)

    def test_who_left_sees_the_own_only(self):
        campaign, other = self._campaign(), self._campaign(title="Second breakfast")
        self._pledge(campaign, self.third.partner_id, coffee=1)
        self.third_member.sudo()._end(self.third_member.date_start, "resignation")
        self.login_as(self.third)
        page = self.page()
        self.assertIn("Breakfast", page)
        self.assertNotIn("Second breakfast", page)
        self.assertEqual(self.url_open(f"{PAGE}/{other.id}").status_code, 404)
        self.assertNotIn('data-name="payer', self.page(f"/{campaign.id}"))
        self.assertEqual(self.pledge(campaign, coffee_wanted="2").status_code, 404)
        self.assertEqual(self.url_open(f"{PAGE}/needs/new").status_code, 404)

    def test_another_company_sees_nothing(self):
        campaign = self._campaign()
        company = self.setup_other_company()["company"]
        abroad = self._create_member("Member Abroad", company)
        user = self._create_portal_user("t_abroad", abroad, "en_US")
        user.sudo().write({"company_ids": company.ids, "company_id": company.id})
        self.login_as(user)
        self.assertNotIn("Breakfast", self.page())
        self.assertEqual(self.url_open(f"{PAGE}/{campaign.id}").status_code, 404)

    def test_preview_says_what_is_missing(self):
        campaign = self._campaign()
        self._pledge(campaign, self.gallery, coffee=1)
        coffee = self._of(campaign, self.coffee).id
        self.login_as(self.giver)

        def preview(**form):
            params = {"campaign_id": campaign.id, "activity": str(self.workshop.id), "form": form}
            return self.make_jsonrpc_request(f"{PAGE}/preview", params)

        answer = preview(**{f"wanted_{coffee}": "2,5"})
        self.assertEqual(
            (answer["complete"], answer["hints"][str(coffee)]["box"]),
            (
                True,
                "2.5 kg more fill the box",
            ),
        )
        self.assertIn("55.00", answer["total"])
        self.assertFalse(preview(**{f"wanted_{coffee}": "x"})["complete"])
        self.assertFalse(campaign.pledge_ids.filtered(lambda one: one.activity_id == self.workshop))

    def test_needs(self):
        self.login_as(self.giver)
        values = {
            "token": str(uuid.uuid4()),
            "product_id": str(self.coffee.id),
            "description": "Dark",
            "quantity": "2,5",
            "every": "month",
            "month": "2026-12",
            "activity_id": str(self.workshop.id),
        }
        for _press in range(2):
            self.assertEqual(self.post("/needs/new", **values).status_code, 303)
        need = (
            self.env["coop.purchase.need"]
            .sudo()
            .search([("partner_id", "=", self.giver.partner_id.id)])
        )
        self.assertEqual(
            (need.quantity, need.uom_id, need.every, str(need.date_from), need.activity_id),
            (2.5, self.coffee.uom_id, "month", "2026-12-01", self.workshop),
        )
        self.assertIn("Coffee", self.page("/needs"))
        for wrong, field in (
            ({"quantity": "0"}, "quantity"),
            ({"quantity": "nan"}, "quantity"),
            ({"every": "daily"}, "every"),
            ({"month": "soon"}, "month"),
            ({"product_id": str(self.paper.id), "description": ""}, "description"),
        ):
            with self.subTest(wrong):
                response = self.post("/needs/new", **{**values, **wrong})
                self.assertEqual(response.status_code, 422)
                self.assertEqual(re.findall(r'data-error="([^"]+)"', response.text), [field])
        self.login_as(self.receiver)
        self.assertEqual(self.post(f"/needs/{need.id}/end").status_code, 404)
        self.login_as(self.giver)
        self.assertEqual(self.post(f"/needs/{need.id}/end").status_code, 303)
        self.assertEqual(need.state, "ended")

    def test_mails_are_ended_by_who_gets_them(self):
        self.login_as(self.giver)
        self.post("/mails", off="1")
        self.assertTrue(self.giver.partner_id.sudo().purchase_mail_off)
        self.assertIn("Send me these e-mails", self.page())
        self.post("/mails", off="0")
        self.assertFalse(self.giver.partner_id.sudo().purchase_mail_off)
