from odoo import api, fields, models


class PurchaseOrderLine(models.Model):
    """The Activity of an ordered line, and what it will take from the budget."""

    _inherit = "purchase.order.line"

    activity_id = fields.Many2one(
        "coop.activity",
        compute="_compute_activity_id",
        inverse="_inverse_activity_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        ondelete="restrict",
        domain="[('company_id', '=', company_id), ('state', '=', 'open')]",
        groups="base.group_user",
        help="The Activity that pays all of this line. A line that is shared by several Activities "
        "names them in its analytic distribution.",
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    budget_amount = fields.Monetary(
        "From the Budget",
        currency_field="company_currency_id",
        compute="_compute_budget_amount",
        store=True,
        groups="base.group_user",
        help="The untaxed amount with the taxes that cannot be deducted, in the company's "
        "currency: what the Activities of this line pay.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("analytic_distribution")
    def _compute_activity_id(self):
        activities = self._by_activity_account()
        for line in self:
            keys = line._get_activity_keys(activities)
            whole = len(keys) == 1 and line.analytic_distribution[next(iter(keys))] == 100
            line.activity_id = next(iter(keys.values())) if whole else False

    def _inverse_activity_id(self):
        for line in self:
            line.analytic_distribution = line._get_distribution_for(line.activity_id)

    @api.onchange("activity_id")
    def _onchange_activity_id(self):
        self._inverse_activity_id()

    @api.depends("product_id", "order_id.partner_id")
    def _compute_analytic_distribution(self):
        """No model of distribution takes a line away from its Activity."""
        activities = self._by_activity_account()
        own = {
            line: {
                key: line.analytic_distribution[key] for key in line._get_activity_keys(activities)
            }
            for line in self
        }
        super()._compute_analytic_distribution()
        for line in self.filtered(lambda line: not line.display_type):
            if line._get_activities():
                continue
            if own[line]:
                line.analytic_distribution = (line.analytic_distribution or {}) | own[line]
            elif line.order_id.activity_id:
                line.analytic_distribution = line._get_distribution_for(line.order_id.activity_id)

    @api.depends(
        "product_qty", "price_unit", "discount", "tax_ids", "order_id.currency_rate", "display_type"
    )
    def _compute_budget_amount(self):
        for line in self:
            company = line.company_id or self.env.company
            if line.display_type or not line.product_qty:
                line.budget_amount = 0.0
                continue
            base_line = line._prepare_base_line_for_taxes_computation()
            # The result is no secret, and not everybody may read the set-up of taxes.
            Tax = self.env["account.tax"].sudo().with_company(company)
            [(_untaxed, line.budget_amount)] = Tax._get_budget_costs([base_line], company)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_activities(self):
        """Return the Activities of all parts of this line."""
        keys = self._get_activity_keys(self._by_activity_account())
        return self.env["coop.activity"].union(*keys.values())

    def _get_distribution_for(self, activity):
        """Return the distribution of this line with ``activity`` in the place of its Activities."""
        keys = self._get_activity_keys(self._by_activity_account())
        others = {
            key: share
            for key, share in (self.analytic_distribution or {}).items()
            if key not in keys
        }
        # Who orders need not read the analytic accounts.
        account = activity.sudo().analytic_account_id
        return others | ({str(account.id): 100.0} if account else {})
