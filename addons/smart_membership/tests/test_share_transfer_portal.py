import re

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .transfer_common import TransferCase

FORM = "/my/shares/transfer"
LIST = "/my/shares/transfers"


@tagged("post_install", "-at_install")
class TestShareTransferPortal(HttpCase, TransferCase):
    # A telephone: the width for which the pages are made first.
    browser_size = "390x844"
    touch_enabled = True

    def _login(self, user):
        self.authenticate(user.login, user.login)

    def _post(self, url, **data):
        token = re.search(r'csrf_token: "(\w+)"', self.url_open(LIST).text)[1]
        return self.url_open(url, data={"csrf_token": token, **data})

    def _ask(self, **values):
        return self._post(
            FORM,
            **{
                "share_class_id": self.share_a.id,
                "quantity": "2",
                "member_number": self.receiver_membership.number,
                "receiver": "elise janssens",
                "agree": "1",
                **values,
            },
        )

    def _transfers(self):
        return self.env["coop.share.transfer"].search([("company_id", "=", self.company.id)])

    def test_tour_of_both_parties(self):
        self.start_tour("/my", "share_transfer_give_tour", login=self.portal.login)
        transfer = self._transfers()
        self.assertEqual((transfer.state, transfer.quantity), ("submitted", 3))
        self.start_tour("/my", "share_transfer_accept_tour", login=self.other.login)
        self.assertEqual(transfer.state, "accepted")
        self._decide_in_back_office()
        self.assertEqual(transfer.decided_by_id, self.services)
        self.start_tour(LIST, "share_transfer_done_tour", login=self.other.login)
        self.assertEqual((self._held(self.giver), self._held(self.receiver)), (1, 5))
        self.assert_register_holds()

    def _decide_in_back_office(self):
        self.browser_size, self.touch_enabled = "1366x768", False
        action = "/odoo/action-smart_membership.coop_share_transfer_action"
        self.start_tour(action, "share_transfer_decide_tour", login=self.services.login)
        self.browser_size, self.touch_enabled = "390x844", True

    def test_both_signatures_are_kept(self):
        self._login(self.portal)
        response = self._ask(price_agreed="62,50", reason="For the <b>workshop</b>")
        transfer = self._transfers()
        self.assertTrue(response.url.endswith(f"{LIST}/{transfer.id}?signed=1"))
        self.assertRecordValues(
            transfer,
            [
                {
                    "state": "submitted",
                    "partner_from_id": self.giver.id,
                    "partner_to_id": self.receiver.id,
                    "quantity": 2,
                    "price_agreed": 62.5,
                    "giver_signed_by_id": self.portal.id,
                    "giver_signed_ip": "127.0.0.1",
                    "receiver_signed_at": False,
                }
            ],
        )
        self.assertTrue(transfer.giver_signed_at)
        self.assertNotIn("<b>workshop", response.text)
        self._login(self.other)
        page = self.url_open(LIST).text
        self.assertIn("Read and answer", page)
        self._post(f"{LIST}/{transfer.id}/accept")
        self.assertRecordValues(
            transfer,
            [
                {
                    "state": "accepted",
                    "receiver_signed_by_id": self.other.id,
                    "receiver_signed_ip": "127.0.0.1",
                }
            ],
        )
        self.assertTrue(transfer.activity_ids)

    def test_the_email_address_finds_the_receiver_too(self):
        self._login(self.portal)
        self._ask(receiver="Elise@Example.com")
        self.assertEqual(self._transfers().partner_to_id, self.receiver)

    def test_members_cannot_be_listed(self):
        """Wrong number, wrong name, nobody, archived: one answer, and no name in it."""
        number = self.receiver_membership.number
        self._login(self.portal)
        answers = set()
        for values in (
            {"member_number": 9999},
            {"receiver": "Janssens"},
            {"receiver": ""},
            {"receiver": "fatima@example.com"},
            {"member_number": "0"},
            {"member_number": "9" * 30},
            {"member_number": f"{number} OR 1=1"},
            {"receiver": "%"},
        ):
            response = self._ask(**values)
            errors = re.findall(r'class="invalid-feedback">([^<]+)<', response.text)
            self.assertEqual(len(errors), 1, values)
            answers.update(errors)
            self.assertNotIn("Élise", response.text)
        self.assertEqual(len(answers), 1)
        self.assertFalse(self._transfers())

    def test_an_error_loses_nothing_of_what_was_typed(self):
        self._login(self.portal)
        page = self._ask(quantity="5", price_agreed="70", reason="A long story").text
        self.assertIn("holds 4", page)
        for text in ('value="5"', 'value="70"', "A long story", 'value="elise janssens"'):
            self.assertIn(text, page)
        self.assertFalse(self._transfers())
        for values in (
            {"quantity": "0"},
            {"quantity": "-1"},
            {"quantity": "1.5"},
            {"quantity": "99999999999"},
            {"price_agreed": "NaN"},
            {"price_agreed": "-3"},
            {"price_agreed": "much"},
            {"agree": ""},
            {"share_class_id": self.share_c.id},
            {"share_class_id": "x"},
        ):
            with self.subTest(values=values):
                response = self._ask(**values)
                self.assertEqual(response.status_code, 200)
                self.assertIn("please correct", response.text)
        self.assertFalse(self._transfers())

    def test_extra_fields_of_the_form_do_nothing(self):
        self._login(self.portal)
        self._ask(
            state="approved",
            partner_from_id=self.receiver.id,
            company_id=1,
            receiver_signed_at="2026-01-01",
        )
        self.assertRecordValues(
            self._transfers(),
            [{"state": "submitted", "partner_from_id": self.giver.id, "receiver_signed_at": False}],
        )

    def test_signing_twice_asks_once(self):
        self._login(self.portal)
        self._ask()
        self.assertIn("You asked for this transfer already", self._ask().text)
        self.assertEqual(len(self._transfers()), 1)

    def test_to_oneself(self):
        self._login(self.portal)
        page = self._ask(
            member_number=self.giver_membership.number, receiver="Fatima Ouazzani"
        ).text
        self.assertIn("Nobody transfers shares to oneself", page)

    def test_nobody_else_comes_near(self):
        transfer = self._transfer(step="submitted")
        third = self._member(1, "Third")
        third_user = self.other.copy({"login": "tr_portal_third", "password": "tr_portal_third"})
        self.assertNotEqual(third_user.partner_id, third.partner_id)
        self._login(third_user)
        for url in (f"{LIST}/{transfer.id}", f"{LIST}/999999999", f"{LIST}/99999999999999"):
            self.assertEqual(self.url_open(url).status_code, 404)
        for step in ("accept", "decline", "withdraw"):
            self.assertEqual(self._post(f"{LIST}/{transfer.id}/{step}").status_code, 404)
        self.assertNotIn("Fatima", self.url_open(LIST).text)
        # The giver does not accept for the receiver, nor the receiver withdraw.
        self._login(self.portal)
        self.assertEqual(self._post(f"{LIST}/{transfer.id}/accept").status_code, 404)
        self._login(self.other)
        self.assertEqual(self._post(f"{LIST}/{transfer.id}/withdraw").status_code, 404)
        self.assertEqual(transfer.state, "submitted")

    def test_an_unsigned_draft_is_not_shown_to_the_receiver(self):
        transfer = self._transfer(step="draft")
        self._login(self.other)
        self.assertEqual(self.url_open(f"{LIST}/{transfer.id}").status_code, 404)

    def test_a_link_or_a_forged_form_signs_nothing(self):
        transfer = self._transfer(step="submitted")
        self._login(self.other)
        self.assertEqual(self.url_open(f"{LIST}/{transfer.id}/accept").status_code, 405)
        with mute_logger("odoo.http"):
            forged = self.url_open(f"{LIST}/{transfer.id}/accept", data={"csrf_token": "x"})
        self.assertEqual(forged.status_code, 400)
        self.assertEqual(transfer.state, "submitted")
        self.authenticate(None, None)
        for url in (LIST, FORM, f"{LIST}/{transfer.id}"):
            response = self.url_open(url, allow_redirects=False)
            self.assertIn("/web/login", response.headers["Location"])

    def test_declining_and_withdrawing(self):
        first, second = self._transfer(1, "submitted"), self._transfer(2, "submitted")
        self._login(self.other)
        self._post(f"{LIST}/{first.id}/decline", decline_reason="I have enough")
        self.assertEqual((first.state, first.decline_reason), ("declined", "I have enough"))
        self._login(self.portal)
        self.assertIn("I have enough", self.url_open(f"{LIST}/{first.id}").text)
        self._post(f"{LIST}/{second.id}/withdraw")
        self.assertEqual(second.state, "cancelled")
        late = self._transfer(1)
        page = self._post(f"{LIST}/{late.id}/withdraw").text
        self.assertIn("Reload the page", page)
        self.assertEqual(late.state, "accepted")

    def test_accepting_what_is_promised_elsewhere_says_so(self):
        first, second = self._transfer(3, "submitted"), self._transfer(3, "submitted")
        self._login(self.portal)
        self.assertIn("not all of them can be completed", self.url_open(f"{LIST}/{first.id}").text)
        first.action_accept()
        self.assertIn("3 are promised", self.url_open(FORM).text)
        self._login(self.other)
        self.assertIn("3 are promised", self._post(f"{LIST}/{second.id}/accept").text)
        self.assertEqual(second.state, "submitted")

    def test_an_employee_who_is_a_member(self):
        self.services.group_ids = self.env.ref("base.group_user")
        partner = self.services.partner_id
        self._pay(self._subscribe(2, partner))
        transfer = self._transfer(2, "submitted", partner_to_id=partner.id)
        self._login(self.services)
        self._post(f"{LIST}/{transfer.id}/accept")
        self.assertEqual(transfer.receiver_signed_by_id, self.services)

    def test_who_holds_nothing_is_told_what_to_do(self):
        self._give_back(self.giver, 4)
        self._login(self.portal)
        self.assertIn("You hold no shares, and none are offered", self.url_open(LIST).text)
        self.assertIn("You hold no shares that you could", self.url_open(FORM).text)
        answer = self.make_jsonrpc_request("/my/counters", {"counters": ["share_transfer_count"]})
        self.assertEqual(answer["share_transfer_count"], 0)

    def test_the_list_costs_the_same_for_many(self):
        self._transfer(1, "submitted")
        self._login(self.portal)
        self.url_open(LIST)
        few = self._count_queries()
        for _time in range(3):
            self._transfer(1, "submitted")
        self.assertLessEqual(self._count_queries(), few + 1)

    def _count_queries(self):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.assertEqual(self.url_open(LIST).status_code, 200)
        return self.cr.sql_log_count - before
