from datetime import timedelta

from odoo import Command, fields

from .transfer_common import TransferCase


class JointCase(TransferCase):
    """Three Activities of three members: EUR 935 on the Workshop, 935 on the Gallery, 467.50 on the
    Press; each member has a login."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_joint()

    @classmethod
    def _set_up_joint(cls):
        cls._invoice(cls._line(1000, {cls.gallery: 100}))
        cls.third_member = cls._create_member("Third Member")
        cls.press = cls.env["coop.activity"].create(
            {"name": "Press", "membership_id": cls.third_member.id, "state": "open"}
        )
        cls._invoice(cls._line(500, {cls.press: 100}))
        cls.third = cls._create_portal_user("t_third", cls.third_member, "en_US")
        # All read the same mails, in the words of the source.
        cls.giver.partner_id.lang = "en_US"
        cls.profile = cls._create_profile()
        cls.company.sudo().investment_profile_id = cls.profile
        cls.supplier = cls.env["res.partner"].sudo().create({"name": "Machines NV"})

    @classmethod
    def _create_profile(cls):
        """How machines are written off: in ten months, from the day of the bill."""
        Account = cls.env["account.account"].sudo()
        asset, depreciation, expense = Account.create(
            [
                {"name": name, "code": code, "account_type": kind}
                for name, code, kind in (
                    ("Machines", "230900", "asset_fixed"),
                    ("Machines: written off", "230909", "asset_fixed"),
                    ("Writing off machines", "630290", "expense_depreciation"),
                )
            ]
        )
        return (
            cls.env["account.asset.profile"]
            .sudo()
            .create(
                {
                    "name": "Machines",
                    "company_id": cls.company.id,
                    "account_asset_id": asset.id,
                    "account_depreciation_id": depreciation.id,
                    "account_expense_depreciation_id": expense.id,
                    "account_plus_value_id": cls.company_data["default_account_revenue"].id,
                    "account_min_value_id": cls.company_data["default_account_expense"].id,
                    "journal_id": cls.company_data["default_journal_misc"].id,
                    "method_time": "number",
                    "method_number": 10,
                    "method_period": "month",
                    "open_asset": True,
                }
            )
        )

    @classmethod
    def _proposal(cls, target=900, publish=True, **values):
        """A laser cutter that the Workshop proposes, for pledges until tomorrow."""
        investment = cls.env["coop.investment"].create(
            {
                "is_joint": True,
                "label": "Laser cutter",
                "purpose": "To cut wood",
                "use_rules": "Two days a week each",
                "proposing_activity_id": cls.workshop.id,
                "target": target,
                "deadline": fields.Datetime.now() + timedelta(days=1),
                **values,
            }
        )
        if publish:
            investment.with_user(cls.giver).action_publish()
        return investment

    @classmethod
    def _pledge(cls, investment, activity, amount):
        """Pledge as a manager of the Activity does."""
        user = {cls.workshop: cls.giver, cls.gallery: cls.receiver, cls.press: cls.third}[activity]
        return investment.with_user(user).action_pledge(activity.id, amount)

    @classmethod
    def _funded(cls, **pledges):
        """A proposal of EUR 900 with 450 of the Workshop, 300 of the Gallery, 150 of the Press."""
        investment = cls._proposal()
        for activity, amount in ((cls.workshop, 450), (cls.gallery, 300), (cls.press, 150)):
            cls._pledge(investment, activity, amount)
        return investment

    @classmethod
    def _let_deadline_pass(cls, investment):
        investment._write_decision({"deadline": fields.Datetime.now() - timedelta(minutes=1)})

    def mails_to(self, person):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("recipient_ids", "in", person.ids)], order="id")
            .mapped("subject")
        )

    def assert_available(self, workshop, gallery, press):
        """What is available to the three, and what the books say of it."""
        self.assertEqual(
            (self.workshop.available, self.gallery.available, self.press.available),
            (workshop, gallery, press),
        )
        self.assert_books_hold()

    @classmethod
    def _bought(cls, target=900, price=None, **values):
        """A funded proposal, of which the accountant posted the bill of January 2025."""
        investment = cls._proposal(target, **values)
        for activity, part in ((cls.workshop, 2), (cls.gallery, 3), (cls.press, 6)):
            cls._pledge(investment, activity, round(target / part, 2))
        cls._buy(investment, price or target)
        return investment

    @classmethod
    def _enter_bill(cls, investment, price, date="2025-01-01"):
        action = investment.with_user(cls.accountant).action_buy()
        bill = cls.env["account.move"].with_user(cls.accountant).browse(action["res_id"])
        bill.write({"partner_id": cls.supplier.id, "invoice_date": date, "date": date})
        bill.invoice_line_ids.write({"price_unit": price, "tax_ids": [Command.clear()]})
        return bill

    @classmethod
    def _buy(cls, investment, price, **values):
        bill = cls._enter_bill(investment, price, **values)
        bill.action_post()
        return bill

    @classmethod
    def _depreciate(cls, investment, date):
        """Write off what is due on a day, as the accountant does."""
        asset = investment.asset_id.with_user(cls.accountant)
        due = asset.depreciation_line_ids.filtered(
            lambda line: (
                line.type == "depreciate"
                and not line.init_entry
                and not line.move_check
                and str(line.line_date) <= date
            )
        )
        due.create_move()
        return due.move_id
