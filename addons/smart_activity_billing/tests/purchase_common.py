from odoo import Command, fields
from odoo.tests import new_test_user

from .common import ActivityCase


class PurchaseMixin:
    """A supplier, a product of EUR 100 with 21 % of VAT, a buyer, and EUR 935 to spend."""

    @classmethod
    def _set_up_purchases(cls):
        su = cls.env(su=True)
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.purchase_tax = cls.company_data["default_tax_purchase"]
        cls.purchase_tax.write({"name": "21 % in", "amount": 21.0})
        cls.supplier = su["res.partner"].create({"name": "Supplier under Test"})
        cls.goods = su["product.product"].create(
            {
                "name": "Clay",
                "type": "service",
                "purchase_method": "purchase",
                "standard_price": 100.0,
                "property_account_expense_id": cls.company_data["default_account_expense"].id,
                "supplier_taxes_id": [Command.set(cls.purchase_tax.ids)],
            }
        )
        cls.buyer = new_test_user(su, "po_buyer", "purchase.group_purchase_user", **company)
        cls.accountant = new_test_user(su, "po_accountant", "account.group_account_user", **company)
        cls._invoice(cls._line(1000, {cls.workshop: 100}))

    @classmethod
    def _order_line(cls, price=100, quantity=1, activities=None, **values):
        """Command for a line of an order; ``activities`` is ``{Activity: percentage}``."""
        return Command.create(
            {
                "product_id": cls.goods.id,
                "name": "Clay",
                "product_qty": quantity,
                "price_unit": price,
                "tax_ids": [Command.set(cls.purchase_tax.ids)],
                "analytic_distribution": {
                    str(activity.analytic_account_id.id): percentage
                    for activity, percentage in (activities or {}).items()
                },
                **values,
            }
        )

    @classmethod
    def _order(cls, *lines, confirm=True, **values):
        order = (
            cls.env["purchase.order"]
            .with_user(cls.buyer)
            .create({"partner_id": cls.supplier.id, "order_line": list(lines), **values})
        )
        if confirm:
            order.button_confirm()
        return order

    def _bill(self, order, post=True, **values):
        """Bill what is to be billed of an order; values go to its lines."""
        order = order.with_user(self.accountant).sudo()
        before = order.invoice_ids
        order.action_create_invoice()
        bill = order.invoice_ids - before
        bill.invoice_date = fields.Date.today()
        for line in bill.invoice_line_ids:
            line.write(values)
        if post:
            bill.action_post()
        return bill

    def assert_held(self, order, amount, available=None):
        held = self.env["coop.budget.reservation"].search(
            [("res_model", "=", "purchase.order"), ("res_id", "=", order.id)]
        )
        self.assertAlmostEqual(sum(held.mapped("remaining")), amount, 2)
        if available is not None:
            self.assertAlmostEqual(self.workshop.available, available, 2)
        self.assert_books_hold()


class PurchaseCase(PurchaseMixin, ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_purchases()
