from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .coop_investment_joint_portal import PAGE


class CoopInvestmentBuyout(models.Model):
    """What members need to leave an investment, and to take over, in the portal."""

    _name = "coop.investment.buyout"
    _inherit = ["coop.member.form.mixin", "coop.investment.buyout"]

    @api.model
    def _get_own_domain(self, person):
        """Return what finds the buy-outs of somebody's Activities; drafts are the seller's own."""
        return Domain("seller_id.manager_ids", "in", person.ids) | (
            Domain("line_ids.activity_id.manager_ids", "in", person.ids)
            & Domain("submission_date", "!=", False)
        )

    @api.model
    def _get_waiting_domain(self, person):
        """Return what finds the buy-outs that wait for an answer of somebody."""
        waiting = Domain("activity_id.manager_ids", "in", person.ids) & Domain(
            "state", "=", "asked"
        )
        return Domain("state", "=", "submitted") & Domain("line_ids", "any", waiting)

    @api.model
    def _request(self, token, seller, investment, weights, reason):
        """Ask for a buy-out in the name of the user, exactly once for each form.

        :param dict weights: ``{Activity: part}`` of who takes over
        :return: the buy-out, with superuser rights
        """
        person = self.env.user.partner_id
        if person not in seller.manager_ids:
            raise AccessError(self.env._("Only a manager of the Activity can do this."))
        investment._take_turn()
        buyout = self._find_by_token(person, token)
        if buyout:
            return buyout
        buyout = self._create_by_form(
            investment.company_id,
            token,
            {
                "investment_id": investment.id,
                "seller_id": seller.id,
                "reason": reason,
                "line_ids": [
                    fields.Command.create({"activity_id": activity.id, "weight": weight})
                    for activity, weight in weights.items()
                ],
            },
        )
        buyout._submit(person)
        return buyout

    def _get_member_url(self):
        return f"{PAGE}/buyouts/{self.id}"

    def _mail(self, step, people, line=None):
        """Tell these people what is asked, or what became of it."""
        self._mail_members(
            f"mail_template_investment_buyout_{step}",
            people,
            coop_buyer_name=line.activity_id.name if line else "",
            coop_amount=line.amount if line else 0.0,
        )
