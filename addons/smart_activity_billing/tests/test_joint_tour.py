from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .joint_common import JointCase


@tagged("post_install", "-at_install")
class TestJointTour(JointCase, HttpCase):
    """A joint investment from the proposal to the buy-out, on three phones and at one desk."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.giver.partner_id.lang = "en_US"

    def _buy_at_a_desk(self, investment):
        """The bill is of two whole months ago: two depreciations are due."""
        self.company.sudo().account_purchase_tax_id = False
        tomorrow = fields.Date.today() + relativedelta(days=1)
        bought = tomorrow + relativedelta(months=-2, day=1)
        self.browser_size, self.touch_enabled = "1366x768", False
        self.start_tour(
            f"/odoo/investments/{investment.id}",
            "investment_buy",
            login=self.accountant.login,
            cookies={"bill_date": f"{bought:%m/%d/%Y}"},
        )
        self.browser_size, self.touch_enabled = "390x844", True
        self.env.invalidate_all()

    def test_propose_fund_buy_depreciate_and_leave(self):
        self.start_tour("/my/home", "portal_investment_propose", login=self.giver.login)
        self.start_tour("/my/investments", "portal_investment_pledge", login=self.receiver.login)
        self.start_tour("/my/investments", "portal_investment_pledge_rest", login=self.third.login)
        investment = self.env["coop.investment"].search([("company_id", "=", self.company.id)])
        self.assertEqual((len(investment), investment.state), (1, "funded"))
        self._buy_at_a_desk(investment)
        self.assertEqual((investment.written_off, investment.book_value), (180, 720))
        booked = investment.asset_id.depreciation_line_ids.filtered(
            lambda line: line.type == "depreciate" and line.move_id
        )
        self.assertEqual(booked.mapped("amount"), [90, 90])
        self.start_tour("/my/investments", "portal_investment_use", login=self.giver.login)
        self.start_tour("/my/investments", "portal_investment_leave", login=self.receiver.login)
        for login in (self.giver.login, self.third.login):
            self.start_tour("/my/home", "portal_investment_take_over", login=login)
        self.start_tour("/my/activities", "portal_investment_left", login=self.receiver.login)
        self.assertEqual(
            {share.activity_id: share.share_amount for share in investment.share_ids},
            {self.workshop: 675, self.gallery: 0, self.press: 225},
        )
        self.assertEqual(
            (self.workshop.balance, self.gallery.balance, self.press.balance), (845, 875, 437.5)
        )
        self.assert_books_hold()
