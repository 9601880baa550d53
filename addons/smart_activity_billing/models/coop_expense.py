import math
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib.typed_numbers import decimals_of
from .coop_budget_reservation import LARGEST_AMOUNT

MAX_TEXT = 2000


class CoopExpense(models.Model):
    """What a member paid for an Activity: handed in with its receipt, booked, and paid back.

    Amounts are in the company's currency. What reaches the budget, and is reserved, is the
    untaxed amount with the taxes that cannot be deducted.
    """

    _name = "coop.expense"
    _description = "Expense"
    _inherit = ["coop.member.spending.mixin", "mail.thread.main.attachment"]
    _order = "date desc, id desc"
    _rec_names_search = ["name", "shop", "partner_id.name"]
    _reference_letter = "X"
    _reservation_kind = "expense"

    partner_id = fields.Many2one(help="Who paid, and gets the money back.")
    date = fields.Date(
        required=True,
        default=fields.Date.context_today,
        tracking=True,
        help="The day on the receipt.",
    )
    product_id = fields.Many2one(
        "product.product",
        "Category",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("can_be_coop_expense", "=", True)],
        tracking=True,
    )
    category_refusal = fields.Text(related="product_id.coop_expense_refusal")
    shop = fields.Char(required=True, tracking=True, help="Who was paid: the name on the receipt.")
    description = fields.Text(help="What it was for, when the receipt does not say so.")
    total = fields.Monetary(
        required=True,
        tracking=True,
        help="What was paid, taxes included. For a purchase in another currency: what the bank "
        "took.",
    )
    tax_ids = fields.Many2many(
        "account.tax",
        "coop_expense_tax_rel",
        "expense_id",
        "tax_id",
        string="Taxes",
        compute="_compute_tax_ids",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        domain=[("type_tax_use", "=", "purchase")],
        help="The taxes that the total includes.",
    )
    untaxed_amount = fields.Monetary(compute="_compute_amounts", store=True)
    tax_amount = fields.Monetary("VAT", compute="_compute_amounts", store=True)
    budget_amount = fields.Monetary(
        "From the Budget",
        compute="_compute_amounts",
        store=True,
        help="The untaxed amount with the taxes that cannot be deducted: what the Activity pays.",
    )
    submission_token = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Identifies the form that was submitted, so that a replay makes no second expense.",
    )

    _total_possible = models.Constraint(
        f"CHECK(total > 0 AND total < {LARGEST_AMOUNT})", "The amount must be more than zero."
    )
    _submission_token_unique = models.UniqueIndex(
        "(company_id, submission_token) WHERE submission_token IS NOT NULL",
        "This form was submitted already: look for the expense in the list.",
    )
    # How the same purchase is found again.
    _date_idx = models.Index("(company_id, date)")
    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("shop", "description")
    def _check_texts(self):
        for expense in self:
            if not (expense.shop or "").strip():
                raise ValidationError(self.env._("Fill in who was paid: the name of the shop."))
            if len(expense.shop) > MAX_TEXT or len(expense.description or "") > MAX_TEXT:
                raise ValidationError(
                    self.env._(
                        "A text of %(expense)s is too long: at most %(limit)s characters.",
                        expense=expense.name,
                        limit=MAX_TEXT,
                    )
                )

    @api.model
    def _check_total(self, vals):
        """Refuse what is no amount of money, before anything is computed from it.

        :raise ValidationError: saying what to enter
        """
        currency = self._get_company(vals).currency_id
        if vals.get("currency_id", currency.id) != currency.id:
            raise self._error_other_currency(currency)
        if "total" not in vals:
            return
        total = self.env["coop.budget.reservation"]._check_amount(vals["total"], currency)
        if decimals_of(Decimal(str(vals["total"]))) > currency.decimal_places:
            raise ValidationError(
                self.env._(
                    "%(total)s has more decimals than money has: enter for example %(sample)s.",
                    total=vals["total"],
                    sample=total,
                )
            )

    def _error_other_currency(self, currency):
        return UserError(
            self.env._(
                "Enter what the bank took in %(currency)s: other currencies are not booked here.",
                currency=currency.name,
            )
        )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "shop")
    def _compute_display_name(self):
        for expense in self:
            expense.display_name = " ".join(filter(None, (expense.name, expense.shop)))

    @api.depends("product_id", "company_id")
    def _compute_tax_ids(self):
        for expense in self:
            taxes = expense.product_id.supplier_taxes_id
            expense.tax_ids = taxes._filter_taxes_by_company(expense.company_id)

    @api.depends("total", "tax_ids", "company_id")
    def _compute_amounts(self):
        for expense in self:
            untaxed, budget = expense._count_taxes()
            expense.untaxed_amount = untaxed
            expense.tax_amount = expense.total - untaxed
            expense.budget_amount = budget

    def _count_taxes(self):
        """Return the untaxed amount, and what the entry will book on the Activity.

        Computed by the very engine that makes the entry, from the total.
        """
        self.ensure_one()
        company = self.company_id
        if not company or not math.isfinite(self.total):
            return 0.0, 0.0
        # The result is no secret, and not everybody may read the set-up of taxes.
        Tax = self.env["account.tax"].sudo().with_company(company)
        base_line = Tax._prepare_base_line_for_taxes_computation(
            {"id": 0},
            price_unit=self.total,
            quantity=1.0,
            tax_ids=Tax.browse(self.tax_ids.ids),
            currency_id=company.currency_id,
            rate=1.0,
            special_mode="total_included",
        )
        return Tax._get_budget_costs([base_line], company)[0]

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_total(vals)
        expenses = super().create(vals_list)
        expenses._adopt_receipts()
        return expenses

    def write(self, vals):
        self._check_total(vals)
        corrected = self.browse()
        if not vals.keys().isdisjoint({"product_id", "tax_ids"}):
            corrected = self.filtered(lambda expense: expense.state == "submitted")
        before = {expense: expense.budget_amount for expense in corrected}
        result = super().write(vals)
        for expense in corrected:
            if expense.budget_amount != before[expense]:
                expense._reserve_again()
        if "attachment_ids" in vals:
            self._adopt_receipts()
        return result

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_spent_amount(self):
        return self.budget_amount

    def _spending_fields(self):
        names = {"date", "shop", "total", "attachment_ids", "duplicate_confirmed"}
        return super()._spending_fields() | names

    def _decided_fields(self):
        return super()._decided_fields() | {"move_id"}

    def _locked_fields(self):
        locked = super()._locked_fields()
        # An accountant corrects category and VAT of what waits; then they stay as they are booked.
        if self.state in ("draft", "submitted"):
            return locked
        return locked | {"product_id", "tax_ids", "description"}
