from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import SQL

from .coop_ledger_check import SALE_TYPES

INCOME = ("income", "income_other")


class CoopActivityAnalysis(models.Model):
    """What moved the budgets, for accountants: a row for each analytic line of an Activity.

    Read from the ledger at this moment; amounts have the sign of the budget.
    """

    _name = "coop.activity.analysis"
    _description = "Activity Analysis"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "activity_id"

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    date = fields.Date(readonly=True)
    activity_id = fields.Many2one("coop.activity", readonly=True)
    partner_id = fields.Many2one("res.partner", "Member", readonly=True)
    sector_id = fields.Many2one("coop.sector", readonly=True)
    antenna_id = fields.Many2one("coop.antenna", readonly=True)
    general_account_id = fields.Many2one("account.account", readonly=True)
    move_id = fields.Many2one("account.move", "Entry", readonly=True)
    kind = fields.Selection(
        [
            ("invoice", "Invoices"),
            ("contribution", "Contribution"),
            ("expense", "Costs"),
            ("transfer", "Budget moved"),
            ("other", "Other"),
        ],
        readonly=True,
    )
    turnover = fields.Monetary(readonly=True)
    contribution = fields.Monetary(readonly=True)
    costs = fields.Monetary(readonly=True)
    moved = fields.Monetary("Budget Moved", readonly=True)
    other = fields.Monetary(readonly=True)
    amount = fields.Monetary("Result", readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True)
    booked_at = fields.Datetime("Booked On", readonly=True, help="When its entry was posted.")
    without_contribution = fields.Boolean(
        "Income without Contribution",
        readonly=True,
        help="Booked on an income account by something else than a customer invoice, credit note "
        "or receipt, and not by an investment, a transfer or a charge.",
    )
    income_review_id = fields.Many2one(
        "coop.income.review",
        "Reviewed Because",
        readonly=True,
        help="Why its entry, as it is posted now, owes no contribution.",
    )

    @property
    def _table_query(self):
        Activity = self.env["coop.activity"]
        self.env["coop.income.review"].flush_model(["move_ids"])
        # Which accounts only move budget is a setting that everybody depends on.
        companies = self.env["res.company"].sudo().search([])
        return SQL(
            """
            SELECT line.*,
                   CASE WHEN kind = 'invoice' THEN amount ELSE 0 END AS turnover,
                   CASE WHEN kind = 'contribution' THEN amount ELSE 0 END AS contribution,
                   CASE WHEN kind = 'expense' THEN amount ELSE 0 END AS costs,
                   CASE WHEN kind = 'transfer' THEN amount ELSE 0 END AS moved,
                   CASE WHEN kind = 'other' THEN amount ELSE 0 END AS other
              FROM (
                   SELECT line.id, line.company_id, activity.currency_id, line.date,
                          activity.id AS activity_id, activity.partner_id, activity.sector_id,
                          activity.antenna_id, line.general_account_id, move.id AS move_id,
                          line.amount,
                          CASE WHEN EXISTS (
                                   SELECT FROM coop_budget_transfer transfer
                                    WHERE transfer.move_id = move.id
                                       OR transfer.reversal_move_id = move.id)
                               THEN 'transfer' ELSE %(kind)s END AS kind,
                          item.journal_id, line.create_date AS booked_at,
                          -- The first is on the line itself: most are out at once.
                          line.category IS DISTINCT FROM 'invoice'
                          AND account.account_type IN %(income)s AND move.move_type NOT IN %(sales)s
                          AND item.asset_id IS NULL AND account.id <> ALL(%(zero)s::int[])
                              AS without_contribution,
                          -- What is posted again later is to be reviewed again.
                          (SELECT MAX(review.id)
                             FROM coop_income_review review
                             JOIN coop_income_review_move reviewed ON reviewed.review_id = review.id
                            WHERE reviewed.move_id = move.id
                              AND review.create_date >= line.create_date) AS income_review_id
                     FROM account_analytic_line line
                     JOIN coop_activity activity ON activity.analytic_account_id = line.%(column)s
                LEFT JOIN account_move_line item ON item.id = line.move_line_id
                LEFT JOIN account_move move ON move.id = item.move_id
                LEFT JOIN account_account account ON account.id = line.general_account_id
                   ) line
            """,
            kind=Activity._query_movement_kind(),
            column=SQL.identifier(Activity._analytic_column()),
            income=INCOME,
            sales=SALE_TYPES,
            zero=companies._get_zero_accounts().ids,
        )

    def action_open_entry(self):
        """Open the journal entry of the line."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }

    def action_review(self):
        """Ask why the entries of these lines owe no contribution."""
        self.check_access("read")
        return {
            "name": self.env._("Mark as Reviewed"),
            "type": "ir.actions.act_window",
            "res_model": "coop.income.review",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_ids": [Command.set(self.move_id.ids)]},
        }

    def action_review_again(self):
        """Take the reviews of these entries back; only the chief accountant does."""
        self.check_access("read")
        if not self.env.user.has_group("account.group_account_manager"):
            raise AccessError(self.env._("Only the chief accountant takes a review back."))
        self.income_review_id._take_back(self.move_id)
