from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CoopService(models.Model):
    """What a service costs: what is booked on its account among the shared services."""

    _inherit = "coop.service"

    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        "Account of its Costs",
        check_company=True,
        ondelete="restrict",
        index="btree_not_null",
        groups="account.group_account_readonly,account.group_account_invoice",
        help="An account of the plan of the shared services. What is booked on it is shown to all "
        "members as what this service cost.",
    )

    _analytic_account_unique = models.UniqueIndex(
        "(analytic_account_id) WHERE analytic_account_id IS NOT NULL",
        "An account holds the costs of one service only.",
    )

    @api.constrains("analytic_account_id", "company_id")
    def _check_analytic_account(self):
        for service in self:
            account = service.analytic_account_id
            shared = service.company_id.sudo().shared_services_account_id
            if account and (account == shared or account.root_plan_id != shared.root_plan_id):
                raise ValidationError(
                    self.env._(
                        "Choose for %(service)s an account of its own in the plan of the shared "
                        "services.",
                        service=service.name,
                    )
                )
