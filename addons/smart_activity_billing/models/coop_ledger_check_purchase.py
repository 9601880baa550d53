from odoo import api, models


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
        lines = self.env["purchase.order.line"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "purchase"),
                ("display_type", "=", False),
                ("analytic_distribution", "!=", False),
                ("order_id.budget_released", "=", False),
            ]
        )
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
