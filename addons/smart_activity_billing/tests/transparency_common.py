from odoo import Command
from odoo.tests import new_test_user

from .common import ActivityCase


class TransparencyCase(ActivityCase):
    """Nine more members who invoiced in the first months of 2025: six in Web, three in Wood.

    Five of Web are in the North, the others in the South. The member of `ActivityCase` has nothing.
    """

    MONTHS = ("2025-01-15", "2025-02-15", "2025-03-15")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        su = cls.env(su=True)
        cls.web, cls.wood = su["coop.sector"].create([{"name": "Web test"}, {"name": "Wood test"}])
        cls.north, cls.south = su["coop.antenna"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("North test", "South test")]
        )
        cls.members = su["coop.membership"].union(
            *(cls._create_member(f"Member {number}") for number in range(9))
        )
        cls.activities = cls.env["coop.activity"].create(
            [
                {
                    "name": f"Trade {number}",
                    "membership_id": member.id,
                    "state": "open",
                    "sector_id": (cls.web if number < 6 else cls.wood).id,
                    "antenna_id": (cls.north if number < 5 else cls.south).id,
                }
                for number, member in enumerate(cls.members)
            ]
        )
        for day in cls.MONTHS:
            cls._invoice(
                *(
                    cls._line(100 * (number + 1), {activity: 100})
                    for number, activity in enumerate(cls.activities)
                ),
                invoice_date=day,
            )
        cls.shared = cls.company.shared_services_account_id
        cls._bill_shared(120, "2025-02-10")
        company = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.auditor = new_test_user(su, "tr_auditor", "account.group_account_readonly", **company)
        cls.accountant = new_test_user(su, "tr_accountant", "account.group_account_user", **company)
        cls.clerk = new_test_user(su, "tr_clerk", "base.group_user", **company)
        cls.portal_member = new_test_user(
            su,
            "tr_member",
            "base.group_portal",
            partner_id=cls.members[0].partner_id.id,
            email="tr_member@example.com",
            **company,
        )

    @classmethod
    def _bill_shared(cls, price, day, account=None):
        return cls._invoice(
            Command.create(
                {
                    "name": "Rent",
                    "price_unit": price,
                    "tax_ids": [Command.clear()],
                    "analytic_distribution": {str((account or cls.shared).id): 100},
                }
            ),
            move_type="in_invoice",
            invoice_date=day,
        )

    @classmethod
    def _update(cls):
        return cls.env["coop.transparency.update"].sudo()._update(cls.company)

    def figures(self, subject, **values):
        domain = [("company_id", "=", self.company.id), ("subject", "=", subject)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["coop.transparency.figure"].sudo().search(domain, order="id")

    def page(self, key=None, partner=None):
        Figure = self.env["coop.transparency.figure"].sudo()
        return Figure._get_page(self.company, partner or self.members[0].partner_id, key)
