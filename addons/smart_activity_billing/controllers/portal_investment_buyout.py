import uuid
from functools import partial

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..models.coop_investment_joint_portal import PAGE
from .portal_joint_investment import JointInvestmentPortal


class InvestmentBuyoutPortal(JointInvestmentPortal):
    """Members leave an investment, and answer who asks them to take over."""

    # ------------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/<int:investment_id>/leave",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_investment_leave(self, investment_id, **kwargs):
        """Show the form in which a member asks others to take over a share."""
        investment = self._get_left_investment(investment_id)
        form = {"token": str(uuid.uuid4()), "activity_id": "", "other": "", "reason": ""}
        buyers = {str(share.activity_id.id) for share in investment._get_open_shares()}
        return self._render_leave(investment, form | {"buyers": buyers})

    @http.route(
        f"{PAGE}/<int:investment_id>/leave",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_ask_buyout(self, investment_id, **kwargs):
        """Ask others to take over; nothing typed is lost."""
        investment = self._get_left_investment(investment_id)
        names = ("activity_id", "other", "reason")
        form = {name: typed_text(kwargs.get(name))[:2000] for name in names} | {
            "token": self._read_token(kwargs.get("token")),
            "buyers": set(request.httprequest.form.getlist("buyers")),
        }
        made = self._buyouts()._find_by_token(request.env.user.partner_id, form["token"])
        if made:
            return request.redirect(f"{PAGE}/buyouts/{made.id}")
        seller, weights, error = self._read_leave(investment, form)
        if error:
            return self._render_leave(investment, form, error)
        try:
            with request.env.cr.savepoint():
                buyout = self._buyouts()._request(
                    form["token"], seller, investment, weights, form["reason"]
                )
        except UserError as error:
            return self._render_leave(investment, form, str(error))
        return request.redirect(f"{PAGE}/buyouts/{buyout.id}?done=asked")

    # ------------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/buyouts/<int:buyout_id>", type="http", auth="user", website=True, readonly=True
    )
    def portal_investment_buyout(self, buyout_id, **kwargs):
        """Show a buy-out to who leaves and to who is asked to take over."""
        return self._render_buyout(self._get_buyout(buyout_id), notice=kwargs.get("done"))

    @http.route(
        f"{PAGE}/buyouts/<int:buyout_id>/accept",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_buyout_accept(self, buyout_id, line_id=None, **kwargs):
        """Take over a part, for one Activity of the user."""
        return self._answer_buyout(buyout_id, line_id, lambda line: line.action_accept())

    @http.route(
        f"{PAGE}/buyouts/<int:buyout_id>/refuse",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_buyout_refuse(self, buyout_id, line_id=None, reason="", **kwargs):
        """Do not take over, and say why."""
        reason = typed_text(reason)[:2000]
        return self._answer_buyout(
            buyout_id, line_id, lambda line: line.action_refuse(reason), reason=reason
        )

    @http.route(
        f"{PAGE}/buyouts/<int:buyout_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_buyout_withdraw(self, buyout_id, **kwargs):
        """Stay in the investment after all."""
        return self._step_buyout(
            self._get_buyout(buyout_id), lambda buyout: buyout.action_withdraw()
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_left_investment(self, investment_id):
        """Return an investment in use of which the user owns a part, or answer that none is."""
        investment = self._get_investment(investment_id)
        if investment.state != "active" or not self._get_sold_shares(investment):
            raise NotFound()
        return investment

    def _get_sold_shares(self, investment):
        """Return the shares that the user may leave."""
        person = request.env.user.partner_id
        return investment._get_open_shares().filtered(
            lambda share: person in share.activity_id.manager_ids
        )

    def _get_buyout(self, buyout_id):
        """Return a buy-out of the user, or answer that there is none."""
        Buyout = self._buyouts()
        return self._find_own(
            Buyout, Buyout._get_own_domain(request.env.user.partner_id), buyout_id
        )

    def _answer_buyout(self, buyout_id, line_id, answer, **values):
        buyout = self._get_buyout(buyout_id)
        line = buyout.line_ids.filtered(lambda one: one.id == typed_id(line_id))
        if not line:
            raise NotFound()
        return self._step_buyout(
            buyout, lambda _buyout: answer(line.with_user(request.env.user)), **values
        )

    def _step_buyout(self, buyout, step, **values):
        """Let the user go a step; what stands in the way is shown on the page."""
        show = partial(self._render_buyout, buyout, **values)
        return self._go_step(buyout, step, show, f"{PAGE}/buyouts/{buyout.id}")

    def _read_leave(self, investment, form):
        """Return who leaves, who takes over what part, and what is wrong with it."""
        env = request.env
        share = self._get_sold_shares(investment).filtered(
            lambda one: str(one.activity_id.id) == form["activity_id"]
        )
        if not share:
            return None, None, env._("Choose which of your Activities leaves.")
        seller = share.activity_id
        if form["other"]:
            activity, error = self._find_other_activity(
                investment.company_id, form["other"], "investment"
            )
            return seller, {activity: 1.0}, error
        others = investment._get_open_shares() - share
        weights = {
            one.activity_id: one.share_amount
            for one in others
            if str(one.activity_id.id) in form["buyers"]
        }
        if not weights:
            return seller, None, env._("Choose who takes over, or fill in the code of an Activity.")
        return seller, weights, None

    # ------------------------------------------------------------------
    # Rendering
    # ------------------------------------------------------------------

    def _render_leave(self, investment, form, error=None):
        own = self._get_sold_shares(investment)
        values = self._prepare_portal_layout_values() | {
            "page_name": "investment_part",
            "part_name": request.env._("Leave"),
            "investment": investment,
            "currency": investment.currency_id,
            "own_shares": own,
            "shares": investment._get_open_shares(),
            "form": form,
            "error": error,
        }
        return request.render(
            "smart_activity_billing.portal_investment_leave", values, status=422 if error else 200
        )

    def _render_buyout(self, buyout, error=None, notice=None, **values):
        person = request.env.user.partner_id
        mine = buyout.line_ids.filtered(lambda line: person in line.activity_id.manager_ids)
        sells = person in buyout.seller_id.manager_ids
        values |= self._prepare_portal_layout_values() | {
            "page_name": "investment_part",
            "part_name": buyout.name,
            "buyout": buyout,
            "investment": buyout.investment_id,
            "currency": buyout.currency_id,
            "status": buyout._get_member_status(),
            "sells": sells,
            # Each who is asked sees the own part; who leaves sees all.
            "lines": buyout.line_ids if sells else mine,
            "to_answer": mine.filtered(
                lambda line: line.state == "asked" and buyout.state == "submitted"
            ),
            "can_withdraw": sells and buyout.state == "submitted",
            "error": error,
            "notice": notice,
        }
        return request.render(
            "smart_activity_billing.portal_investment_buyout", values, status=422 if error else 200
        )
