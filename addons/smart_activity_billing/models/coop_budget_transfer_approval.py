from odoo import models


class CoopBudgetTransfer(models.Model):
    """The managers of the Activity that receives answer a transfer by a link, too."""

    _name = "coop.budget.transfer"
    _inherit = ["coop.approval.mixin", "coop.budget.transfer"]

    def _mail(self, step, people):
        """Send a link to who can decide by it; the others get the mail without."""
        if step == "asked":
            people -= self._request_approvals().partner_id
        return super()._mail(step, people)

    def _get_approvers(self):
        """The managers of the receiver, except who gives from an Activity of their own."""
        return self.destination_id.manager_ids - self.submitted_by_id

    def _approve_as(self, person):
        self.action_approve()

    def _refuse_as(self, person, reason):
        self.action_refuse(reason)

    def _get_approval_facts(self):
        return {
            "source": self.source_id.id,
            "destination": self.destination_id.id,
            "amount": f"{self.amount:.2f}",
            "reason": self.reason or "",
            "date": self.date or "",
        }

    def _get_approval_rows(self):
        # Each side may know the name of the other, and what the page says of a transfer.
        return [
            (self.env._("From"), self.source_id.name),
            (self.env._("To"), self.destination_id.name),
            (self.env._("What for"), self.reason),
            (self.env._("Asked by"), self.submitted_by_id.name),
        ]

    def _get_approval_title(self):
        return self.env._(
            "Transfer %(name)s from %(giver)s", name=self.name, giver=self.source_id.name
        )

    def _get_approval_amount(self):
        return self.amount

    def _hold_for_approval(self):
        self._take_turn()
