from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    contribution_account_id = fields.Many2one(
        related="company_id.contribution_account_id", readonly=False
    )
    shared_services_account_id = fields.Many2one(
        related="company_id.shared_services_account_id", readonly=False
    )
    activity_available_basis = fields.Selection(
        related="company_id.activity_available_basis", readonly=False
    )
    activity_overdraft_policy = fields.Selection(
        related="company_id.activity_overdraft_policy", readonly=False
    )
    budget_transfer_account_id = fields.Many2one(
        related="company_id.budget_transfer_account_id", readonly=False
    )
    budget_transfer_journal_id = fields.Many2one(
        related="company_id.budget_transfer_journal_id", readonly=False
    )
    activity_overdraft_limit = fields.Monetary(
        related="company_id.activity_overdraft_limit", readonly=False
    )

    activity_statement_mail = fields.Boolean(
        related="company_id.activity_statement_mail", readonly=False
    )

    def action_create_contribution_accounts(self):
        """Create the missing account and analytic account of the current company."""
        self.ensure_one()
        self.check_access("write")
        self.company_id._create_contribution_accounts()
        return {"type": "ir.actions.client", "tag": "reload"}
