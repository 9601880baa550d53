from odoo.tests import tagged

from .portal_common import PortalCase


@tagged("post_install", "-at_install")
class TestPortalTours(PortalCase):
    """What members do on a phone, in a real browser."""

    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The Belgian rate, whatever chart of accounts the company under test has.
        cls.tax.write({"name": "21 % under test", "amount": 21.0})
        # A domestic client, so that no fiscal position puts another tax in its place.
        cls.own_client.sudo().write(
            {"vat": False, "country_id": cls.company.account_fiscal_country_id.id}
        )

    def test_browse_an_activity(self):
        self.start_tour("/my/activities", "portal_activity_browse", login=self.user.login)

    def test_submit_an_invoice(self):
        self.start_tour("/my/activities", "portal_invoice_submit", login=self.user.login)
        invoice = self.submissions()
        self.assertEqual(len(invoice), 1)
        self.assertEqual(invoice.amount_total, 1210.0)
        self.assertEqual(invoice.ref, "PO 4711")
        self.assertEqual(invoice.contribution_amount, 65.0)
