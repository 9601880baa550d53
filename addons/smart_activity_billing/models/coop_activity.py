from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache

from odoo.addons.smart_membership.lib.selection_order import in_order

LEDGER_READERS = "account.group_account_invoice,account.group_account_readonly"
# What is asked of the Activities that an entry names, each time one is posted or changed.
NEEDED_TO_BOOK = ("analytic_account_id", "company_id", "state", "active")


class CoopActivity(models.Model):
    """A member's own economic activity inside the shared enterprise, with its own budget.

    The truth of the budget is the analytic ledger: an Activity owns one analytic account, and
    its balance is the sum of that account's lines, which exist for posted entries only.
    """

    _name = "coop.activity"
    _description = "Activity"
    _inherit = ["coop.member.page.mixin", "mail.thread", "mail.activity.mixin"]
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
    currency_id = fields.Many2one(related="company_id.currency_id", store=True)
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
        string="Status",
        default="draft",
        required=True,
        index=True,
        copy=False,
        tracking=True,
        group_expand=in_order("state"),
    )
    color = fields.Integer()

    # Counted in the books, for those who may read them.
    invoice_count = fields.Integer(compute="_compute_invoice_count", groups=LEDGER_READERS)
    contribution_total = fields.Monetary(
        compute="_compute_contribution_total", groups=LEDGER_READERS
    )

    _code_unique = models.UniqueIndex(
        "(company_id, code)", "Two Activities of a company cannot have the same code."
    )
    _analytic_account_unique = models.UniqueIndex(
        "(analytic_account_id)", "An analytic account belongs to one Activity only."
    )
    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "code")
    def _compute_display_name(self):
        for activity in self:
            code = f"[{activity.code}] " if activity.code else ""
            activity.display_name = f"{code}{activity.name or ''}"

    @api.depends("membership_id")
    def _compute_manager_ids(self):
        for activity in self:
            activity.manager_ids |= activity.membership_id.partner_id

    @api.depends("membership_id")
    def _compute_antenna_id(self):
        for activity in self:
            activity.antenna_id = activity.antenna_id or activity.membership_id.antenna_id

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
        self._number(vals_list)
        self._create_analytic_accounts(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if "code" in vals and any(activity.code != vals["code"] for activity in self):
            raise UserError(self.env._("The code of an Activity never changes."))
        if "company_id" in vals and any(
            activity.company_id.id != vals["company_id"] for activity in self
        ):
            raise UserError(
                self.env._("An Activity stays in its company: create another one there.")
            )
        if "partner_id" in vals:
            raise UserError(
                self.env._("The member of an Activity comes with its membership: change that one.")
            )
        if "analytic_account_id" in vals and any(
            activity.sudo().analytic_account_id.id != vals["analytic_account_id"]
            for activity in self
        ):
            raise UserError(
                self.env._(
                    "The analytic account of %(activity)s holds its budget and never changes.",
                    activity=self[:1].display_name,
                )
            )
        own = self._filter_own() if {"manager_ids", "membership_id"} & vals.keys() else None
        result = super().write(vals)
        if own is not None:
            self._check_own_unchanged(own)
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
        """End an Activity of which nothing is left; else its closing settles that first.

        :raise UserError: something is reserved or left
        """
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
        # Rules on Activities must hold even for who cannot see the Activity. What posting asks of
        # them comes along: a further query would read the whole rows.
        activities = (
            self.sudo()
            .with_context(active_test=False)
            .search_fetch([("analytic_account_id", "in", list(account_ids))], NEEDED_TO_BOOK)
        )
        return {activity.analytic_account_id.id: activity for activity in activities}

    def _get_member_url(self):
        return f"/my/activities/{self.id}"

    def _filter_own(self):
        """Return those of these Activities that are the user's own."""
        person = self.env.user.partner_id
        # Whose an Activity is, is asked for the user's own sake only.
        return self.filtered(
            lambda one: person in one.sudo().manager_ids | one.sudo().partner_id  # as above
        )

    def _check_own_unchanged(self, own):
        """Let nobody step out of an Activity, or into it, to decide on what it spends.

        :param own: what ``_filter_own`` returned before the change
        :raise UserError: naming the Activity
        """
        if self.env.su:
            return
        now = self._filter_own()
        for activity in (own | now) - (own & now):
            raise UserError(
                self.env._(
                    "You cannot make %(activity)s your own, or end that, by yourself: ask a "
                    "colleague.",
                    activity=activity.display_name,
                )
            )

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
        """Create the analytic account of each new Activity: a new one, with nothing on it."""
        if any(vals.get("analytic_account_id") for vals in vals_list):
            raise UserError(
                self.env._("The analytic account is created with the Activity: leave it empty.")
            )
        plan = self._get_plan()
        if not plan:
            self.env.company._check_contribution_settings()
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
                    for vals in vals_list
                ]
            )
        )
        for vals, account in zip(vals_list, accounts, strict=True):
            vals["analytic_account_id"] = account.id
