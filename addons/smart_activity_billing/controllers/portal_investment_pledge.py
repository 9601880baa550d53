from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..models.coop_investment_joint_portal import PAGE
from .portal_joint_investment import JointInvestmentPortal


class InvestmentPledgePortal(JointInvestmentPortal):
    """Members pledge for what is proposed, ask others to, and answer who asks them."""

    # ------------------------------------------------------------------
    # Pledging
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/<int:investment_id>/pledge",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_pledge(self, investment_id, activity_id=None, amount="", **kwargs):
        """Pledge from an Activity of the user, or change what it pledges."""
        investment = self._get_investment(investment_id)
        token = self._read_token(kwargs.get("token"))
        typed = {"typed_amount": typed_text(amount)[:20], "typed_activity": typed_id(activity_id)}
        activity = self._search_own_activities().filtered(
            lambda one: one.id == typed["typed_activity"]
        )
        value, error = self._read_pledge(investment, activity, typed["typed_amount"])
        if error:
            return self._render_investment(investment, pledge_error=error, **typed)
        try:
            with request.env.cr.savepoint():
                pledge = investment._pledge(
                    activity, float(value), request.env.user.partner_id, token=token
                )
        except UserError as error:
            return self._render_investment(investment, pledge_error=str(error), **typed)
        capped = investment.currency_id.compare_amounts(pledge.amount, pledge.asked_amount) < 0
        return request.redirect(f"{PAGE}/{investment.id}?done={'capped' if capped else 'pledged'}")

    @http.route(
        f"{PAGE}/<int:investment_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_withdraw(self, investment_id, activity_id=None, **kwargs):
        """Take the pledge of an Activity back."""
        return self._step_investment(
            investment_id,
            lambda investment: investment.action_withdraw_pledge(typed_id(activity_id)),
            done="withdrawn",
        )

    def _read_pledge(self, investment, activity, text):
        env = request.env
        if not activity or activity.company_id != investment.company_id:
            return None, env._("Choose which of your Activities pledges.")
        return self._read_money(text, investment.currency_id)

    # ------------------------------------------------------------------
    # Inviting
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/<int:investment_id>/invite",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_invite(self, investment_id, other="", amount="", **kwargs):
        """Ask another Activity by name to pledge, for a proposal of one's own."""
        investment = self._get_investment(investment_id)
        person = request.env.user.partner_id
        if person not in investment.proposing_activity_id.manager_ids:
            raise NotFound()
        typed = {"invited": typed_text(other)[:200], "invited_amount": typed_text(amount)[:20]}
        value, error = self._read_money(typed["invited_amount"], investment.currency_id)
        if not error:
            activity, error = self._find_other_activity(
                investment.company_id, typed["invited"], "investment"
            )
        if error:
            return self._render_investment(investment, invite_error=error, **typed)
        try:
            with request.env.cr.savepoint():
                investment.invitation_ids._invite(investment, activity, float(value), person)
        except UserError as error:
            return self._render_investment(investment, invite_error=str(error), **typed)
        return request.redirect(f"{PAGE}/{investment.id}?done=invited")

    @http.route(
        f"{PAGE}/<int:investment_id>/answer",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_answer(
        self, investment_id, invitation_id=None, operation="", reason="", **kwargs
    ):
        """Pledge what is asked, or say why not."""
        investment = self._get_investment(investment_id)
        person = request.env.user.partner_id
        invitation = investment.invitation_ids.filtered(
            lambda one: one.id == typed_id(invitation_id) and person in one.activity_id.manager_ids
        ).with_user(request.env.user)
        if not invitation:
            raise NotFound()
        reason = typed_text(reason)[:2000]
        return self._step_investment(
            investment_id,
            lambda _investment: (
                invitation.action_accept()
                if operation == "accept"
                else invitation.action_refuse(reason)
            ),
            reason=reason,
        )
