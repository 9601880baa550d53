from odoo import models


class AccountChartTemplate(models.AbstractModel):
    _inherit = "account.chart.template"

    def _post_load_data(self, template_code, company, template_data):
        """A company that gets its chart of accounts can book contributions at once."""
        result = super()._post_load_data(template_code, company, template_data)
        company._create_contribution_accounts()
        return result
