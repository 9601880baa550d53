from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date


class CoopShareClass(models.Model):
    """A kind of share: who may hold it, what it costs, and where its capital is booked."""

    _name = "coop.share.class"
    _description = "Share Class"
    _inherit = ["mail.thread"]
    _order = "company_id, sequence, code, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, tracking=True, help="Short and unique, for example A.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    category_ids = fields.Many2many(
        "coop.member.category",
        string="Open to",
        help="The categories of members that may hold these shares; none means all.",
    )
    minimum_quantity = fields.Integer(
        default=1, required=True, tracking=True, help="How many shares a member takes at least."
    )
    maximum_quantity = fields.Integer(
        tracking=True, help="How many shares a member may hold at most; 0 means no limit."
    )
    capital_account_id = fields.Many2one(
        "account.account",
        check_company=True,
        ondelete="restrict",
        domain="[('account_type', '=', 'equity')]",
        tracking=True,
        help="The equity account that holds the capital of this class.",
    )
    receivable_account_id = fields.Many2one(
        "account.account",
        string="Called Capital Account",
        check_company=True,
        ondelete="restrict",
        domain="[('account_type', '=', 'asset_receivable')]",
        tracking=True,
        help="Where capital stands that was called and is not paid yet. Empty: the receivable "
        "account of the member.",
    )
    journal_id = fields.Many2one(
        "account.journal",
        string="Capital Journal",
        check_company=True,
        ondelete="restrict",
        domain="[('type', '=', 'sale')]",
        tracking=True,
        help="The journal of the capital calls, apart from the invoices to clients.",
    )
    payment_term_id = fields.Many2one(
        "account.payment.term",
        check_company=True,
        ondelete="restrict",
        domain="[('early_discount', '=', False)]",
        tracking=True,
        help="How long a subscriber has to pay a capital call. Empty: at once.",
    )
    description = fields.Html(translate=True)
    restrictions = fields.Text(
        translate=True,
        help="What the statutes say about transferring these shares: printed in the register.",
    )
    price_ids = fields.One2many("coop.share.price", "share_class_id", string="Prices")
    price = fields.Monetary(compute="_compute_price", help="What one share costs today.")

    _code_unique = models.Constraint(
        "UNIQUE(company_id, code)", "There is already a share class with this code."
    )
    _quantities = models.Constraint(
        """CHECK(
            minimum_quantity >= 1 AND COALESCE(maximum_quantity, 0) >= 0
            AND (COALESCE(maximum_quantity, 0) = 0 OR maximum_quantity >= minimum_quantity)
        )""",
        "A member takes at least one share, and the maximum is not below the minimum.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "code")
    def _compute_display_name(self):
        for share_class in self:
            share_class.display_name = f"{share_class.code or ''} {share_class.name or ''}".strip()

    @api.depends("price_ids.date_from", "price_ids.price")
    def _compute_price(self):
        today = fields.Date.context_today(self)
        for share_class in self:
            share_class.price = share_class._get_price(today).price

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("payment_term_id")
    def _check_no_discount(self):
        for share_class in self.filtered("payment_term_id.early_discount"):
            raise ValidationError(
                self.env._(
                    "Capital is never called at a discount. Choose another payment term for the "
                    "shares %(share_class)s than %(term)s.",
                    share_class=share_class.display_name,
                    term=share_class.payment_term_id.display_name,
                )
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if "company_id" in vals and any(
            share_class.company_id.id != vals["company_id"] for share_class in self
        ):
            raise UserError(
                self.env._("A share class stays in its company: create another one there.")
            )
        return super().write(vals)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_price(self, date):
        """Return the ``coop.share.price`` in force on a day, empty when there is none yet."""
        return self.price_ids.filtered(lambda price: price.date_from <= date).sorted("date_from")[
            -1:
        ]

    def _get_known_price(self, date):
        """Return the price of one share on a day.

        :raise UserError: the class has no price on that day
        """
        self.ensure_one()
        price = self._get_price(date)
        if not price:
            raise UserError(
                self.env._(
                    "The share class %(share_class)s has no price on %(date)s. Add one from that "
                    "day or earlier.",
                    share_class=self.display_name,
                    date=format_date(self.env, date),
                )
            )
        return price.price

    def _check_accounts(self):
        """Make sure that capital of these classes can be booked.

        :raise UserError: the equity account or the journal is missing, or there is a discount
        """
        self._check_no_discount()
        for share_class in self:
            if not share_class.capital_account_id or not share_class.journal_id:
                raise UserError(
                    self.env._(
                        "The share class %(share_class)s has no equity account or no journal for "
                        "its capital calls. Fill them in under Cooperative / Configuration.",
                        share_class=share_class.display_name,
                    )
                )

    def _is_open_to(self, category):
        """Tell whether members of a category may hold these shares."""
        self.ensure_one()
        return not self.category_ids or category in self.category_ids
