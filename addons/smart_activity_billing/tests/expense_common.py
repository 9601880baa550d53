import io

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from odoo import Command
from odoo.tests import new_test_user

from .common import ActivityCase


def photo(shade=0, kind="JPEG"):
    """Return a small photo; another shade is another file."""
    stream = io.BytesIO()
    Image.new("RGB", (40 + shade % 200, 60), (shade % 256, 120, 90)).save(stream, kind)
    return stream.getvalue()


def pdf(text="Receipt", encrypt=None):
    """Return a PDF of one page, protected with a password if one is given."""
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=encrypt)
    canvas.drawString(72, 760, text)
    canvas.save()
    return stream.getvalue()


class ExpenseMixin:
    """Two categories of expenses, one of them refused, and an accountant who is no member."""

    @classmethod
    def _set_up_expenses(cls):
        su = cls.env(su=True)
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.purchase_tax = cls.company_data["default_tax_purchase"]
        cls.purchase_tax.write({"name": "21 % in", "amount": 21.0})
        cls.low_tax = cls.purchase_tax.copy({"name": "6 % in", "amount": 6.0})
        cls.material, cls.fine = su["product.product"].create(
            [
                {
                    "name": name,
                    "type": "service",
                    "can_be_coop_expense": True,
                    "coop_expense_refusal": refusal,
                    "property_account_expense_id": cls.company_data["default_account_expense"].id,
                    "supplier_taxes_id": [Command.set(cls.purchase_tax.ids)],
                    "coop_expense_tax_ids": [Command.set(cls.low_tax.ids)],
                }
                for name, refusal in (
                    ("Material", False),
                    ("Fines", "A fine is for who got it: no Activity pays it."),
                )
            ]
        )
        cls.accountant = new_test_user(su, "x_accountant", "account.group_account_user", **company)
        cls.colleague = new_test_user(su, "x_colleague", "account.group_account_user", **company)
        cls.member_partner = cls.member.sudo().partner_id
        cls.member_partner.write({"email": "member@example.com", "lang": "en_US"})
        cls._invoice(cls._line(1000, {cls.workshop: 100}))

    @classmethod
    def _expense(cls, shade=1, submit=True, content=None, **values):
        """An expense of EUR 121 with its photo, typed in by an accountant from paper."""
        Expense = cls.env["coop.expense"].with_user(cls.accountant)
        if content is None:
            content = photo(shade)
        file = (
            cls.env["ir.attachment"]
            .with_user(cls.accountant)
            .create({"name": "receipt.jpg", "raw": content, "res_model": "coop.expense"})
        )
        expense = Expense.create(
            {
                "activity_id": cls.workshop.id,
                "date": "2025-03-12",
                "shop": f"Shop {shade}",
                "product_id": cls.material.id,
                "total": 121.0,
                "attachment_ids": [Command.set(file.ids)],
                **values,
            }
        )
        if submit:
            expense.action_submit()
        return expense

    def _approve(self, expenses):
        expenses.with_user(self.colleague).action_approve()

    def _refuse(self, expenses, reason="The amount cannot be read."):
        dialogue = expenses.with_user(self.colleague).action_refuse()
        self.env["coop.expense.refusal"].with_user(self.colleague).with_context(
            **dialogue["context"]
        ).create({"reason": reason}).action_refuse()


class ExpenseCase(ExpenseMixin, ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_expenses()
