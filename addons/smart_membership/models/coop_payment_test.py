from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class CoopPaymentTest(models.Model):
    """The Board's report that the cooperative can pay members who left.

    Two tests, both needed: the net assets stay positive after the payments, and the cooperative
    can pay its debts for twelve months. Without a passed report in force payments are deferred.

    Source: WVV/CSA art. 6:115 and 6:116.
    """

    _name = "coop.payment.test"
    _description = "Payment Test"
    _inherit = ["coop.step.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True
    _rec_name = "reference"

    reference = fields.Char(required=True, help="For example: Board of 12 May, item 4.")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        "Date of the Report", required=True, default=fields.Date.context_today, tracking=True
    )
    valid_until = fields.Date(
        required=True, tracking=True, help="Exits are paid on this report until this day."
    )
    net_assets = fields.Monetary(required=True, tracking=True)
    unavailable_equity = fields.Monetary(
        tracking=True,
        help="The part of the net assets that law or statutes do not let out.",
    )
    cash = fields.Monetary("Liquid Means", tracking=True)
    receipts = fields.Monetary("Receipts in 12 Months", tracking=True)
    payments = fields.Monetary(
        "Payments in 12 Months", tracking=True, help="Without the exits that this report is for."
    )
    liquidity = fields.Monetary(compute="_compute_amount_possible", store=True)
    amount_possible = fields.Monetary(
        compute="_compute_amount_possible",
        store=True,
        help="What both tests leave for payments to members who left.",
    )
    amount_allowed = fields.Monetary(
        compute="_compute_amount_allowed",
        store=True,
        readonly=False,
        tracking=True,
        help="What the Board lets out, at most what both tests leave.",
    )
    passed = fields.Boolean(
        compute="_compute_passed",
        store=True,
        readonly=False,
        tracking=True,
        help="The Board's conclusion: never passed when the figures leave nothing.",
    )
    explanation = fields.Text(required=True, help="How the Board came to its conclusion.")
    report_file = fields.Binary("Report", attachment=True, copy=False)
    report_filename = fields.Char(copy=False)
    paid_up = fields.Monetary(
        "Paid-up Capital",
        readonly=True,
        copy=False,
        help="By the register, on the day on which the report was confirmed.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed"), ("revoked", "Revoked")]
    )
    exit_ids = fields.One2many("coop.share.exit", "payment_test_id", "Exits Paid on It")
    amount_used = fields.Monetary(compute="_compute_amount_used")
    amount_left = fields.Monetary(compute="_compute_amount_used")

    _dates_in_order = models.Constraint(
        "CHECK(valid_until >= date)", "A report holds at least until its own day."
    )
    _amounts = models.Constraint(
        "CHECK(amount_allowed >= 0 AND unavailable_equity >= 0 AND receipts >= 0 "
        "AND payments >= 0)",
        "Only net assets and liquid means can be negative.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("net_assets", "unavailable_equity", "cash", "receipts", "payments")
    def _compute_amount_possible(self):
        for test in self:
            test.liquidity = test.cash + test.receipts - test.payments
            free = test.net_assets - test.unavailable_equity
            test.amount_possible = max(min(free, test.liquidity), 0)

    @api.depends("amount_possible")
    def _compute_amount_allowed(self):
        for test in self:
            test.amount_allowed = test.amount_possible

    @api.depends("amount_possible")
    def _compute_passed(self):
        for test in self:
            test.passed = test.amount_possible > 0

    @api.depends("exit_ids.state", "exit_ids.amount", "amount_allowed")
    def _compute_amount_used(self):
        used = dict(
            # What was let out is a fact of the report, whoever may see the exits.
            self.env["coop.share.exit"]
            .sudo()
            ._read_group(
                [("payment_test_id", "in", self.ids), ("state", "in", ("payable", "paid"))],
                ["payment_test_id"],
                ["amount:sum"],
            )
        )
        for test in self:
            test.amount_used = used.get(test._origin, 0)
            test.amount_left = test.amount_allowed - test.amount_used

    # ------------------------------------------------------------------
    # Constraints and CRUD: a confirmed report stays as the Board adopted it
    # ------------------------------------------------------------------

    @api.constrains("amount_allowed", "amount_possible", "passed")
    def _check_conclusion(self):
        for test in self:
            if test.currency_id.compare_amounts(test.amount_allowed, test.amount_possible) > 0:
                raise UserError(
                    self.env._(
                        "%(report)s lets out %(allowed)s, but its figures leave %(possible)s.",
                        report=test.reference,
                        allowed=test.currency_id.format(test.amount_allowed),
                        possible=test.currency_id.format(test.amount_possible),
                    )
                )
            if test.passed and not test.amount_possible:
                raise UserError(
                    self.env._(
                        "%(report)s cannot be passed: after its figures nothing is left to pay "
                        "with.",
                        report=test.reference,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_drafts()

    def _error_kept(self):
        return UserError(
            self.env._("%(report)s was confirmed: it stays in the records.", report=self.reference)
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_confirm(self):
        """Put reports in force and pay out the queue as far as they allow.

        :raise UserError: a report that is no draft, or lies in the future
        """
        self.check_access("write")
        today = fields.Date.context_today(self)
        for test in self.sorted("date"):
            test._check_state("draft")
            if test.date > today:
                raise UserError(
                    self.env._(
                        "%(report)s is dated %(date)s: confirm it then.",
                        report=test.reference,
                        date=format_date(self.env, test.date),
                    )
                )
            test._write_decision(
                {"state": "confirmed", "paid_up": test._get_paid_up(test.company_id)}
            )
            # The queue is served by the rule, whoever may see the exits.
            self.env["coop.share.exit"].sudo()._serve_queue(test.company_id)
        return True

    def action_revoke(self):
        """Take reports out of force; what was let out on them stays let out."""
        self.check_access("write")
        self._check_state("confirmed")
        self._write_decision({"state": "revoked"})
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _in_force(self, company, date):
        """Return the passed report on which may be paid on a day, or an empty recordset.

        The last confirmed report decides: one that failed ends the ones before it.
        """
        last = self._last(company, date)
        return last if last.passed and last.valid_until >= date else self.browse()

    @api.model
    def _last(self, company, date):
        """Return the last confirmed report of a company on a day."""
        return self.search(
            [("company_id", "=", company.id), ("state", "=", "confirmed"), ("date", "<=", date)],
            limit=1,
        )

    @api.model
    def _get_paid_up(self, company):
        # The sum of the register is in every balance sheet.
        positions = self.env["coop.share.movement"].sudo()._positions_at(None, company)
        return company.currency_id.round(sum(paid for _quantity, paid in positions.values()))

    def _decided_fields(self):
        return super()._decided_fields() | {"paid_up"}

    def _locked_fields(self):
        """A confirmed report stays as the Board adopted it; people may still talk about it."""
        if self.state == "draft":
            return super()._locked_fields()
        return {name for name in self._fields if not name.startswith(("message_", "activity_"))}
