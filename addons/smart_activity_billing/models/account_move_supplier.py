from odoo import models

from ..lib.ordered import split_over

# The proof that approving posts a bill: no remote call can put this very object in a context.
_APPROVED = object()


class AccountMove(models.Model):
    """The bill of a supplier that a member handed in: posting it is approving it."""

    _inherit = "account.move"

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def _post(self, soft=True):
        if self.env.context.get("coop_bill_approved") is _APPROVED:
            return super()._post(soft)
        handed_in = self._get_handed_in_bills()
        if not handed_in:
            return super()._post(soft)
        handed_in._check_bills_wait()
        handed_in._check_accountant()
        handed_in._approve(self.env.user.partner_id)
        others = self - handed_in.bill_id
        posted = super(AccountMove, others)._post(soft) if others else others
        return posted | (self & handed_in.bill_id)

    def _post_approved(self):
        """Post what was approved; bills do not wait for another day."""
        return self.with_context(coop_bill_approved=_APPROVED)._post(soft=False)

    def _get_handed_in_bills(self):
        """Return the members' bills that these drafts are, whoever asks."""
        bills = self.filtered(lambda move: move.move_type == "in_invoice")
        Expense = self.env["coop.expense"]
        if not bills:
            return Expense
        # All count, also those that the user may not read.
        found = Expense.sudo().search([("bill_id", "in", bills.ids), ("state", "!=", "posted")])
        return found.with_env(self.env)

    # ------------------------------------------------------------------
    # What a bill takes from a budget
    # ------------------------------------------------------------------

    def _get_activity_cost(self, activity):
        """Return what this bill will take from one Activity, in the company's currency."""
        self.ensure_one()
        lines = self.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        if not lines:
            return 0.0
        activities = lines._by_activity_account()
        base_lines = [self._prepare_product_base_line_for_taxes_computation(one) for one in lines]
        costs = self.env["account.tax"]._get_budget_costs(base_lines, self.company_id)
        unit, cost = self.company_currency_id.rounding, 0.0
        for line, (_untaxed, amount) in zip(lines, costs, strict=True):
            keys = line._get_activity_keys(activities)
            shares = [line.analytic_distribution[key] for key in keys]
            for one, part in zip(keys.values(), split_over(abs(amount), shares, unit), strict=True):
                if one == activity:
                    cost += float(part) if amount > 0 else -float(part)
        return self.company_currency_id.round(cost)

    def _get_booked_on(self, activity):
        """Return what this entry took from one Activity."""
        column = activity._analytic_column()
        lines = self.env["account.analytic.line"].search(
            [
                ("move_line_id", "in", self.line_ids.ids),
                (column, "=", activity.analytic_account_id.id),
            ]
        )
        return self.company_currency_id.round(-sum(lines.mapped("amount")))

    # ------------------------------------------------------------------
    # The expense of a bill
    # ------------------------------------------------------------------

    def action_view_coop_expense(self):
        """Open the expense of this entry, also when it is still the draft of a bill."""
        action = super().action_view_coop_expense()
        expense = self.env["coop.expense"].search([("bill_id", "=", self.id)], limit=1)
        return action | {"res_id": expense.id} if expense else action

    def _compute_coop_expense_count(self):
        super()._compute_coop_expense_count()
        bills = self.filtered(lambda move: not move.coop_expense_count)
        counts = dict(
            self.env["coop.expense"]._read_group(
                [("bill_id", "in", bills.ids)], ["bill_id"], ["__count"]
            )
        )
        for move in bills:
            move.coop_expense_count = counts.get(move, 0)
