from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..lib.joint import take
from ..lib.money import exact, is_whole
from .coop_budget_reservation import LARGEST_AMOUNT


class CoopInvestment(models.Model):
    """Who may propose and pledge, and what is refused."""

    _inherit = "coop.investment"

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------

    def _check_may_propose(self):
        """Let managers of the proposing Activity go its steps, and the back office for them."""
        person = self.env.user.partner_id
        for investment in self:
            # Who manages an Activity is asked for the user's own sake only.
            own = person in investment.sudo().proposing_activity_id.manager_ids
            if not own and not investment.has_access("write"):
                raise AccessError(
                    self.env._("Only a manager of the Activity that proposes can do this.")
                )

    def _check_may_give_up(self):
        """Once it is funded, others rely on it: only the back office gives it up."""
        self._check_may_propose()
        # Where it stands is known to all to whom it was proposed.
        if "funded" in self.sudo().mapped("state"):
            self.check_access("write")

    def _check_was_proposed(self):
        """Say nothing of an investment that was never open to the members, not even its name.

        :raise AccessError: the user does not read investments, and this one was not proposed
        """
        # Whether it was proposed to everybody is no secret.
        investment = self.sudo()
        proposed = investment.is_joint and investment.state != "draft"
        if not proposed and not self.has_access("read"):
            raise AccessError(self.env._("This investment is not open to you."))

    def _get_own_activity(self, activity_id):
        """Return an Activity of the user, with superuser rights.

        :raise AccessError: it is not the user's
        """
        own = Domain("manager_ids", "in", self.env.user.partner_id.ids)
        # Found by the own partner only.
        company = self.sudo().company_id
        activity = (
            self.env["coop.activity"]
            .sudo()
            .search(own & Domain("id", "=", activity_id) & Domain("company_id", "=", company.id))
        )
        if not activity:
            raise AccessError(self.env._("Only a manager of the Activity can do this."))
        return activity

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_complete(self):
        """Refuse to propose what nobody could decide on.

        :raise UserError: naming what is missing
        """
        if not self.is_joint or not self.target or not self.proposing_activity_id:
            raise UserError(
                self.env._(
                    "%(investment)s cannot be proposed yet: say which Activity proposes it, what "
                    "it costs and until when Activities pledge.",
                    investment=self.display_name,
                )
            )
        if not self.deadline or self.deadline <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%(investment)s needs a deadline that is still to come.",
                    investment=self.display_name,
                )
            )
        if self.proposing_activity_id.state != "open":
            raise UserError(
                self.env._(
                    "%(activity)s is not open: an open Activity proposes.",
                    activity=self.proposing_activity_id.display_name,
                )
            )

    def _check_pledging(self):
        """Refuse pledges before and after; the clock of the server counts."""
        self._check_state("pledging")
        if self.deadline <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "The deadline of %(investment)s is over: nothing can be pledged any more.",
                    investment=self.display_name,
                )
            )

    def _check_pledge(self, amount, held):
        """Return how much of an amount is taken.

        :param held: what the Activity pledged before, which is free again
        :raise UserError: no amount, beyond the limits of the proposal, or nothing is missing
        """
        currency = self.currency_id
        if not is_whole(amount, currency.rounding, LARGEST_AMOUNT):
            raise self._error_amount(amount, currency)
        wanted, missing, least, most = (
            exact(value or 0, currency.rounding)
            for value in (
                amount,
                self.missing_amount + held,
                self.minimum_pledge,
                self.maximum_pledge,
            )
        )
        taken = take(wanted, missing)
        # Who takes all that is missing may take less than the least.
        if taken < least and taken != missing:
            raise UserError(
                self.env._(
                    "Pledge at least %(amount)s for %(investment)s.",
                    amount=currency.format(self.minimum_pledge),
                    investment=self.display_name,
                )
            )
        if most and taken > most:
            raise UserError(
                self.env._(
                    "Pledge at most %(amount)s for %(investment)s.",
                    amount=currency.format(self.maximum_pledge),
                    investment=self.display_name,
                )
            )
        return float(taken)
