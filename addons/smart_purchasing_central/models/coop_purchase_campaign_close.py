from odoo import models
from odoo.exceptions import UserError


class CoopPurchaseCampaign(models.Model):
    """A campaign ends when its clearing account is at 0.00; a later bill opens it again."""

    _inherit = "coop.purchase.campaign"

    def action_close(self):
        """End the campaign.

        :raise AccessError: the user does not lead campaigns
        :raise UserError: something is not charged yet, with the amount
        """
        self.check_access("write")
        for campaign in self:
            # Who may close was checked; the ledger is read by the system.
            campaign.sudo()._close()
        return True

    def _close(self):
        self.ensure_one()
        self._take_delivery_turn()
        self._check_state("settled")
        self._check_all_came()
        self._check_all_billed()
        changes = self._get_charge_changes()
        self._invalidate_clearing()
        if changes or not self.currency_id.is_zero(self.clearing_balance):
            raise UserError(
                self.env._(
                    "%(campaign)s still has %(amount)s on its clearing account, and charges "
                    "to book (%(count)s): settle it once more before you close it.",
                    campaign=self.display_name,
                    amount=self.currency_id.format(self.clearing_balance),
                    count=len(changes),
                )
            )
        self._write_decision({"state": "closed"})

    def _note_bill(self):
        """Open closed campaigns again for which a bill came: bookkeeping is never blocked."""
        # Whoever posts a bill, a closing at the same moment is replayed and finds it.
        campaigns = self.sudo()
        if campaigns:
            campaigns._take_delivery_turn()
        for campaign in campaigns.filtered(lambda campaign: campaign.state == "closed"):
            campaign._write_decision({"state": "settled"})
            campaign.message_post(
                body=self.env._(
                    "A bill or a credit note came after the end: settle once more, and close again."
                )
            )
