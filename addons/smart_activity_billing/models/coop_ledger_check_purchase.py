from odoo import api, models
from odoo.tools import SQL


class CoopLedgerCheck(models.Model):
    """The proof that orders hold what is ordered and not yet billed, no more and no less."""

    _inherit = "coop.ledger.check"

    @api.model
    def _run(self, company):
        return [*super()._run(company), *self._check_purchases(company)]

    def _check_purchases(self, company):
        """Each line holds on each of its Activities what it still has to cost."""
        held = {
            (line, activity): amount
            for line, activity, amount in self.env["coop.budget.reservation"]._read_group(
                [
                    ("company_id", "=", company.id),
                    ("purchase_line_id", "!=", False),
                    ("state", "=", "active"),
                ],
                ["purchase_line_id", "activity_id"],
                ["remaining:sum"],
            )
        }
        lines = self._query_open_purchase_lines(company)
        wanted = (lines | lines.union(*(line for line, _activity in held)))._get_wanted_amounts()
        for line, activity in sorted({*wanted, *held}, key=lambda key: (key[0].id, key[1].id)):
            expected, found = wanted.get((line, activity), 0), held.get((line, activity), 0)
            if company.currency_id.compare_amounts(expected, found):
                yield self._discrepancy(
                    "purchase",
                    line,
                    expected,
                    found,
                    self.env._(
                        "what order %(order)s holds of %(activity)s",
                        order=line.order_id.name,
                        activity=activity.display_name,
                    ),
                )

    def _query_open_purchase_lines(self, company):
        """Return the lines that may still be billed; what all came of long ago is left out."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.id
                  FROM purchase_order_line line
                  JOIN purchase_order purchase ON purchase.id = line.order_id
             LEFT JOIN LATERAL (
                       SELECT SUM(
                              CASE move.move_type WHEN 'in_refund' THEN -1 ELSE 1 END
                              * item.quantity
                              ) AS quantity
                         FROM account_move_line item
                         JOIN account_move move ON move.id = item.move_id
                        WHERE item.purchase_line_id = line.id
                          AND item.parent_state = 'posted'
                          AND item.product_uom_id = line.product_uom_id
                       ) billed ON TRUE
                 WHERE purchase.company_id = %s AND purchase.state = 'purchase'
                   AND purchase.budget_released IS NOT TRUE
                   AND line.analytic_distribution IS NOT NULL
                   AND line.product_qty > COALESCE(billed.quantity, 0)
                """,
                company.id,
            )
        )
        return self.env["purchase.order.line"].browse(line_id for (line_id,) in rows)
