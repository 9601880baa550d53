from decimal import Decimal

from odoo import fields, models

from ..lib.shares import split


class CoopShareTransfer(models.Model):
    """The way of a transfer: giver, receiver, Board, register.

    The parties sign in the portal by the private methods, with the address that they come from;
    member services record by the actions what was signed on paper.
    """

    _inherit = "coop.share.transfer"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Record that the givers signed on paper."""
        self._check_services()
        self._submit()
        return True

    def action_accept(self):
        """Record that the receivers signed on paper."""
        self._check_services()
        self._accept()
        return True

    def action_cancel(self):
        """Withdraw transfers that are not decided on.

        :raise UserError: one of them was completed, declined or refused
        """
        self._check_services()
        self._cancel()
        return True

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _submit(self, ip=False):
        """Sign as the giver, and ask the receiver."""
        self._check_state("draft")
        self._check_possible()
        self._write_decision({"state": "submitted", **self._prepare_signature("giver", ip)})
        self._mail("submitted")

    def _accept(self, ip=False):
        """Sign as the receiver; without a Board to ask, the register follows at once."""
        self._take_turn()
        self._check_state("submitted")
        for transfer in self:
            # One by one: the first promise counts for the next.
            transfer._check_possible()
            transfer._write_decision(
                {"state": "accepted", **self._prepare_signature("receiver", ip)}
            )
            if transfer.company_id.coop_transfer_board_approval:
                transfer._mail("accepted")
                transfer._plan_decision()
            else:
                transfer._complete()

    def _decline(self, reason=""):
        """The receiver does not want the shares."""
        self._check_state("submitted")
        self._write_decision({"state": "declined", "decline_reason": reason or False})
        self._mail("declined")

    def _cancel(self):
        self._take_turn()
        self._check_state("draft", "submitted", "accepted")
        signed = self.filtered("giver_signed_at")
        self._write_decision({"state": "cancelled"})
        # Tasks of others go with what they were about.
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        signed._mail("cancelled")

    def _approve(self, decision):
        """Record the Board's approval and write the register.

        :raise UserError: naming the transfer that cannot be completed any more, and why
        """
        self._take_turn()
        self._check_state("accepted")
        for transfer in self:
            transfer._write_decision(self._prepare_decision(decision))
            transfer._complete()

    def _refuse(self, decision, reason):
        """Record the Board's refusal with its reason, which both parties get."""
        super()._refuse(decision, reason)
        self._close_tasks()

    def _complete(self):
        """Move the shares in the register, one movement a lot, the oldest first.

        Nothing is booked: the capital stays what and where it is, only its holder changes.
        """
        self.ensure_one()
        self._check_possible(keep_promises=False)
        self._ensure_receiver_is_member()
        unit = Decimal(str(self.currency_id.rounding))
        lots, _left = split(self._get_unlocked_lots(), self.quantity, unit)
        # The register has no other way in: nobody has the right to write in it.
        self.env["coop.share.movement"].sudo().create([self._prepare_movement(lot) for lot in lots])
        self._write_decision({"state": "approved"})
        self._close_tasks()
        self._alert_without_shares()
        self._mail("approved")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _prepare_signature(self, side, ip):
        return {
            f"{side}_signed_at": fields.Datetime.now(),
            f"{side}_signed_by_id": self.env.uid,
            f"{side}_signed_ip": ip,
        }

    def _prepare_movement(self, lot=None):
        return super()._prepare_movement(lot) | {
            "kind": "transfer",
            "partner_from_id": self.partner_from_id.id,
            "partner_to_id": self.partner_to_id.id,
        }

    def _ensure_receiver_is_member(self):
        """Who holds shares is a member; only where the statutes allow others to receive them."""
        membership = self._get_membership(self.partner_to_id)
        if not membership:
            category = self.share_class_id.category_ids[:1] or membership._default_category()
            # The shares make the member, whoever records it.
            membership = membership.sudo().create(
                {
                    "partner_id": self.partner_to_id.id,
                    "company_id": self.company_id.id,
                    "category_id": category.id,
                }
            )
        if membership.state == "candidate":
            membership._activate()

    def _plan_decision(self):
        """Leave a task for who prepares the Board's decisions."""
        # The receiver who accepts knows nothing of the tasks of the staff.
        transfer = self.sudo()
        transfer.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Put this transfer of shares before the Board"),
            user_id=transfer.company_id._get_share_user().id,
        )

    def _close_tasks(self):
        # Tasks of others go with what they were about.
        self.sudo().activity_feedback(["mail.mail_activity_data_todo"])

    def _alert_without_shares(self):
        """Leave a task where a member handed over the last share."""
        holdings = (
            # Whether the giver holds shares of any class is for the staff, not for the parties.
            self.env["coop.share.movement"]
            .sudo()
            ._holdings_at(None, self.company_id, self.partner_from_id)
        )
        membership = self._get_membership(self.partner_from_id)
        if not holdings and membership.state == "member":
            membership.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Holds no shares any more: end the membership?"),
                user_id=self.company_id.sudo()._get_share_user().id,
            )

    def _mail(self, step):
        """Write to giver and receiver, each in the own language, on the transfer's own page."""
        for transfer in self:
            # Each party gets the same facts; neither has a right on the other's contact.
            parties = transfer.sudo()
            for side, partner in (
                ("giver", parties.partner_from_id),
                ("receiver", parties.partner_to_id),
            ):
                lang = partner.lang or self.env.lang or "en_US"
                transfer.with_context(coop_side=side, coop_lang=lang)._post_mail(step, partner)
