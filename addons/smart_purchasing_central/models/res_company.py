from odoo import fields, models


class ResCompany(models.Model):
    """How charges of purchase campaigns are booked, and what a trip saved is worth."""

    _inherit = "res.company"

    campaign_charge_account_id = fields.Many2one(
        "account.account",
        "Account of Purchase Charges",
        check_company=True,
        domain="[('internal_group', 'in', ('income', 'expense'))]",
        help="Profit and loss account on which charges move costs from the campaign to the "
        "Activities. It nets to zero.",
    )
    campaign_trip_distance = fields.Float(
        "Trip Saved (km)",
        default=10.0,
        help="How far a member would have driven for each supplier, there and back.",
    )
    campaign_trip_emission = fields.Float(
        "CO2 of a Car (g/km)",
        default=200.0,
        help="What a car emits on each kilometre; from a source that you can name.",
    )

    _campaign_trip_possible = models.Constraint(
        "CHECK (campaign_trip_distance >= 0 AND campaign_trip_emission >= 0)",
        "Distances and emissions are not negative.",
    )

    def _get_zero_accounts(self):
        return super()._get_zero_accounts() | self.campaign_charge_account_id

    def _get_campaign_charge_account(self):
        """Return the account of charges; created where the company has none yet."""
        self.ensure_one()
        # Which account it is, is a setting that every charge depends on.
        company = self.sudo()
        if not company.campaign_charge_account_id:
            if company.parent_id:
                account = company.root_id._get_campaign_charge_account()
            else:
                account = company._create_zero_account(
                    lambda env: env._("Charges of purchase campaigns to Activities")
                )
            company.campaign_charge_account_id = account
        return company.campaign_charge_account_id
