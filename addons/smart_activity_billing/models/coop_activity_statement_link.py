from odoo import fields, models

from .coop_activity import LEDGER_READERS


class CoopActivity(models.Model):
    """An Activity leads to its monthly statements."""

    _inherit = "coop.activity"

    statement_count = fields.Integer(
        "Monthly Statements", compute="_compute_statement_count", groups=LEDGER_READERS
    )

    def _compute_statement_count(self):
        counts = dict(
            self.env["coop.activity.statement"]._read_group(
                [("activity_id", "in", self.ids)], ["activity_id"], ["__count"]
            )
        )
        for activity in self:
            activity.statement_count = counts.get(activity, 0)

    def action_view_statements(self):
        """Open the statements of the Activity."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_activity_statement_action"
        )
        return action | {"domain": [("activity_id", "=", self.id)], "context": {}}

    def _search_statements(self, **kwargs):
        """Search the statements of this Activity, after the access check of the Activity."""
        self.ensure_one()
        # As above: its own statements.
        Statement = self.env["coop.activity.statement"].sudo()
        return Statement.search([("activity_id", "=", self.id)], order="date_to desc", **kwargs)

    def _count_statements(self):
        # As above.
        Statement = self.env["coop.activity.statement"].sudo()
        return Statement.search_count([("activity_id", "=", self.id)])

    def _get_first_statement_date(self):
        """Return from which day on the first statement can be made, False before any entry."""
        self.ensure_one()
        # After the access check of the Activity: the date of its own first entry.
        [[first]] = (
            self.env["account.analytic.line"]
            .sudo()
            ._read_group(
                [(self._analytic_column(), "=", self.sudo().analytic_account_id.id)],
                aggregates=["date:min"],
            )
        )
        return first and fields.Date.add(fields.Date.end_of(first, "month"), days=1)
