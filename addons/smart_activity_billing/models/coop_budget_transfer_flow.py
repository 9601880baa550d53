from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class CoopBudgetTransfer(models.Model):
    """The way of a transfer: asked, accepted and booked, refused, withdrawn or reversed.

    Who may go a step is checked here, for the buttons, the portal and remote calls alike: members
    have no right on transfers, but managers of the two Activities may go the steps of their side.
    """

    _inherit = "coop.budget.transfer"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Ask the managers of the destination; who manages both Activities moves it at once.

        :raise AccessError: the user is neither a manager of the source nor of the back office
        :raise UserError: an Activity is not open, or the source does not have the amount
        """
        self._check_may_ask()
        # Who may ask was checked; members have no right to write transfers.
        self.sudo()._submit(self.env.user.partner_id)
        return True

    def action_approve(self):
        """Accept transfers for the destination, and book them.

        :raise AccessError: the user is neither a manager of the destination nor of the back office
        :raise UserError: it was decided on already, or an Activity is not open any more
        """
        self._check_may_accept()
        self._check_not_asked()
        # Who may accept was checked; the entry is booked whatever the rights of who accepts.
        self.sudo()._accept(self.env.user.partner_id)
        return True

    def action_refuse(self, reason=None):
        """Refuse transfers for the destination; without a reason, ask for it.

        :raise AccessError: as of ``action_approve``
        """
        self._check_may_accept()
        if not (reason or "").strip():
            return self._ask_reason("refuse", self.env._("Refuse the Transfer"))
        # Who may refuse was checked.
        self.sudo()._refuse(self.env.user.partner_id, reason)
        return True

    def action_withdraw(self):
        """Take back what nobody decided on.

        :raise AccessError: as of ``action_submit``
        """
        self._check_may_ask()
        # Who may withdraw was checked.
        self.sudo()._withdraw()
        return True

    def action_reverse(self, reason=None):
        """Give the amount of posted transfers back to the source; without a reason, ask for it.

        :raise AccessError: as of ``action_approve``: it is the destination that gives
        :raise UserError: not posted, or the destination does not have the amount any more
        """
        self._check_may_accept()
        if not (reason or "").strip():
            return self._ask_reason("reverse", self.env._("Reverse the Transfer"))
        # Who may reverse was checked.
        self.sudo()._reverse(self.env.user.partner_id, reason.strip())
        return True

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _submit(self, person):
        """Reserve the amount and ask; done at once where the same person decides.

        :param person: the ``res.partner`` who asks
        """
        self._take_turn()
        for transfer in self:
            transfer._check_possible()
            transfer._hand_in(person)
            if transfer._is_manager(person, "source_id", "destination_id"):
                transfer._accept(person)
            else:
                transfer._mail("asked", transfer.destination_id.manager_ids)

    def _accept(self, person):
        """Book the transfer and consume its reservation, in one transaction."""
        self._take_turn()
        for transfer in self:
            transfer._check_state("submitted")
            transfer._check_possible()
            entry = transfer._post_entry()
            transfer._consume_budget()
            transfer._write_decision(
                {
                    "state": "posted",
                    "move_id": entry.id,
                    "date": entry.date,
                    **transfer._prepare_decision(person),
                }
            )
            transfer._mail("accepted", transfer.submitted_by_id - person)

    def _refuse(self, person, reason):
        """Give the budget back, and tell who asked why."""
        super()._refuse(person, reason)
        for transfer in self:
            transfer._mail("refused", transfer.submitted_by_id - person)

    def _reverse(self, person, reason):
        """Book the contrary, out of what the destination has available now."""
        self._take_turn()
        for transfer in self:
            transfer._check_state("posted")
            transfer._check_open()
            reservation = transfer.destination_id._reserve(
                transfer.amount, self._reservation_kind, origin=transfer
            )
            entry = transfer._post_reversal()
            reservation._consume()
            transfer._write_decision(
                {
                    "state": "cancelled",
                    "reversal_move_id": entry.id,
                    "reversal_reason": reason,
                    "reversed_by_id": person.id,
                }
            )
            transfer._mail("reversed", transfer.submitted_by_id - person)

    # ------------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------------

    def _is_manager(self, person, *sides):
        """Whether somebody manages the Activities on all these sides of one transfer."""
        # Who manages an Activity is asked for the user's own sake only.
        transfer = self.sudo()
        return all(person in transfer[side].manager_ids for side in sides)

    def _check_may_ask(self):
        """Let managers of the source spend from it, and the back office for them."""
        person = self.env.user.partner_id
        for transfer in self:
            if not transfer._is_manager(person, "source_id") and not transfer.has_access("write"):
                raise AccessError(
                    self.env._("Only a manager of the Activity that gives can do this.")
                )

    def _check_may_accept(self):
        """Let managers of the destination decide, and the back office where they cannot.

        Nobody accepts, in whatever office, what they gave from an Activity of their own.
        """
        person = self.env.user.partner_id
        for transfer in self:
            if transfer._is_manager(person, "destination_id"):
                continue
            if transfer._is_manager(person, "source_id") or not transfer.has_access("write"):
                raise AccessError(
                    self.env._("Only a manager of the Activity that receives can do this.")
                )

    def _check_not_asked(self):
        """Let nobody accept what they asked for in the name of somebody else.

        :raise AccessError: naming the transfer
        """
        person = self.env.user.partner_id
        for transfer in self:
            asked = transfer.sudo().submitted_by_id == person  # no secret to who asked
            if asked and not transfer._is_manager(person, "source_id", "destination_id"):
                raise AccessError(
                    self.env._(
                        "You asked for %(transfer)s yourself: another manager of the Activity that "
                        "receives accepts it, or a colleague.",
                        transfer=transfer.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _take_turn(self):
        """Hold both Activities, in one order, so that crossing transfers never wait in a ring."""
        for activity in (self.source_id | self.destination_id).sorted("id"):
            activity._bump_reserved(0)
        super()._take_turn()

    def _check_possible(self):
        self._check_open()
        if self.date and self.date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%(transfer)s cannot be booked in the future: choose today or an earlier day, "
                    "or leave the date empty.",
                    transfer=self.display_name,
                )
            )

    def _check_open(self):
        """Refuse to move budget from or to an Activity that is not open."""
        for activity in self.source_id | self.destination_id:
            if activity.state != "open" or not activity.active:
                raise UserError(
                    self.env._(
                        "%(activity)s is not open: budget moves between open Activities only.",
                        activity=activity.display_name,
                    )
                )

    def _ask_reason(self, step, title):
        return {
            "name": title,
            "type": "ir.actions.act_window",
            "res_model": "coop.budget.transfer.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_transfer_ids": self.ids, "default_step": step},
        }
