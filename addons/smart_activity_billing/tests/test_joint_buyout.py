from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .joint_common import JointCase


@tagged("post_install", "-at_install")
class TestJointBuyout(JointCase):
    """Who leaves is bought out at book value, by those who accept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.investment = cls._bought()
        # EUR 180 of 900 written off: 90, 60 and 30.
        for date in ("2025-01-31", "2025-02-28"):
            cls._depreciate(cls.investment, date)

    def _buyout(self, seller, submit=True, **weights):
        """The seller asks these to take over."""
        activities = {"workshop": self.workshop, "gallery": self.gallery, "press": self.press}
        buyout = self.env["coop.investment.buyout"].create(
            {
                "investment_id": self.investment.id,
                "seller_id": seller.id,
                "line_ids": [
                    Command.create({"activity_id": activities[name].id, "weight": weight})
                    for name, weight in weights.items()
                ],
            }
        )
        if submit:
            user = {self.workshop: self.giver, self.gallery: self.receiver, self.press: self.third}
            buyout.with_user(user[seller]).action_submit()
        return buyout

    def line(self, buyout, activity):
        return buyout.line_ids.filtered(lambda line: line.activity_id == activity)

    def values(self):
        return {
            share.activity_id: (share.share_amount, share.book_value)
            for share in self.investment.share_ids
            if share.share_amount
        }

    def test_one_other_takes_over(self):
        self.assert_available(485, 635, 317.5)
        buyout = self._buyout(self.gallery, workshop=1)
        self.assertEqual((buyout.state, buyout.price), ("submitted", 240))
        self.assert_available(485, 635, 317.5)
        self.line(buyout, self.workshop).with_user(self.giver).action_accept()
        self.assertEqual(buyout.state, "done")
        self.assertEqual(self.values(), {self.workshop: (750, 600), self.press: (150, 120)})
        # The seller is free of what was to come; what it bore stays borne.
        self.assertEqual((self.gallery.balance, self.gallery.reserved_amount), (875, 0))
        self.assert_available(245, 875, 317.5)
        for person in (self.giver, self.receiver):
            self.assertIn("Gallery has left Laser cutter", self.mails_to(person.partner_id))
        self._depreciate(self.investment, "2025-03-31")
        self.assertEqual((self.gallery.balance, self.workshop.balance), (875, 770))
        self.assert_available(245, 875, 317.5)

    def test_all_others_in_proportion(self):
        buyout = self._buyout(self.gallery, workshop=75, press=25)
        self.line(buyout, self.workshop).with_user(self.giver).action_accept()
        # Held, and not moved before the other accepts too.
        self.assertEqual(buyout.state, "submitted")
        self.assert_available(305, 635, 317.5)
        self.line(buyout, self.press).with_user(self.third).action_accept()
        self.assertEqual(self.values(), {self.workshop: (675, 540), self.press: (225, 180)})
        self.assert_available(305, 875, 257.5)

    def test_another_activity_joins(self):
        other = self.env["coop.activity"].create(
            {"name": "Foundry", "membership_id": self.member.id, "state": "open"}
        )
        self._invoice(self._line(1000, {other: 100}))
        buyout = self._buyout(self.gallery, submit=False)
        buyout.line_ids = [Command.create({"activity_id": other.id})]
        buyout.with_user(self.receiver).action_submit()
        buyout.line_ids.with_user(self.giver).action_accept()
        self.assertEqual(self.values()[other], (300, 240))
        self.assertEqual(other.available, 695)
        self.assert_books_hold()

    def test_refused_moves_nothing(self):
        buyout = self._buyout(self.gallery, workshop=1, press=1)
        self.line(buyout, self.workshop).with_user(self.giver).action_accept()
        with self.assertRaises(UserError):
            self.line(buyout, self.press).with_user(self.third).action_refuse(" ")
        self.line(buyout, self.press).with_user(self.third).action_refuse("Too dear")
        self.assertEqual((buyout.state, buyout.refusal_reason), ("refused", "Too dear"))
        self.assertIn(
            "Nobody takes over the share of Gallery yet", self.mails_to(self.giver.partner_id)
        )
        self.assert_available(485, 635, 317.5)
        with self.assertRaisesRegex(UserError, "“Refused”"):
            self.line(buyout, self.press).with_user(self.third).action_accept()

    def test_withdrawn_gives_back(self):
        buyout = self._buyout(self.gallery, workshop=1, press=1)
        self.line(buyout, self.workshop).with_user(self.giver).action_accept()
        buyout.with_user(self.receiver).action_withdraw()
        self.assertEqual(buyout.state, "cancelled")
        self.assert_available(485, 635, 317.5)

    def test_depreciated_between_asking_and_accepting(self):
        buyout = self._buyout(self.gallery, workshop=1, press=1)
        self.line(buyout, self.workshop).with_user(self.giver).action_accept()
        self._depreciate(self.investment, "2025-03-31")
        self.line(buyout, self.press).with_user(self.third).action_accept()
        # EUR 270 of 900 written off: of the 300 of the Gallery 210 are left.
        self.assertEqual((buyout.price, sum(buyout.line_ids.mapped("amount"))), (210, 210))
        self.assert_available(380, 845, 212.5)

    def test_written_off_completely_costs_nothing(self):
        self._depreciate(self.investment, "2026-12-31")
        remains = {row["key"] for row in self.gallery._get_closing_obstacles()}
        self.assertEqual(remains, {"investment_shares", "unpaid_invoices"})
        buyout = self._buyout(self.gallery, workshop=1)
        self.assertEqual(buyout.price, 0)
        self.line(buyout, self.workshop).with_user(self.giver).action_accept()
        remains = {row["key"] for row in self.gallery._get_closing_obstacles()}
        self.assertEqual(remains, {"unpaid_invoices"})
        self.assertEqual(self.values()[self.workshop], (750, 0))
        self.assert_books_hold()

    def test_who_cannot_pay_does_not_take_over(self):
        self.press._reserve(300, "expense")
        buyout = self._buyout(self.workshop, press=1)
        with self.assertRaisesRegex(UserError, "Press has .*17.50 available"):
            self.line(buyout, self.press).with_user(self.third).action_accept()

    def test_whose_step_it_is(self):
        with self.assertRaises(AccessError):
            self._buyout(self.gallery, submit=False, workshop=1).with_user(
                self.third
            ).action_submit()
        buyout = self._buyout(self.gallery, workshop=1, press=1)
        line = self.line(buyout, self.workshop)
        for user in (self.third, self.receiver):
            with self.assertRaises(AccessError):
                line.with_user(user).action_accept()
            with self.assertRaises(AccessError):
                line.with_user(user).action_refuse("Mine")
        with self.assertRaises(AccessError):
            buyout.with_user(self.giver).action_withdraw()
        # The back office accepts where members cannot, but never for the own Activity that leaves.
        self.gallery.manager_ids += self.accountant.partner_id
        with self.assertRaises(AccessError):
            line.with_user(self.accountant).action_accept()
        line.with_user(self.services).action_accept()
        self.assertEqual(line.state, "accepted")
        with self.assertRaisesRegex(UserError, "answered"):
            line.with_user(self.giver).action_accept()

    def test_impossible_buyouts(self):
        for seller, weights in (
            (self.gallery, {}),
            (self.gallery, {"gallery": 1}),
        ):
            buyout = self._buyout(seller, submit=False, **weights)
            with self.assertRaises(UserError):
                buyout.action_submit()
        stranger = self.env["coop.activity"].create(
            {"name": "Stranger", "membership_id": self.member.id, "state": "open"}
        )
        with self.assertRaisesRegex(UserError, "Stranger has no share"):
            self._buyout(stranger, submit=False, workshop=1).action_submit()

    def test_asked_twice(self):
        first = self._buyout(self.gallery, workshop=1)
        with self.assertRaisesRegex(UserError, f"{first.name}.* waits for an answer already"):
            self._buyout(self.gallery, press=1)
        first.with_user(self.receiver).action_withdraw()
        self.assertEqual(self._buyout(self.gallery, press=1).state, "submitted")

    def test_who_asks_and_takes_over_does_it_at_once(self):
        self.workshop.manager_ids += self.receiver.partner_id
        buyout = self._buyout(self.gallery, workshop=1)
        self.assertEqual(buyout.state, "done")
        self.assert_available(245, 875, 317.5)

    def test_accepted_by_a_link(self):
        buyout = self._buyout(self.gallery, workshop=1)
        approval = self.line(buyout, self.workshop).sudo().approval_ids
        self.assertEqual((approval.user_id, approval.state), (self.giver, "open"))
        content = approval._get_document()._get_approval_fingerprint()
        approval._decide("approve", "", content)
        self.assertEqual((approval.state, buyout.state), ("approved", "done"))
        self.assert_available(245, 875, 317.5)

    def test_end_of_use_ends_what_was_planned(self):
        start = fields.Datetime.now() + timedelta(days=2)
        booking = self.env["coop.investment.booking"].create(
            {
                "investment_id": self.investment.id,
                "activity_id": self.gallery.id,
                "start": start,
                "stop": start + timedelta(hours=1),
            }
        )
        other = booking.copy(
            {"activity_id": self.press.id, "start": start + timedelta(days=1)}
            | {"stop": start + timedelta(days=1, hours=1)}
        )
        buyout = self._buyout(self.gallery, workshop=1)
        self.line(buyout, self.workshop).with_user(self.giver).action_accept()
        self.assertEqual((booking.state, other.state), ("cancelled", "booked"))
        second = self._buyout(self.press, submit=False, workshop=1)
        second.line_ids = [Command.create({"activity_id": self.gallery.id})]
        second.with_user(self.third).action_submit()
        self.line(second, self.workshop).with_user(self.giver).action_accept()
        self.investment.sudo()._dispose("loss", fields.Date.today())
        self.assertEqual((second.state, other.state), ("cancelled", "cancelled"))
        self.assertEqual(self.workshop.reserved_amount, 0)
        self.assert_books_hold()
