from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """The rules of the statutes on exits, and where separations are booked."""

    _inherit = "res.config.settings"

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
