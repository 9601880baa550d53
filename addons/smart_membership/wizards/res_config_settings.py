from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The articles of the statutes that the software follows, company by company."""

    _inherit = "res.config.settings"

    coop_share_issue = fields.Selection(related="company_id.coop_share_issue", readonly=False)
    coop_one_member_one_vote = fields.Boolean(
        related="company_id.coop_one_member_one_vote", readonly=False
    )
    coop_transfer_members_only = fields.Boolean(
        related="company_id.coop_transfer_members_only", readonly=False
    )
    coop_transfer_board_approval = fields.Boolean(
        related="company_id.coop_transfer_board_approval", readonly=False
    )
    coop_transfer_lock_months = fields.Integer(
        related="company_id.coop_transfer_lock_months", readonly=False
    )
    coop_transfer_minimum_kept = fields.Integer(
        related="company_id.coop_transfer_minimum_kept", readonly=False
    )
    coop_share_user_id = fields.Many2one(related="company_id.coop_share_user_id", readonly=False)
    coop_conversion_journal_id = fields.Many2one(
        related="company_id.coop_conversion_journal_id", readonly=False
    )

    # When members leave, and where their separation is booked
    coop_exit_window_months = fields.Integer(
        related="company_id.coop_exit_window_months", readonly=False
    )
    coop_exit_effective_month = fields.Integer(
        related="company_id.coop_exit_effective_month", readonly=False
    )
    coop_exit_founder_year = fields.Integer(
        related="company_id.coop_exit_founder_year", readonly=False
    )
    coop_exit_payment_months = fields.Integer(
        related="company_id.coop_exit_payment_months", readonly=False
    )
    coop_exit_amount_method = fields.Selection(
        related="company_id.coop_exit_amount_method", readonly=False
    )
    coop_exit_nominal_cap = fields.Boolean(
        related="company_id.coop_exit_nominal_cap", readonly=False
    )
    coop_exit_partial = fields.Boolean(related="company_id.coop_exit_partial", readonly=False)
    coop_share_concentration = fields.Float(
        related="company_id.coop_share_concentration", readonly=False
    )
    coop_exit_account_id = fields.Many2one(
        related="company_id.coop_exit_account_id", readonly=False
    )
    coop_exit_deferred_account_id = fields.Many2one(
        related="company_id.coop_exit_deferred_account_id", readonly=False
    )
    coop_exit_reserve_account_id = fields.Many2one(
        related="company_id.coop_exit_reserve_account_id", readonly=False
    )
    coop_exit_journal_id = fields.Many2one(
        related="company_id.coop_exit_journal_id", readonly=False
    )
