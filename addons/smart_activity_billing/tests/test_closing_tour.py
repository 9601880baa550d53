from odoo.tests import new_test_user, tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestClosingTour(PortalCase):
    """An Activity ends: asked for on a telephone, closed at a desk, in a real browser."""

    def _play(self, url, tour, login, phone=True):
        self.browser_size = "390x844" if phone else "1366x768"
        self.touch_enabled = phone
        self.start_tour(url, tour, login=login)

    def test_asked_settled_and_closed(self):
        accountant = new_test_user(
            self.env(su=True),
            "x_closer",
            "account.group_account_user,smart_membership.group_membership_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        self._play(self.url(), "portal_closing_ask", self.user.login)
        self._play("/odoo/activity-closings", "closing_begin", accountant.login, phone=False)
        self.env["account.payment.register"].sudo().with_context(
            active_model="account.move", active_ids=self.invoice.ids
        ).create({})._create_payments()
        self._play("/odoo/activity-closings", "closing_finish", accountant.login, phone=False)
        self._play(self.url("closing"), "portal_closing_closed", self.user.login)
        self.assertEqual((self.workshop.state, self.workshop.balance), ("closed", 0))
        self.assertEqual(self.studio.balance, 935)
        self.assert_books_hold()
