from odoo.tests import TransactionCase, tagged

from ..demo import requests


@tagged("post_install", "-at_install")
class TestJoinDemo(TransactionCase):
    """The newcomers of the demonstration; skipped where there is none."""

    def test_requests_in_each_state(self):
        if not self.env.ref("smart_membership.membership_demo_member", False):
            self.skipTest("this database has no demonstration data")
        company = self.env.ref("base.main_company")
        Request = self.env["coop.membership.request"].with_context(active_test=False)
        if not Request.search_count([("company_id", "=", company.id)]):
            for code in ("user", "partner"):
                category = self.env.ref(f"smart_membership.category_{code}")
                self.env["coop.share.class"].create(
                    {
                        "name": f"Shares {code}",
                        "code": f"T{code}",
                        "company_id": company.id,
                        "category_ids": category.ids,
                        "price_ids": [(0, 0, {"date_from": "2020-01-01", "price": 30})],
                    }
                )
            requests.ask(self.env)
        found = Request.search([("company_id", "=", company.id)])
        self.assertLessEqual(
            {"draft", "submitted", "accepted", "refused"}, set(found.mapped("state"))
        )
        self.assertTrue(any(request.duplicate_partner_ids for request in found))
        count = len(found)
        requests.ask(self.env)
        self.assertEqual(Request.search_count([("company_id", "=", company.id)]), count)
