from odoo import models
from odoo.exceptions import UserError


class CoopExpense(models.Model):
    """What is worth writing off is bought with a bill, not handed in as an expense."""

    _inherit = "coop.expense"

    def _submit(self, person):
        self._check_no_investment()
        return super()._submit(person)

    def _check_no_investment(self):
        """Refuse durable goods from the threshold of investments on.

        The supplier's bill in the name of the co-operative makes the asset; a receipt of a member
        would let the budget bear it all at once.

        :raise UserError: naming the expense and the other way
        """
        for expense in self:
            # What is an investment, is a rule of the game, known to every member.
            own = expense.sudo()
            threshold = own.company_id.investment_threshold
            if (
                threshold
                and own.product_id.can_be_investment
                and own.currency_id.compare_amounts(own.budget_amount, threshold) >= 0
            ):
                raise UserError(
                    self.env._(
                        "%(expense)s is an investment: from %(threshold)s without taxes on, what "
                        "lasts is written off over time. Ask the shop for an invoice in the name "
                        "of %(company)s and send that in as a bill for %(activity)s.",
                        expense=own.display_name,
                        threshold=own.currency_id.format(threshold),
                        company=own.company_id.name,
                        activity=own.activity_id.display_name,
                    )
                )
