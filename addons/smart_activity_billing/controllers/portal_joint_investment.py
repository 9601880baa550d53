import uuid
from datetime import timedelta

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager
from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER, typed_id, typed_text

from ..lib.slots import in_zone, typed_moment
from ..lib.typed_numbers import decimals_of, typed_number
from ..models.coop_budget_reservation import LARGEST_AMOUNT
from ..models.coop_investment_joint_portal import PAGE
from ..models.coop_investment_proposal import PRICE_MARGIN
from .portal import PAGE_SIZE, ActivityPortal
from .portal_budget_transfer import LOOKUPS_AN_HOUR

FORM_FIELDS = (
    "token",
    "activity_id",
    "label",
    "purpose",
    "use_rules",
    "target",
    "day",
    "clock",
    "minimum_pledge",
    "maximum_pledge",
    "price_margin",
)
# How long others have to pledge, where nothing else is chosen.
PLEDGE_TIME = timedelta(days=30)
MOST_OPEN = 80
LONGEST_NAME = 100


class JointInvestmentPortal(ActivityPortal):
    """Members propose investments to one another, pledge for them and see what they own."""

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
        pager = portal_pager(
            url=PAGE, total=Investment.search_count(own), page=page, step=PAGE_SIZE
        )
        values = self._prepare_portal_layout_values() | {
            "page_name": "investments",
            "person": person,
            "zone": self._get_zone(),
            "waiting": self._buyouts().search(self._buyouts()._get_waiting_domain(person)),
            "proposed": proposed,
            "investments": Investment.search(
                own, order="id desc", limit=PAGE_SIZE, offset=max(pager["offset"], 0)
            ),
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

    @http.route(
        f"{PAGE}/new", type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    def portal_investment_form(self, activity=None, **kwargs):
        """Show the form in which a member proposes an investment."""
        form = dict.fromkeys(FORM_FIELDS, "") | {
            "token": str(uuid.uuid4()),
            "activity_id": str(typed_id(activity) or ""),
            "day": str(in_zone(fields.Datetime.now(), self._get_zone()).date() + PLEDGE_TIME),
            "clock": "20:00",
            "price_margin": f"{PRICE_MARGIN:g}",
        }
        return self._render_investment_form(form, {})

    @http.route(f"{PAGE}/new", type="http", auth="user", website=True, methods=["POST"])
    def portal_investment_propose(self, **kwargs):
        """Propose it to all Activities; nothing typed is lost."""
        form = {name: typed_text(kwargs.get(name))[:5000] for name in FORM_FIELDS}
        form["token"] = self._read_token(form["token"])
        made = self._investments()._find_by_token(request.env.user.partner_id, form["token"])
        if made:
            return request.redirect(f"{PAGE}/{made.id}")
        values, errors = self._read_investment_form(form)
        if errors:
            return self._render_investment_form(form, errors)
        try:
            with request.env.cr.savepoint():
                investment = self._investments()._propose(form["token"], values)
        except UserError as error:
            return self._render_investment_form(form, {"all": str(error)})
        return request.redirect(f"{PAGE}/{investment.id}?done=proposed")

    # ------------------------------------------------------------------
    # Steps
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

    @http.route(
        f"{PAGE}/<int:investment_id>/cancel",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_investment_cancel(self, investment_id, reason="", **kwargs):
        """Give up a proposal of one's own, and say why."""
        reason = typed_text(reason)[:2000]
        if not reason:
            return self._render_investment(
                self._get_investment(investment_id),
                error=request.env._("Say why: everybody who pledged gets to read it."),
            )
        return self._step_investment(
            investment_id,
            lambda investment: investment.action_cancel_proposal(reason),
            reason=reason,
        )

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
            activity, error = self._find_other_activity(investment, typed["invited"])
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
        if not 0 < investment_id <= MAX_INTEGER:
            raise NotFound()
        Investment, person = self._investments(), request.env.user.partner_id
        visible = Investment._get_own_domain(person) | Investment._get_open_domain(person)
        investment = Investment.search(visible & Domain("id", "=", investment_id))
        if not investment:
            raise NotFound()
        return investment

    def _step_investment(self, investment_id, step, done=None, **values):
        """Let the user go a step; what stands in the way is shown on the page."""
        investment = self._get_investment(investment_id)
        try:
            with request.env.cr.savepoint():
                # With the user's own rights: the actions check whose step it is.
                step(investment.with_user(request.env.user))
        except AccessError:
            raise NotFound() from None
        except UserError as error:
            return self._render_investment(investment, error=str(error), **values)
        return request.redirect(f"{PAGE}/{investment.id}" + (f"?done={done}" if done else ""))

    def _read_token(self, text):
        """Return the token of a form; what is none of ours gets a new one."""
        try:
            return str(uuid.UUID(text or ""))
        except ValueError:
            return str(uuid.uuid4())

    def _get_zone(self):
        """Return the name of the time zone in which the user reads and types."""
        user = request.env.user
        # The seat of the cooperative stands for who never chose one.
        return user.tz or user.company_id.sudo().partner_id.tz or "Europe/Brussels"

    def _find_other_activity(self, investment, text):
        """Return the Activity that the user means, and what is wrong otherwise."""
        env = request.env
        person = env.user.partner_id
        if not env["coop.request.limit"]._take("investment", person.id, LOOKUPS_AN_HOUR):
            return None, env._("You looked for many Activities: try again in an hour.")
        # Who knows a code or a name may ask there, without reading anything else of it.
        found = env["coop.budget.transfer"].sudo()._find_activities(investment.company_id, text)
        if len(found) > 1:
            return None, env._("Several Activities have this name: fill in the code instead.")
        if not found:
            return None, env._(
                "No open Activity has this code or exactly this name. Ask its member for the code: "
                "it is on the page of the Activity and looks like A00012."
            )
        return found, None

    # ------------------------------------------------------------------
    # Forms
    # ------------------------------------------------------------------

    def _read_money(self, text, currency, optional=False):
        """Return the amount that was typed, and what is wrong with it."""
        env = request.env
        if optional and not text:
            return None, None
        lang = env["res.lang"]._get_data(code=env.lang)
        amount = typed_number(text, lang.decimal_point)
        if amount is None or amount <= 0 or amount >= LARGEST_AMOUNT:
            return None, env._("Fill in an amount of more than zero, for example 125.50.")
        if decimals_of(amount) > currency.decimal_places:
            return None, env._(
                "Fill in an amount with at most %(decimals)s decimals.",
                decimals=currency.decimal_places,
            )
        return amount, None

    def _read_pledge(self, investment, activity, text):
        env = request.env
        if not activity or activity.company_id != investment.company_id:
            return None, env._("Choose which of your Activities pledges.")
        return self._read_money(text, investment.currency_id)

    def _read_investment_form(self, form):
        """Return what the form says, and what is wrong with it by field."""
        env = request.env
        activity = self._search_own_activities().filtered(
            lambda one: str(one.id) == form["activity_id"]
        )
        currency = activity.currency_id or env.company.currency_id
        errors = {}
        if not activity:
            errors["activity_id"] = env._("Choose which of your Activities proposes it.")
        for name, error in (
            ("label", env._("Give it a name, for example: laser cutter.")),
            ("purpose", env._("Say what it is for: others decide on it.")),
            ("use_rules", env._("Say who may use it when, and who looks after it.")),
        ):
            if not form[name]:
                errors[name] = error
        amounts = {}
        for name in ("target", "minimum_pledge", "maximum_pledge"):
            amount, errors[name] = self._read_money(form[name], currency, name != "target")
            amounts[name] = float(amount or 0)
        errors.setdefault("maximum_pledge", None)
        errors |= self._check_limits(amounts, errors)
        deadline, errors["deadline"] = self._read_deadline(form)
        margin, errors["price_margin"] = self._read_margin(form["price_margin"])
        values = {
            "activity": activity,
            "label": form["label"][:LONGEST_NAME],
            "purpose": form["purpose"],
            "use_rules": form["use_rules"],
            "deadline": deadline,
            "price_margin": margin,
            **amounts,
        }
        return values, {name: error for name, error in errors.items() if error}

    def _check_limits(self, amounts, errors):
        env = request.env
        least, most, target = (
            amounts[name] for name in ("minimum_pledge", "maximum_pledge", "target")
        )
        if most and least > most and not errors["maximum_pledge"]:
            return {"maximum_pledge": env._("The most is less than the least.")}
        if target and max(least, most) > target:
            name = "minimum_pledge" if least > target else "maximum_pledge"
            return {name: env._("This is more than it costs.")}
        return {}

    def _read_deadline(self, form):
        env = request.env
        deadline = typed_moment(form["day"], form["clock"], self._get_zone())
        if deadline is None:
            return None, env._("Choose the day and the time until which Activities pledge.")
        if deadline <= fields.Datetime.now():
            return None, env._("Choose a moment that is still to come.")
        return deadline, None

    def _read_margin(self, text):
        env = request.env
        lang = env["res.lang"]._get_data(code=env.lang)
        margin = typed_number(text or "0", lang.decimal_point)
        if margin is None or margin > 25 or decimals_of(margin) > 2:
            return None, env._("Fill in a percentage from 0 to 25.")
        return float(margin), None

    # ------------------------------------------------------------------
    # Rendering
    # ------------------------------------------------------------------

    def _render_investment_form(self, form, errors):
        values = self._prepare_portal_layout_values() | {
            "page_name": "investment_form",
            "own_activities": self._search_own_activities(),
            "form": form,
            "errors": errors,
            "zone": self._get_zone(),
        }
        return request.render(
            "smart_activity_billing.portal_investment_form", values, status=422 if errors else 200
        )

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
        values |= self._prepare_portal_layout_values() | {
            "page_name": "investment",
            "investment": investment,
            "currency": investment.currency_id,
            "status": status,
            "zone": self._get_zone(),
            "own_activities": own,
            "pledges": pledges,
            "own_pledges": pledges.filtered(lambda one: person in one.activity_id.manager_ids),
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
