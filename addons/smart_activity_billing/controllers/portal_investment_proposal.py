import uuid
from datetime import timedelta

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..lib.slots import in_zone, typed_moment
from ..lib.typed_numbers import decimals_of
from ..models.coop_investment_joint_portal import PAGE
from ..models.coop_investment_proposal import PRICE_MARGIN
from .portal_joint_investment import JointInvestmentPortal

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
LONGEST_NAME = 100


class InvestmentProposalPortal(JointInvestmentPortal):
    """Members propose investments to one another, and give up what they proposed."""

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # The form
    # ------------------------------------------------------------------

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
            amount = None
            if form[name] or name == "target":
                amount, errors[name] = self._read_money(form[name], currency)
            amounts[name] = float(amount or 0)
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
        if most and least > most and not errors.get("maximum_pledge"):
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
        margin = self._read_decimal(text or "0")
        if margin is None or margin > 25 or decimals_of(margin) > 2:
            return None, env._("Fill in a percentage from 0 to 25.")
        return float(margin), None

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
