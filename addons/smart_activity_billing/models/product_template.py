from odoo import fields, models


class ProductTemplate(models.Model):
    """Categories of expenses: products that a member may have bought for an Activity."""

    _inherit = "product.template"

    can_be_coop_expense = fields.Boolean(
        "Category of Expenses",
        help="Members choose it for what they paid for an Activity. Its expense account and its "
        "purchase taxes are those of the booking.",
    )
    coop_expense_refusal = fields.Text(
        "Why It Is Refused",
        translate=True,
        help="Fill this in for what no Activity may pay, for example shares or fines: who chooses "
        "the category reads this text and cannot hand the expense in.",
    )
    coop_expense_tax_ids = fields.Many2many(
        "account.tax",
        "product_coop_expense_tax_rel",
        "product_id",
        "tax_id",
        string="Other VAT of Receipts",
        domain=[("type_tax_use", "=", "purchase")],
        help="Taxes that a receipt of this category may bear instead of its purchase taxes.",
    )
