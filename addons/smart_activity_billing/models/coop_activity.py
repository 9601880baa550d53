import operator as py_operator
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, ormcache

from ..lib.money import exact

COMPARISONS = {
    "<": py_operator.lt,
    "<=": py_operator.le,
    ">": py_operator.gt,
    ">=": py_operator.ge,
}
COMPUTED_AMOUNTS = ("balance", "unpaid_amount", "available")


class CoopActivity(models.Model):
    """A member's own economic activity inside the shared enterprise, with its own budget.

    The truth of the budget is the analytic ledger: an Activity owns one analytic account, and
    its balance is the sum of that account's lines, which exist for posted entries only.
    """

    _name = "coop.activity"
    _description = "Activity"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "name, id"
    _rec_names_search = ["name", "code", "partner_id.name"]
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    code = fields.Char(
        readonly=True, copy=False, help="Given at creation, in one row without gaps per company."
    )
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    membership_id = fields.Many2one(
        "coop.membership",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    partner_id = fields.Many2one(
        related="membership_id.partner_id", string="Member", store=True, index=True
    )
    manager_ids = fields.Many2many(
        "res.partner",
        "coop_activity_manager_rel",
        "activity_id",
        "partner_id",
        string="Managers",
        compute="_compute_manager_ids",
        store=True,
        readonly=False,
        help="Who may see this Activity and invoice for it in the portal.",
    )
    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        check_company=True,
        help="The account of this Activity in the analytic ledger. Created with the Activity.",
    )
    sector_id = fields.Many2one("coop.sector", index="btree_not_null", tracking=True)
    antenna_id = fields.Many2one(
        "coop.antenna",
        compute="_compute_antenna_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
    )
    description = fields.Html()
    state = fields.Selection(
        [("draft", "Draft"), ("open", "Open"), ("suspended", "Suspended"), ("closed", "Closed")],
        default="draft",
        required=True,
        index=True,
        copy=False,
        tracking=True,
    )
    color = fields.Integer()

    balance = fields.Monetary(
        compute="_compute_balance",
        search="_search_balance",
        aggregator="sum",
        help="All that was invoiced, less contributions and costs, in posted entries.",
    )
    reserved_amount = fields.Monetary(
        string="Reserved",
        readonly=True,
        copy=False,
        default=0.0,
        help="Promised to spendings that are not booked yet. Moved by reservations only.",
    )
    unpaid_amount = fields.Monetary(
        string="Not yet paid",
        compute="_compute_unpaid_amount",
        aggregator="sum",
        help="The part of the balance that comes from invoices which clients have not paid yet, "
        "after the contribution.",
    )
    available = fields.Monetary(
        compute="_compute_available",
        search="_search_available",
        aggregator="sum",
        help="What may still be spent: the balance less what is reserved and, where the company "
        "chose so, less what clients have not paid yet.",
    )
    reservation_ids = fields.One2many("coop.budget.reservation", "activity_id")
    invoice_count = fields.Integer(compute="_compute_invoice_count")
    contribution_total = fields.Monetary(compute="_compute_contribution_total")

    _code_unique = models.UniqueIndex(
        "(company_id, code)", "Two Activities of a company cannot have the same code."
    )
    _analytic_account_unique = models.UniqueIndex(
        "(analytic_account_id)", "An analytic account belongs to one Activity only."
    )
    _reserved_not_negative = models.Constraint(
        "CHECK (reserved_amount >= 0)", "An Activity cannot have a negative amount reserved."
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "code")
    def _compute_display_name(self):
        for activity in self:
            code = f"[{activity.code}] " if activity.code else ""
            activity.display_name = f"{code}{activity.name or ''}"

    def _compute_access_url(self):
        super()._compute_access_url()
        for activity in self:
            activity.access_url = f"/my/activities/{activity.id}"

    @api.depends("membership_id")
    def _compute_manager_ids(self):
        for activity in self:
            activity.manager_ids |= activity.membership_id.partner_id

    @api.depends("membership_id")
    def _compute_antenna_id(self):
        for activity in self:
            activity.antenna_id = activity.antenna_id or activity.membership_id.antenna_id

    # Analytic lines and payments invalidate these amounts by `_invalidate_amounts`: a dependency on
    # the lines of the ledger would look for the Activity of each line that is created.
    @api.depends("analytic_account_id")
    def _compute_balance(self):
        column = self._analytic_column()
        balances = {}
        if column:
            balances = dict(
                # Members see the totals of their Activity, not the analytic ledger.
                self.env["account.analytic.line"]
                .sudo()
                ._read_group(
                    [(column, "in", self.sudo().analytic_account_id.ids)],
                    [column],
                    ["amount:sum"],
                )
            )
        for activity in self:
            balance = balances.get(activity.sudo().analytic_account_id, 0.0)
            activity.balance = activity.currency_id.round(balance)

    @api.depends("balance")
    def _compute_unpaid_amount(self):
        unpaid = self._query_unpaid_amounts()
        for activity in self:
            activity.unpaid_amount = unpaid.get(activity.id, 0.0)

    @api.depends("balance", "reserved_amount", "company_id.activity_available_basis")
    def _compute_available(self):
        on_paid_basis = self.filtered(
            # The basis is a rule of the game, known to every member.
            lambda activity: activity.sudo().company_id.activity_available_basis == "paid"
        )
        for activity in self:
            unpaid = activity.unpaid_amount if activity in on_paid_basis else 0.0
            activity.available = activity.currency_id.round(
                activity.balance - activity.reserved_amount - unpaid
            )

    def _search_balance(self, operator, value):
        return self._search_computed_amount("balance", operator, value)

    def _search_available(self, operator, value):
        return self._search_computed_amount("available", operator, value)

    def _compute_invoice_count(self):
        for activity in self:
            activity.invoice_count = self.env["account.move"].search_count(
                activity._get_invoice_domain()
            )

    def _compute_contribution_total(self):
        totals = dict(
            self.env["account.move.line"]._read_group(
                [
                    ("display_type", "=", "contribution"),
                    ("parent_state", "=", "posted"),
                    ("activity_id", "in", self.ids),
                ],
                ["activity_id"],
                ["balance:sum"],
            )
        )
        for activity in self:
            activity.contribution_total = totals.get(activity, 0.0)

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("analytic_account_id", "company_id")
    def _check_analytic_account(self):
        plan = self._get_plan()
        for activity in self:
            account = activity.analytic_account_id
            if account.root_plan_id != plan or account.company_id != activity.company_id:
                raise ValidationError(
                    self.env._(
                        "The analytic account of %(activity)s must belong to the plan of the "
                        "Activities and to %(company)s.",
                        activity=activity.display_name,
                        company=activity.company_id.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_budget_untouched(vals_list)
        self._number(vals_list)
        self._create_analytic_accounts(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_budget_untouched([vals])
        if "code" in vals and any(activity.code != vals["code"] for activity in self):
            raise UserError(self.env._("The code of an Activity never changes."))
        if "company_id" in vals and any(
            activity.company_id.id != vals["company_id"] for activity in self
        ):
            raise UserError(
                self.env._("An Activity stays in its company: create another one there.")
            )
        result = super().write(vals)
        if vals.get("state") == "closed":
            self._check_nothing_reserved()
        if "name" in vals:
            # The analytic account bears the name of the Activity for who reads the ledger.
            self.sudo().analytic_account_id.write({"name": vals["name"]})
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for activity in self:
            raise UserError(
                self.env._(
                    "%(activity)s has a number in a row without gaps and cannot be deleted. "
                    "Close or archive it instead.",
                    activity=activity.display_name,
                )
            )

    def _read_group_select(self, aggregate_spec, query):
        # Amounts that live in the ledger are summed from the records of each group.
        if aggregate_spec.split(":")[0] in COMPUTED_AMOUNTS:
            return super()._read_group_select("id:recordset", query)
        return super()._read_group_select(aggregate_spec, query)

    def _read_group_postprocess_aggregate(self, aggregate_spec, raw_values):
        name = aggregate_spec.split(":")[0]
        if name in COMPUTED_AMOUNTS:
            groups = super()._read_group_postprocess_aggregate("id:recordset", raw_values)
            return (sum(records.mapped(name)) for records in groups)
        return super()._read_group_postprocess_aggregate(aggregate_spec, raw_values)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open(self):
        """Let the Activity invoice and spend."""
        self.write({"state": "open"})

    def action_suspend(self):
        """Keep the Activity from invoicing and spending for a while."""
        self.write({"state": "suspended"})

    def action_close(self):
        """End the Activity; what it promised to spend must be settled first."""
        self.write({"state": "closed"})

    def action_view_invoices(self):
        """Open the customer invoices and credit notes of the Activity."""
        self.ensure_one()
        return {
            "name": self.env._("Invoices of %(activity)s", activity=self.display_name),
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "list,kanban,form,pivot,graph,activity",
            "domain": self._get_invoice_domain(),
            "context": {"default_move_type": "out_invoice", "default_activity_id": self.id},
        }

    def action_view_entries(self):
        """Open the analytic lines: all that made the balance."""
        self.ensure_one()
        return {
            "name": self.env._("Entries of %(activity)s", activity=self.display_name),
            "type": "ir.actions.act_window",
            "res_model": "account.analytic.line",
            "view_mode": "list,pivot,graph",
            "domain": [(self._analytic_column(), "=", self.analytic_account_id.id)],
            "context": {"create": False},
        }

    def action_view_contributions(self):
        """Open the contributions of the Activity: base, rate and amount of each invoice."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.contribution_line_action"
        )
        return action | {
            "domain": [("display_type", "=", "contribution"), ("activity_id", "=", self.id)],
            "context": {},
        }

    def action_view_reservations(self):
        """Open what holds money of the Activity."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_budget_reservation_action"
        )
        return action | {"domain": [("activity_id", "=", self.id)]}

    # ------------------------------------------------------------------
    # Budget
    # ------------------------------------------------------------------

    def _reserve(self, amount, kind, origin=None, override_reason=None):
        """Reserve budget for a spending, or refuse.

        The Activity's row is bumped before anything is summed: of two transactions that reserve
        at once, the second fails to serialize and is replayed with the first one's result.

        :param amount: positive amount in the company's currency
        :param str kind: a key of ``coop.budget.reservation.kind``
        :param origin: the record that will be spent for, if any
        :param str override_reason: why an override of the budget is granted
        :return: the ``coop.budget.reservation``
        :raise UserError: the Activity is not open, or does not have the amount available
        """
        self.ensure_one()
        Reservation = self.env["coop.budget.reservation"]
        amount = Reservation._check_amount(amount, self.currency_id)
        self._bump_reserved(0)
        if self.state != "open" or not self.active:
            raise UserError(
                self.env._(
                    "%(activity)s is not open, so nothing can be spent from it.",
                    activity=self.display_name,
                )
            )
        self._check_overdraft(amount, override_reason)
        self._bump_reserved(amount)
        # Whoever may spend does not need a right to write reservations by hand.
        return Reservation.sudo().create(
            {
                "activity_id": self.id,
                "kind": kind,
                "amount": amount,
                "remaining": amount,
                "res_model": origin._name if origin else False,
                "res_id": origin.id if origin else False,
                "override_reason": override_reason,
            }
        )

    def _bump_reserved(self, change):
        """Change the reserved amount of one Activity by ``change``, holding its row."""
        self.flush_recordset(["reserved_amount"])
        # Losing a race is normal life: the server replays the request, without an error in the log.
        self.env.cr.execute(
            SQL(
                "UPDATE coop_activity SET reserved_amount = reserved_amount + %s "
                "WHERE id = %s RETURNING reserved_amount",
                str(change),
                self.id,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["reserved_amount", *COMPUTED_AMOUNTS])

    def _check_overdraft(self, amount, override_reason):
        """Refuse or log a spending of ``amount`` that exceeds what is available."""
        if self.currency_id.compare_amounts(amount, self.available) <= 0:
            return
        message = self.env._(
            "%(activity)s has %(available)s available, %(amount)s is asked for.",
            activity=self.display_name,
            available=self.currency_id.format(self.available),
            amount=self.currency_id.format(amount),
        )
        # The policy is a rule of the game, known to every member.
        if self.sudo().company_id.activity_overdraft_policy == "warn":
            self._log_overdraft(message)
        elif override_reason and self.env.user.has_group(
            "smart_activity_billing.group_budget_override"
        ):
            self._log_overdraft(f"{message} {override_reason}")
        else:
            raise UserError(message)

    def _log_overdraft(self, message):
        # The trail is kept whatever the rights of the person who spends.
        self.sudo().message_post(body=message, author_id=self.env.user.partner_id.id)

    def _query_unpaid_amounts(self):
        """Return ``{activity id: amount}`` of what clients still owe, after the contribution.

        Each invoice counts for what it brought to the Activity, in proportion to its residual.
        """
        column = self._analytic_column()
        # Totals are for the managers of the Activity, who cannot read the ledger itself.
        accounts = {activity.sudo().analytic_account_id.id: activity for activity in self}
        accounts.pop(False, None)
        if not column or not accounts:
            return {}
        AnalyticLine = self.env["account.analytic.line"].sudo()
        Move = self.env["account.move"].sudo()
        AnalyticLine.flush_model([column, "amount", "move_line_id"])
        Move.flush_model(["state", "move_type", "amount_residual_signed", "amount_total_signed"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT analytic.%(column)s, SUM(analytic.amount),
                       move.amount_residual_signed / move.amount_total_signed
                  FROM account_move move
                  JOIN account_move_line line ON line.move_id = move.id
                  JOIN account_analytic_line analytic ON analytic.move_line_id = line.id
                 WHERE move.state = 'posted'
                   AND move.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                   AND move.amount_residual_signed <> 0
                   AND move.amount_total_signed <> 0
                   AND analytic.%(column)s = ANY(%(accounts)s)
              GROUP BY move.id, analytic.%(column)s
                """,
                column=SQL.identifier(column),
                accounts=list(accounts),
            )
        )
        unpaid = defaultdict(float)
        for account_id, amount, ratio in rows:
            activity = accounts[account_id]
            unpaid[activity.id] += float(exact(amount * ratio, activity.currency_id.rounding))
        return unpaid

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _get_plan(self):
        """Return the analytic plan of the Activities, or an empty recordset when it is gone."""
        plan_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "smart_activity_billing.analytic_plan_activities"
        )
        # Which plan it is, is configuration that everybody depends on.
        return self.env["account.analytic.plan"].sudo().browse(plan_id or [])

    @api.model
    @ormcache()
    def _analytic_column(self):
        """Return the name of the analytic lines' column that holds the Activity's account."""
        plan = self._get_plan()
        return plan._column_name() if plan else None

    @api.model
    def _by_analytic_account(self, account_ids):
        """Return ``{analytic account id: Activity}`` for those that belong to one."""
        if not account_ids:
            return {}
        # Rules on Activities must hold even for who cannot see the Activity.
        activities = (
            self.sudo()
            .with_context(active_test=False)
            .search([("analytic_account_id", "in", list(account_ids))])
        )
        return {activity.analytic_account_id.id: activity for activity in activities}

    def _get_invoice_domain(self):
        """Domain of the customer documents of these Activities."""
        return [
            ("move_type", "in", self.env["account.move"].get_sale_types(include_receipts=True)),
            "|",
            ("activity_id", "in", self.ids),
            ("line_ids.activity_id", "in", self.ids),
        ]

    def _number(self, vals_list):
        """Give each new Activity the next code of its company."""
        Company = self.env["res.company"]
        by_company = defaultdict(list)
        for vals in vals_list:
            company_id = vals.setdefault("company_id", self.env.company.id)
            by_company[company_id].append(vals)
        for company_id, company_vals in by_company.items():
            # Numbers are taken by the system, whatever the rights of who creates.
            numbers = (
                self.env["coop.counter"]
                .sudo()
                ._take(self._name, Company.browse(company_id), len(company_vals))
            )
            for vals, number in zip(company_vals, numbers, strict=True):
                vals["code"] = f"A{number:05d}"

    def _create_analytic_accounts(self, vals_list):
        """Create the analytic account of each new Activity."""
        plan = self._get_plan()
        if not plan:
            self.env.company._check_contribution_settings()
        without = [vals for vals in vals_list if not vals.get("analytic_account_id")]
        # The account is part of the Activity: who creates the one creates the other.
        accounts = (
            self.env["account.analytic.account"]
            .sudo()
            .create(
                [
                    {
                        "name": vals.get("name") or vals["code"],
                        "code": vals["code"],
                        "plan_id": plan.id,
                        "company_id": vals["company_id"],
                    }
                    for vals in without
                ]
            )
        )
        for vals, account in zip(without, accounts, strict=True):
            vals["analytic_account_id"] = account.id

    def _check_nothing_reserved(self):
        for activity in self.filtered("reserved_amount"):
            raise UserError(
                self.env._(
                    "%(activity)s still has %(amount)s reserved. Book or cancel these spendings "
                    "before closing it.",
                    activity=activity.display_name,
                    amount=activity.currency_id.format(activity.reserved_amount),
                )
            )

    @api.model
    def _invalidate_amounts(self):
        """Forget the amounts read from the ledger, because it changed."""
        self.invalidate_model(COMPUTED_AMOUNTS, flush=False)

    def _check_budget_untouched(self, vals_list):
        if any("reserved_amount" in vals for vals in vals_list):
            raise UserError(
                self.env._("The reserved amount is moved by reservations only, not by hand.")
            )

    def _search_computed_amount(self, name, operator, value):
        compare = COMPARISONS.get(operator)
        if not compare:
            return NotImplemented
        activities = self.with_context(active_test=False).search([])
        return [
            ("id", "in", activities.filtered(lambda activity: compare(activity[name], value)).ids)
        ]
