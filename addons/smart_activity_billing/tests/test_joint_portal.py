import re
import uuid
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged

from .joint_common import JointCase

PAGE = "/my/investments"


class JointPortalCase(JointCase, HttpCase):
    def login_as(self, user):
        self.authenticate(user.login, user.login)

    def open(self, path="", **kwargs):
        return self.url_open(f"{PAGE}{path}", allow_redirects=False, **kwargs)

    def page(self, path=""):
        """The page, after the redirection to the user's language."""
        return self.url_open(f"{PAGE}{path}").text

    def post(self, path, **values):
        page = self.url_open(f"{PAGE}/new").text
        token = re.search(r'csrf_token: "([^"]+)"', page).group(1)
        return self.url_open(
            f"{PAGE}{path}", data={"csrf_token": token, **values}, allow_redirects=False
        )


@tagged("post_install", "-at_install")
class TestJointPortal(JointPortalCase):
    """Members propose and pledge on a phone; each reaches what is open to them."""

    def propose(self, **values):
        day = fields.Date.to_string(fields.Date.today() + timedelta(days=10))
        return self.post(
            "/new",
            **{
                "token": str(uuid.uuid4()),
                "activity_id": str(self.workshop.id),
                "label": "Laser cutter",
                "purpose": "To cut wood",
                "use_rules": "Two days a week each",
                "target": "900",
                "day": day,
                "clock": "20:00",
                "minimum_pledge": "",
                "maximum_pledge": "",
                "price_margin": "5",
                **values,
            },
        )

    def investments(self):
        return self.env["coop.investment"].search([("company_id", "=", self.company.id)])

    def pledge(self, investment, activity, amount, **values):
        return self.post(
            f"/{investment.id}/pledge",
            **{
                "activity_id": str(activity.id),
                "amount": str(amount),
                "token": str(uuid.uuid4()),
                **values,
            },
        )

    # ------------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------------

    def test_propose_once(self):
        self.login_as(self.giver)
        token = str(uuid.uuid4())
        responses = [self.propose(token=token, target="1.200,50") for _press in range(2)]
        self.assertEqual([response.status_code for response in responses], [303, 303])
        investment = self.investments()
        self.assertEqual(len(investment), 1)
        self.assertEqual((investment.state, investment.target), ("pledging", 1200.5))
        self.assertEqual(investment.proposer_id, self.giver.partner_id)
        page = self.page(f"/{investment.id}")
        for text in ("Laser cutter", "Two days a week each", "Workshop"):
            self.assertIn(text, page)
        self.assertIn("Laser cutter", self.page())

    def test_amounts_in_any_notation(self):
        """A page in one language reads what somebody types in the notation of another."""
        self.login_as(self.giver)
        for lang in ("en_US", "fr_BE"):
            self.opener.cookies["frontend_lang"] = lang
            for typed in ("1.200,50", "1,200.50", "1 200,50", "1200.5"):
                with self.subTest(lang=lang, typed=typed):
                    response = self.propose(target=typed)
                    self.assertEqual(response.status_code, 303, response.text[:2000])
                    self.assertEqual(self.investments().sorted("id")[-1].target, 1200.5)
        self.assertEqual(len(self.investments()), 8)

    def test_errors_keep_what_was_typed(self):
        self.login_as(self.giver)
        yesterday = fields.Date.to_string(fields.Date.today() - timedelta(days=1))
        for wrong, field in (
            ({"activity_id": str(self.gallery.id)}, "activity_id"),
            ({"label": " "}, "label"),
            ({"purpose": ""}, "purpose"),
            ({"use_rules": ""}, "use_rules"),
            ({"target": "0"}, "target"),
            ({"target": "nan"}, "target"),
            ({"target": "10.005,123"}, "target"),
            ({"minimum_pledge": "901"}, "minimum_pledge"),
            ({"minimum_pledge": "300", "maximum_pledge": "200"}, "maximum_pledge"),
            ({"day": yesterday}, "deadline"),
            ({"day": "soon"}, "deadline"),
            ({"clock": ""}, "deadline"),
            ({"price_margin": "26"}, "price_margin"),
        ):
            with self.subTest(wrong=wrong):
                response = self.propose(**{"use_rules": "Kept <as> typed", **wrong})
                self.assertEqual(response.status_code, 422)
                self.assertEqual(re.findall(r'data-error="([^"]+)"', response.text), [field])
                if field != "use_rules":
                    self.assertIn("Kept &lt;as&gt; typed", response.text)
        self.assertFalse(self.investments())

    # ------------------------------------------------------------------
    # Pledging
    # ------------------------------------------------------------------

    def test_pledge_change_and_withdraw(self):
        investment = self._proposal()
        self.login_as(self.receiver)
        response = self.pledge(investment, self.gallery, "300,00")
        self.assertTrue(response.headers["Location"].endswith("done=pledged"), response.text[:2000])
        self.pledge(investment, self.gallery, "250.50")
        self.assertEqual(investment.pledged_amount, 250.5)
        page = self.page(f"/{investment.id}")
        self.assertIn("250.50", page)
        self.post(f"/{investment.id}/withdraw", activity_id=str(self.gallery.id))
        self.assertEqual(investment.pledged_amount, 0)
        self.assert_available(935, 935, 467.5)

    def test_capped_pledge_says_so(self):
        investment = self._proposal()
        self._pledge(investment, self.workshop, 800)
        self.login_as(self.receiver)
        token = str(uuid.uuid4())
        for _press in range(2):
            response = self.pledge(investment, self.gallery, "500", token=token)
            self.assertTrue(response.headers["Location"].endswith("done=capped"))
        self.assertEqual(investment.state, "funded")
        page = self.url_open(response.headers["Location"]).text
        self.assertIn("Less was missing than you offered", page)
        self.assert_available(135, 835, 467.5)

    def test_wrong_pledges_keep_what_was_typed(self):
        investment = self._proposal(5000)
        self.login_as(self.receiver)
        for activity, amount, message in (
            (self.gallery, "935.01", "935.00"),
            (self.gallery, "0", "more than zero"),
            (self.gallery, "1e3", "more than zero"),
            (self.gallery, "1.005", "at most 2"),
            (self.workshop, "10", "Choose which of your Activities"),
        ):
            with self.subTest(amount=amount):
                response = self.pledge(investment, activity, amount)
                self.assertEqual(response.status_code, 422)
                self.assertIn(message, response.text)
                self.assertIn(f'value="{amount}"', response.text)
        self.assertFalse(investment.pledge_ids)

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def test_others_see_the_sum_and_no_names(self):
        investment = self._proposal()
        self._pledge(investment, self.workshop, 123)
        self._pledge(investment, self.gallery, 234)
        self.login_as(self.third)
        page = self.page(f"/{investment.id}")
        self.assertIn("357.00", page)
        for secret in ("123.00", "234.00", "Gallery", "Other Member"):
            self.assertNotIn(secret, page)
        self._pledge(investment, self.press, 10)
        page = self.page(f"/{investment.id}")
        for known in ("123.00", "234.00", "Gallery"):
            self.assertIn(known, page)
        for secret in ("Other Member", "702.00"):
            self.assertNotIn(secret, page)

    def test_foreign_ids_answer_nothing(self):
        ended, draft = self._proposal(), self._proposal(publish=False)
        open_one = self._proposal()
        self._let_deadline_pass(ended)
        stranger = new_test_user(
            self.env(su=True),
            "j_stranger",
            "base.group_portal",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self.login_as(self.third)
        for path in (f"/{ended.id}", f"/{draft.id}", "/0", "/99999999", "/99999999999"):
            self.assertEqual(self.open(path).status_code, 404, path)
        self.assertEqual(self.open(f"/{open_one.id}").status_code, 200)
        self.assertEqual(self.post(f"/{open_one.id}/cancel", reason="Not mine").status_code, 404)
        response = self.post(f"/{open_one.id}/withdraw", activity_id=str(self.workshop.id))
        self.assertEqual(response.status_code, 404)
        self.login_as(stranger)
        self.assertEqual(self.open(f"/{open_one.id}").status_code, 404)
        self.assertEqual(self.open().status_code, 200)
        self.assertEqual(open_one.state, "pledging")

    def test_give_up_with_a_reason(self):
        investment = self._proposal()
        self._pledge(investment, self.gallery, 300)
        self.login_as(self.giver)
        self.assertEqual(self.post(f"/{investment.id}/cancel", reason=" ").status_code, 422)
        self.post(f"/{investment.id}/cancel", reason="Sold out")
        self.assertEqual(investment.state, "cancelled")
        self.assertIn("Sold out", self.page(f"/{investment.id}"))

    def test_visitors_log_in_first(self):
        investment = self._proposal()
        for path in ("", "/new", f"/{investment.id}"):
            self.assertIn("/web/login", self.open(path).headers["Location"])

    def test_no_step_by_a_link(self):
        """A scanner that follows links moves nothing."""
        investment = self._proposal()
        self.login_as(self.receiver)
        for step in ("pledge", "withdraw", "cancel"):
            self.assertEqual(self.open(f"/{investment.id}/{step}").status_code, 405)
