from odoo import models
from odoo.exceptions import UserError


class CoopActivity(models.Model):
    """Spending what an Activity does not have: refused, let pass by policy, or overridden."""

    _inherit = "coop.activity"

    def _check_overdraft(self, amount, override_reason):
        """Refuse or log a spending of ``amount`` that exceeds what is available.

        :return: what the reservation keeps of it: the part that was not available and, of an
            override, who granted it and why
        :raise UserError: it exceeds what is available, or what an override may grant
        """
        self.ensure_one()
        overdraft = self._measure_overdraft(amount)
        if not overdraft:
            return {}
        message = self.env._(
            "%(activity)s has %(available)s available, %(amount)s is asked for.",
            activity=self.display_name,
            available=self.currency_id.format(self.available),
            amount=self.currency_id.format(amount),
        )
        # The policy is a rule of the game, known to every member.
        if self.sudo().company_id.activity_overdraft_policy == "warn":
            self._log_overdraft(message)
            return overdraft
        reason = (override_reason or "").strip()
        if not reason or not self.env.user.has_group(
            "smart_activity_billing.group_budget_override"
        ):
            raise UserError(message)
        self._check_override_limit(amount)
        self._log_override(message, overdraft["overdraft_amount"], reason)
        return overdraft | {
            "override_by_id": self.env.uid,
            "override_reason": reason,
        }

    def _measure_overdraft(self, amount):
        """Return the part of ``amount`` that is not available, as the reservation keeps it."""
        if self.currency_id.compare_amounts(amount, self.available) <= 0:
            return {}
        # What was below zero before is not lacking because of this spending.
        lacking = self.currency_id.round(min(amount, amount - self.available))
        return {"overdraft_amount": lacking}

    def _check_override_limit(self, amount):
        """Refuse an override that brings the Activity further below zero than the company allows.

        :raise UserError: naming the limit
        """
        # The limit is a rule of the game, known to every member.
        limit = self.sudo().company_id.activity_overdraft_limit
        below_zero = self.currency_id.round(amount - self.available)
        if limit and self.currency_id.compare_amounts(below_zero, limit) > 0:
            raise UserError(
                self.env._(
                    "%(activity)s would be %(below_zero)s below zero: an override may bring it to "
                    "%(limit)s below zero at most. Ask for less, or have the limit raised in the "
                    "settings.",
                    activity=self.display_name,
                    below_zero=self.currency_id.format(below_zero),
                    limit=self.currency_id.format(limit),
                )
            )

    def _log_override(self, message, lacking, reason):
        self._log_overdraft(
            self.env._(
                "%(message)s %(person)s let it pass, %(lacking)s more than there is: %(reason)s",
                message=message,
                person=self.env.user.name,
                lacking=self.currency_id.format(lacking),
                reason=reason,
            )
        )

    def _log_overdraft(self, message):
        # The trail is kept whatever the rights of the person who spends.
        self.sudo().message_post(body=message, author_id=self.env.user.partner_id.id)
