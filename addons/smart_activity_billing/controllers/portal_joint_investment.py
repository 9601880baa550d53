import uuid
from functools import partial

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from ..models.coop_investment_joint_portal import PAGE
from .portal import ActivityPortal

MOST_OPEN = 80


class JointInvestmentPortal(ActivityPortal):
    """Members see what is proposed to them, and what they have a part in."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "investment_count" in counters:
            # The card is for who has an Activity: the number itself says nothing.
            values["investment_count"] = len(self._search_own_activities(limit=1))
        if "investment_waiting_count" in counters:
            Buyout = self._buyouts()
            values["investment_waiting_count"] = Buyout.search_count(
                Buyout._get_waiting_domain(request.env.user.partner_id)
            )
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_investments(self, page=1, **kwargs):
        """List what waits for the user, what is proposed, and what the user has a part in."""
        Investment, person = self._investments(), request.env.user.partner_id
        proposed = Investment.search(
            Investment._get_open_domain(person), order="deadline, id", limit=MOST_OPEN
        )
        own = Investment._get_own_domain(person) & Domain("id", "not in", proposed.ids)
        investments, pager = self._search_page(Investment, own, PAGE, page, order="id desc")
        values = self._prepare_portal_layout_values() | {
            "page_name": "investments",
            "person": person,
            "zone": self._get_zone(),
            "waiting": self._buyouts().search(self._buyouts()._get_waiting_domain(person)),
            "proposed": proposed,
            "investments": investments,
            "pager": pager,
            "can_propose": bool(self._search_own_activities(limit=1)),
        }
        return request.render("smart_activity_billing.portal_investments", values)

    @http.route(
        f"{PAGE}/<int:investment_id>", type="http", auth="user", website=True, readonly=True
    )
    def portal_investment(self, investment_id, **kwargs):
        """Show a proposal to who may pledge for it, and an investment to who has a part in it."""
        investment = self._get_investment(investment_id)
        return self._render_investment(investment, notice=kwargs.get("done"))

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _investments(self):
        # Found by what is open to the user, or the own Activities: nobody has a right on others'.
        return request.env["coop.investment"].sudo()

    def _buyouts(self):
        # Found by the own Activities only, as above.
        return request.env["coop.investment.buyout"].sudo()

    def _get_investment(self, investment_id):
        """Return an investment that the user may see, or answer that there is none."""
        Investment, person = self._investments(), request.env.user.partner_id
        visible = Investment._get_own_domain(person) | Investment._get_open_domain(person)
        return self._find_own(Investment, visible, investment_id)

    def _step_investment(self, investment_id, step, done=None, **values):
        """Let the user go a step; what stands in the way is shown on the page."""
        investment = self._get_investment(investment_id)
        show = partial(self._render_investment, investment, **values)
        url = f"{PAGE}/{investment.id}" + (f"?done={done}" if done else "")
        return self._go_step(investment, step, show, url)

    def _get_zone(self):
        """Return the name of the time zone in which the user reads and types."""
        user = request.env.user
        # The seat of the cooperative stands for who never chose one.
        return user.tz or user.company_id.sudo().partner_id.tz or "Europe/Brussels"

    # ------------------------------------------------------------------
    # Rendering
    # ------------------------------------------------------------------

    def _render_investment(
        self, investment, error=None, pledge_error=None, invite_error=None, **values
    ):
        person = request.env.user.partner_id
        own = self._search_own_activities().filtered(
            lambda one: one.company_id == investment.company_id
        )
        status = investment._get_member_status()
        pledges = investment.pledge_ids.filtered(lambda one: one.state in ("active", "used"))
        shares = investment._get_open_shares()
        own_shares = shares.filtered(lambda one: person in one.activity_id.manager_ids)
        own_pledges = pledges.filtered(lambda one: person in one.activity_id.manager_ids)
        values = self._prefill_pledge(own_pledges) | values
        values |= self._prepare_portal_layout_values() | {
            "page_name": "investment",
            "investment": investment,
            "currency": investment.currency_id,
            "status": status,
            "zone": self._get_zone(),
            "own_activities": own,
            "pledges": pledges,
            "own_pledges": own_pledges,
            "shares": shares,
            "own_shares": own_shares,
            "is_partner": investment._is_partner(person),
            "can_pledge": status[0] == "pledging" and bool(own),
            "can_cancel": investment.state == "pledging"
            and person in investment.proposing_activity_id.manager_ids,
            "in_use": investment.state == "active" and bool(own_shares),
            "buyouts": self._buyouts().search(
                self._buyouts()._get_own_domain(person)
                & Domain("investment_id", "=", investment.id)
            ),
            "token": str(uuid.uuid4()),
            "error": error,
            "pledge_error": pledge_error,
            "invite_error": invite_error,
            "asked": investment.invitation_ids.filtered(
                lambda one: one.state == "asked" and person in one.activity_id.manager_ids
            ),
        }
        return request.render(
            "smart_activity_billing.portal_investment",
            values,
            status=422 if error or pledge_error or invite_error else 200,
        )

    def _prefill_pledge(self, pledges):
        """Return what the form says of a pledge that is changed, if it is clear which."""
        if len(pledges) != 1:
            return {}
        lang = request.env["res.lang"]._get_data(code=request.env.lang)
        amount = f"{pledges.amount:.2f}".replace(".", lang.decimal_point or ".")
        return {"typed_activity": pledges.activity_id.id, "typed_amount": amount}
