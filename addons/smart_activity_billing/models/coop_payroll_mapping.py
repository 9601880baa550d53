from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from odoo.addons.smart_membership.lib.directory_text import key

from ..lib.payroll_file import COLUMNS, COSTS, Layout

# The beginning of the codes of the accounts in the Belgian chart, to start with.
BELGIAN_CODES = {
    "gross_account_id": "6202",
    "employer_account_id": "621",
    "other_account_id": "623",
    "net_account_id": "455",
    "secretariat_account_id": "454",
}


class CoopPayrollMapping(models.Model):
    """How the file of a social secretariat reads, and on which accounts its costs are booked."""

    _name = "coop.payroll.mapping"
    _description = "Payroll File of a Provider"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char("Provider", required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    activity_column = fields.Char(
        "Activity Code", help="The title of the column with the code of the Activity (A00012)."
    )
    member_column = fields.Char(
        "Member Number", help="The title of the column with the number of the member."
    )
    period_column = fields.Char(
        "Month", help="The title of the column with the month; empty when the file names none."
    )
    gross_column = fields.Char("Gross Wage", required=True, default="Gross")
    employer_column = fields.Char("Employer's Contributions", required=True, default="Employer")
    net_column = fields.Char(
        "Net Wage", required=True, default="Net", help="What is paid to the person."
    )
    other_column = fields.Char(
        "Other Costs", help="Costs beside the wage, such as insurance and meal vouchers."
    )
    total_label = fields.Char(
        "Line of Totals Begins with",
        default="Total",
        help="The rows are compared with it. Empty: the file has no such line.",
    )
    decimal_style = fields.Selection(
        [
            ("auto", "As they read: 1.234,50 or 1234.50"),
            ("comma", "A comma before the decimals: 1.234"),
            ("point", "A point before the decimals: 1,234"),
        ],
        string="Amounts",
        required=True,
        default="auto",
        help="“As they read” refuses what can be read in two ways, such as 1.234.",
    )
    date_style = fields.Selection(
        [
            ("auto", "Day first: 31/10/2026, 10/2026, 202610"),
            ("month_first", "Month first: 10/31/2026, 10/2026, 202610"),
        ],
        string="Dates",
        required=True,
        default="auto",
    )
    negative_allowed = fields.Boolean(
        "Corrections below Zero",
        help="Accept negative amounts: what was paid too much in an earlier month.",
    )
    journal_id = fields.Many2one(
        "account.journal",
        required=True,
        check_company=True,
        domain=[("type", "=", "general")],
        default=lambda self: self._default_journal(),
        ondelete="restrict",
    )
    gross_account_id = fields.Many2one(
        "account.account",
        "Account of Gross Wages",
        required=True,
        check_company=True,
        domain=[("internal_group", "=", "expense")],
        default=lambda self: self._default_account("gross_account_id"),
        ondelete="restrict",
    )
    employer_account_id = fields.Many2one(
        "account.account",
        "Account of Employer's Contributions",
        required=True,
        check_company=True,
        domain=[("internal_group", "=", "expense")],
        default=lambda self: self._default_account("employer_account_id"),
        ondelete="restrict",
    )
    other_account_id = fields.Many2one(
        "account.account",
        "Account of Other Costs",
        check_company=True,
        domain=[("internal_group", "=", "expense")],
        default=lambda self: self._default_account("other_account_id"),
        ondelete="restrict",
    )
    net_account_id = fields.Many2one(
        "account.account",
        "Net Wages to Pay",
        required=True,
        check_company=True,
        domain=[("internal_group", "=", "liability")],
        default=lambda self: self._default_account("net_account_id"),
        ondelete="restrict",
        help="What is owed to the persons.",
    )
    secretariat_account_id = fields.Many2one(
        "account.account",
        "Social Secretariat to Pay",
        required=True,
        check_company=True,
        domain=[("internal_group", "=", "liability")],
        default=lambda self: self._default_account("secretariat_account_id"),
        ondelete="restrict",
        help="All of the cost that is not paid to the persons: social security, withholding tax, "
        "fees.",
    )
    run_count = fields.Integer(compute="_compute_run_count")

    _name_unique = models.UniqueIndex(
        "(company_id, name) WHERE active", "This provider has its columns set up already."
    )
    _who_is_paid = models.Constraint(
        "CHECK (COALESCE(activity_column, '') <> '' OR COALESCE(member_column, '') <> '')",
        "Name the column of the Activity, of the member, or both.",
    )
    _other_with_account = models.Constraint(
        "CHECK (COALESCE(other_column, '') = '' OR other_account_id IS NOT NULL)",
        "Choose the account of the other costs.",
    )

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains(*(f"{name}_column" for name in COLUMNS))
    def _check_columns(self):
        """Two things cannot be in one column."""
        for mapping in self:
            seen = {}
            for name, title in mapping._get_headers().items():
                if key(title) in seen:
                    raise ValidationError(
                        self.env._(
                            "The column “%(title)s” is named twice, for %(one)s and for %(two)s.",
                            title=title,
                            one=self._label(seen[key(title)]),
                            two=self._label(name),
                        )
                    )
                seen[key(title)] = name

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _compute_run_count(self):
        counts = dict(
            self.env["coop.payroll.run"]._read_group(
                [("mapping_id", "in", self.ids)], ["mapping_id"], ["__count"]
            )
        )
        for mapping in self:
            mapping.run_count = counts.get(mapping, 0)

    def _default_journal(self):
        company = self.env.company
        return self.env["account.journal"].search(
            Domain(self.env["account.journal"]._check_company_domain(company))
            & Domain("type", "=", "general")
            & Domain(
                "id",
                "not in",
                (company.currency_exchange_journal_id | company.tax_cash_basis_journal_id).ids,
            ),
            limit=1,
        )

    def _default_account(self, name):
        company = self.env.company
        if not (company.chart_template or "").startswith("be"):
            return False
        Account = self.env["account.account"].with_company(company)
        return Account.search(
            [("code", "=like", f"{BELGIAN_CODES[name]}%"), ("company_ids", "in", company.ids)],
            limit=1,
        )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        for mapping in self.filtered("run_count"):
            raise UserError(
                self.env._(
                    "%(provider)s was used by payroll runs: archive it instead.",
                    provider=mapping.name,
                )
            )

    def action_view_runs(self):
        """Open the runs that read files of this provider."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_payroll_run_action"
        )
        return action | {
            "domain": [("mapping_id", "in", self.ids)],
            "context": {"default_mapping_id": self[:1].id},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_headers(self):
        """Return ``{key of a column: its title in the file}`` of those that the file has."""
        self.ensure_one()
        titles = {name: (self[f"{name}_column"] or "").strip() for name in COLUMNS}
        return {name: title for name, title in titles.items() if title}

    def _get_layout(self):
        """Return the ``Layout`` by which a file is read."""
        return Layout(
            headers=self._get_headers(),
            decimal=self.decimal_style,
            period=self.date_style,
            total=(self.total_label or "").strip(),
            negative=self.negative_allowed,
        )

    def _get_cost_accounts(self):
        """Return ``{key of a cost: account}``."""
        return {name: self[f"{name}_account_id"] for name in COSTS}

    @api.model
    def _label(self, name):
        """Return what a column is called on the screen."""
        return self._fields[f"{name}_column"]._description_string(self.env)
