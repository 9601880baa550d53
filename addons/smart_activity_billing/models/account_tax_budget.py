from odoo import api, models


class AccountTax(models.Model):
    """What a purchase takes from a budget: the untaxed amount and what VAT cannot be deducted."""

    _inherit = "account.tax"

    @api.model
    def _get_budget_costs(self, base_lines, company):
        """Return what the entry will book on the analytic accounts of each line.

        Computed by the very engine that makes the entry.

        :param base_lines: as of ``_prepare_base_line_for_taxes_computation``
        :return: list of tuples of the untaxed amount and the whole cost, in the company's currency
        """
        self._add_tax_details_in_base_lines(base_lines, company)
        self._round_base_lines_tax_details(base_lines, company)
        self._add_accounting_data_in_base_lines_tax_details(base_lines, company)
        costs = []
        for base_line in base_lines:
            details = base_line["tax_details"]
            untaxed = details["total_excluded"] + details["delta_total_excluded"]
            not_deductible = sum(
                part["tax_amount"]
                for tax_data in details["taxes_data"]
                for part in tax_data["tax_reps_data"]
                if tax_data["tax"].analytic or not part["tax_rep"].use_in_tax_closing
            )
            costs.append((untaxed, company.currency_id.round(untaxed + not_deductible)))
        return costs
