from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestBudgetTransferTour(PortalCase):
    """A transfer between two members on their phones, in a real browser."""

    browser_size = "390x844"
    touch_enabled = True

    def test_ask_accept_and_see_both_balances(self):
        self.start_tour("/my/activities", "portal_budget_transfer_ask", login=self.user.login)
        self.start_tour("/my/home", "portal_budget_transfer_accept", login=self.other_user.login)
        self.start_tour("/my/transfers", "portal_budget_transfer_see", login=self.user.login)
        transfer = self.env["coop.budget.transfer"].search([("source_id", "=", self.workshop.id)])
        self.assertEqual((len(transfer), transfer.state), (1, "posted"))
        self.assertEqual((self.workshop.balance, self.gallery.balance), (835, 567.5))
        self.assert_books_hold()
