from odoo import models


class CoopInvestmentBuyoutLine(models.Model):
    """The managers of an Activity that is to take over answer by a link in an e-mail, too."""

    _name = "coop.investment.buyout.line"
    _inherit = ["coop.approval.mixin", "coop.investment.buyout.line"]
    _approval_states = ("asked",)
    _approval_outcomes = {"accepted": "approved", "refused": "refused"}

    def _ask(self):
        """Send a link to who can answer by it; the others get the mail without."""
        people = self.activity_id.manager_ids - self._request_approvals().partner_id
        self.buyout_id._mail("asked", people, line=self)

    def _waits_for_approval(self):
        return self.buyout_id.state == "submitted" and super()._waits_for_approval()

    def _get_approvers(self):
        """The managers of the Activity, except who leaves with an Activity of their own."""
        return self.activity_id.manager_ids - self.buyout_id.seller_id.manager_ids

    def _approve_as(self, person):
        self.action_accept()

    def _refuse_as(self, person, reason):
        self.action_refuse(reason)

    def _get_approval_facts(self):
        return {
            "investment": self.buyout_id.investment_id.id,
            "seller": self.buyout_id.seller_id.id,
            "buyer": self.activity_id.id,
            "amount": f"{self.amount:.2f}",
            "reason": self.buyout_id.reason or "",
        }

    def _get_approval_rows(self):
        # Who is asked to take over may know of whom and what.
        buyout = self.buyout_id
        return [
            (self.env._("Investment"), buyout.investment_id.label),
            (self.env._("Leaves"), buyout.seller_id.name),
            (self.env._("Takes over"), self.activity_id.name),
            (self.env._("Why"), buyout.reason),
            (self.env._("How it is used"), buyout.investment_id.use_rules),
        ]

    def _get_approval_title(self):
        buyout = self.buyout_id
        return self.env._(
            "Share of %(seller)s in %(investment)s",
            seller=buyout.seller_id.name,
            investment=buyout.investment_id.label,
        )

    def _get_approval_amount(self):
        return self.amount

    def _hold_for_approval(self):
        self.buyout_id._take_turn()

    def _get_member_url(self):
        return self.buyout_id._get_member_url()
