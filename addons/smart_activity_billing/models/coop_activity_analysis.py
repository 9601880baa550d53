from odoo import fields, models
from odoo.tools import SQL


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

    @property
    def _table_query(self):
        Activity = self.env["coop.activity"]
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
                               THEN 'transfer' ELSE %(kind)s END AS kind
                     FROM account_analytic_line line
                     JOIN coop_activity activity ON activity.analytic_account_id = line.%(column)s
                LEFT JOIN account_move_line item ON item.id = line.move_line_id
                LEFT JOIN account_move move ON move.id = item.move_id
                   ) line
            """,
            kind=Activity._query_movement_kind(),
            column=SQL.identifier(Activity._analytic_column()),
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
