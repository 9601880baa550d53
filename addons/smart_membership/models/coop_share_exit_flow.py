from odoo import fields, models

from .coop_share_exit import OPEN_STATES


class CoopShareExit(models.Model):
    """The way of an exit until its day: asked for, decided on by the Board, or withdrawn."""

    _inherit = "coop.share.exit"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Hand exits in for a decision; a death takes the place of a resignation under way."""
        self.check_access("write")
        self._take_turn()
        self._check_state("draft")
        self._supersede()
        self._check_possible()
        self._refresh_amounts()
        self._write_decision({"state": "submitted"})
        # Two at once: the database lets one through, and says so now.
        self.flush_recordset(["state"])
        self._mail("submitted")
        return True

    def action_approve(self):
        """Record that the Board accepts, or takes note of, these today."""
        self._check_services()
        self._approve({})
        return True

    def action_cancel(self):
        """Withdraw exits that did not take effect yet.

        :raise UserError: the shares are redeemed already
        """
        self.check_access("write")
        self._take_turn()
        self._check_state(*OPEN_STATES)
        self._write_decision({"state": "cancelled"})
        return True

    def action_cancel_subscriptions(self):
        """Cancel what these members asked for and did not pay, so that they can leave.

        :raise UserError: part of one was paid
        """
        self.check_access("write")
        for share_exit in self:
            share_exit._get_open_subscriptions().action_cancel()
        self.invalidate_recordset(["subscription_ids"])
        return True

    def action_view_entries(self):
        """Open the entries of this exit, for those who may see the books."""
        return {
            "name": self.env._("Entries"),
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("share_exit_id", "in", self.ids)],
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _approve(self, decision):
        """Record that the Board accepts, or takes note; what is due takes effect at once.

        :raise UserError: not submitted, or not possible (any more)
        """
        self._take_turn()
        self._check_state("submitted")
        self._check_possible()
        for share_exit in self:
            share_exit._write_decision(self._prepare_decision(decision))
            share_exit._check_decision()
            share_exit.company_id.sudo()._check_exit_books()
            share_exit._refresh_amounts()
            share_exit._write_decision(
                {"state": "approved", "due_date": share_exit._get_due_date()}
            )
            share_exit.flush_recordset(["state"])
            share_exit._mail("approved")
        today = fields.Date.context_today(self)
        # What takes effect is the system's to write, whoever records the decision.
        self.filtered(lambda one: one.effective_date <= today).sudo()._take_effect()

    def _mail(self, step):
        """Write to the member, or to the heirs once they are known."""
        for share_exit in self.filtered("correspondent_id"):
            share_exit._post_mail(step, share_exit.correspondent_id)
