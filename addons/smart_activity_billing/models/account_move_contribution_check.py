from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError

# What contributes, what is contributed, and what the sold goods cost.
CONTRIBUTING = ("product", "contribution", "cogs")


class AccountMove(models.Model):
    """No document brings money to an Activity that does not contribute, or not at its rate."""

    _inherit = "account.move"

    def _check_beside_lines(self):
        """Refuse lines that bring an Activity something beside what contributes.

        Lines for roundings, discounts or taxes can name an Activity too. What they take is its
        cost; what they would give, has to be a line of the invoice.

        :raise UserError: naming the line and the invoice
        """
        for move in self:
            beside = move.line_ids.filtered(
                lambda line: line.analytic_distribution and line.display_type not in CONTRIBUTING
            )
            activities = beside._by_activity_account() if beside else {}
            taken = defaultdict(float)
            for line in beside if activities else ():
                for key, activity in line._get_activity_keys(activities).items():
                    taken[activity] += line.balance * line.analytic_distribution[key] / 100
            for activity, amount in taken.items():
                if move.company_currency_id.compare_amounts(amount, 0) < 0:
                    raise UserError(
                        self.env._(
                            "%(invoice)s would bring %(amount)s to %(activity)s beside its lines, "
                            "without contribution: enter it as a line of the invoice, and take "
                            "the Activity off its roundings, discounts and taxes.",
                            invoice=move.display_name,
                            amount=move.company_currency_id.format(-amount),
                            activity=activity.display_name,
                        )
                    )

    def _check_family_rate(self, bases, family, rate, rates):
        """Refuse to use the rate of an earlier invoice for more than what that invoice was for.

        What takes an invoice back has its rate, as long as of all of it something between nothing
        and the whole is left.

        :param bases: ``{Activity: Decimal}`` of this document
        :param rate: the rate of its family
        :param rates: all rates of the company, the latest first
        :raise UserError: naming the document and what it reverses
        """
        today = self.invoice_date or fields.Date.context_today(self)
        own = rates.filtered(lambda one: one.date_from <= today)[:1]
        if not self.reversed_entry_id or not own or own.rate == rate.rate:
            return
        left = family.total + sum(bases.values())
        if not min(family.root, 0) <= left <= max(family.root, 0):
            raise UserError(
                self.env._(
                    "%(document)s is for more than what is left of %(reversed)s, which contributed "
                    "at another rate (%(rate)s %%): enter the rest as a document of its own.",
                    document=self.display_name,
                    reversed=self.reversed_entry_id.display_name,
                    rate=f"{rate.rate:g}",
                )
            )
