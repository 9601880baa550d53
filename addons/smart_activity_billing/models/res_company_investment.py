from odoo import fields, models
from odoo.exceptions import RedirectWarning, UserError


class ResCompany(models.Model):
    """From which amount on a purchase for an Activity is an investment, and how it is booked."""

    _inherit = "res.company"

    investment_threshold = fields.Monetary(
        "Investments from",
        help="A line of a bill that costs an Activity this much without taxes, or more, is an "
        "investment: it is written off over time. 0: only what is booked with an asset profile.",
    )
    investment_profile_id = fields.Many2one(
        "account.asset.profile",
        "Asset Profile of Investments",
        check_company=True,
        help="How an investment is written off, unless the line of the bill says otherwise.",
    )

    _investment_threshold_possible = models.Constraint(
        "CHECK (COALESCE(investment_threshold, 0) >= 0 "
        "AND COALESCE(investment_threshold, 0) < 'Infinity')",
        "Investments start from an amount, or 0 for none.",
    )

    def _get_investment_profile(self):
        """Return the asset profile of what has none of its own.

        :raise RedirectWarning: there is none; it leads to the settings
        """
        self.ensure_one()
        # Which profile it is, is a setting that every bill depends on.
        profile = self.sudo().investment_profile_id
        if profile:
            return profile.with_env(self.env)
        message = self.env._(
            "%(company)s has no asset profile for investments. Choose one in the settings, under "
            "Invoicing, Activities.",
            company=self.display_name,
        )
        if not self.env.user.has_group("base.group_system"):
            # Only administrators open the settings.
            raise UserError(
                self.env._("%(message)s Ask an administrator to do so.", message=message)
            )
        raise RedirectWarning(
            message,
            self.env.ref("account.action_account_config").id,
            self.env._("Open the settings"),
        )
