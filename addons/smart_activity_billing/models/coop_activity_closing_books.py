from odoo import models
from odoo.exceptions import UserError


class CoopActivityClosing(models.Model):
    """What the last step is in the books: two lines on the account of transfers, a net zero.

    Only the analytic ledger moves, as for a transfer of budget: no contribution, no tax, and no
    debt or claim on a person.
    """

    _inherit = "coop.activity.closing"

    def _post_settlement(self, amount):
        """Book the balance away, so that it is zero.

        :return: the posted ``account.move``
        """
        return self._book(self._prepare_entry(amount, self._get_settlement_account(amount)))

    def _post_reversal(self):
        """Book the contrary, today: out of what another Activity that received it has available."""
        destination = self.destination_id
        if self._goes_to_activity(self.settled_amount):
            reservation = destination._reserve(self.settled_amount, "transfer", origin=self)
            reservation._consume()
        account = self._get_settled_account(self.move_id)
        vals = self._prepare_entry(-self.settled_amount, account)
        return self._book(vals | {"reversed_entry_id": self.move_id.id})

    def _settle_late(self, activity_ids):
        """Move what was booked on closed Activities after their closing: nothing stays on them.

        The cooperative gets or bears it, for the member may have left long ago.
        """
        for closing in self.search(
            [("activity_id", "in", list(activity_ids)), ("state", "=", "closed")], order="id"
        ):
            activity = closing.activity_id
            activity.invalidate_recordset(["balance"])
            amount = activity.balance
            if amount:
                account = closing.company_id._get_closing_account()
                closing._book_late(closing._prepare_entry(amount, account))
                closing.message_post(
                    body=self.env._(
                        "%(amount)s was booked after %(activity)s was closed: it was settled with "
                        "the cooperative.",
                        amount=closing.currency_id.format(amount),
                        activity=activity.display_name,
                    )
                )

    def _give_back_late(self):
        """Book the contrary of what was settled later: it belongs to the open Activity again."""
        key = self._get_own_key()
        for entry in self._get_late_entries():
            own = entry.line_ids.filtered(lambda line: key in line.analytic_distribution)
            account = self._get_settled_account(entry)
            self._book_late(self._prepare_entry(-own.balance, account))

    def _book_late(self, vals):
        return self._book(vals | {"coop_late_closing_id": self.id})

    def _get_late_entries(self):
        """Return what was settled after the last step, with superuser rights."""
        # These entries are part of the closing.
        Move = self.env["account.move"].sudo()
        return Move.search([("coop_late_closing_id", "in", self.ids)], order="id")

    def _get_entries(self):
        return super()._get_entries() | self._get_late_entries().with_env(self.env)

    def _goes_to_activity(self, amount):
        """Tell whether the member's other Activity gets it: what is left, never a deficit."""
        return amount > 0 and self.surplus_to == "activity"

    def _get_settlement_account(self, amount):
        """Return the analytic account that gets what is left, or bears the deficit.

        :raise UserError: it cannot get anything
        """
        if not self._goes_to_activity(amount):
            return self.company_id._get_closing_account()
        # The account of an Activity is part of it.
        destination = self.destination_id.sudo()
        if destination.state != "open" or destination.is_closing or not destination.active:
            raise UserError(
                self.env._(
                    "%(activity)s is not open, so it cannot receive what is left. Choose another "
                    "Activity, or the cooperative.",
                    activity=destination.display_name,
                )
            )
        return destination.analytic_account_id

    def _get_own_key(self):
        # The account of an Activity is part of it.
        return str(self.activity_id.sudo().analytic_account_id.id)

    def _get_settled_account(self, entry):
        """Return the analytic account on which an entry booked what was left."""
        # The entry is the truth, whatever the settings say today.
        own = self._get_own_key()
        [key] = {
            key
            for line in entry.sudo().line_ids
            for key in line.analytic_distribution
            if key != own
        }
        return self.env["account.analytic.account"].browse(int(key))

    def _prepare_entry(self, amount, other):
        own = self.activity_id.sudo().analytic_account_id
        return self._prepare_budget_entry([(own, amount), (other, -amount)], name=self.display_name)
