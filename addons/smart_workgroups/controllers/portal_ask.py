from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_activity_billing.lib.typed_numbers import decimals_of
from odoo.addons.smart_membership.lib.typed_text import typed_text

from ..models.coop_ask import PAGE
from .portal_ethics import EthicsPortal
from .portal_governance import ID, MOST

REST_DAYS = 30
FORM_FIELDS = ("token", "label", "hours", "date")


class AskPortal(EthicsPortal):
    """What the co-operative asks of the user, and the time that the user gave it."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "ask_count" in counters:
            values["ask_count"] = self._asks().search_count(self._get_own_asks_domain())
        return values

    @http.route(PAGE, type="http", auth="user", website=True, readonly=True)
    def portal_asks(self, **kwargs):
        """Show the open requests, and the hours that the user gave this year."""
        return self._render_asks(notice=kwargs.get("done"))

    @http.route(
        f"{PAGE}/{ID % 'ask_id'}/snooze",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_ask_snooze(self, ask_id, **kwargs):
        """Let a request rest for two weeks."""
        return self._step_ask(ask_id, lambda ask: ask.sudo()._snooze(), "snoozed")

    @http.route(
        f"{PAGE}/{ID % 'ask_id'}/decline",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_ask_decline(self, ask_id, **kwargs):
        """Say no to a request, for good."""
        return self._step_ask(ask_id, lambda ask: ask.sudo()._decline(), "declined")

    @http.route(f"{PAGE}/rest", type="http", auth="user", website=True, methods=["POST"])
    def portal_ask_rest(self, end=None, **kwargs):
        """Get no requests for a month, or get them again."""
        today = fields.Date.context_today(request.env.user)
        until = False if end == "1" else fields.Date.add(today, days=REST_DAYS)
        # One's own choice only.
        request.env.user.partner_id.sudo().ask_snooze_until = until
        return request.redirect(f"{PAGE}?done=rest")

    @http.route(f"{PAGE}/hours", type="http", auth="user", website=True, methods=["POST"])
    def portal_hours_give(self, **kwargs):
        """Count hours that the user gave; nothing typed is lost."""
        membership = self._get_ethics_membership()
        if not membership:
            raise NotFound()
        form = {name: typed_text(kwargs.get(name))[:200] for name in FORM_FIELDS}
        form["token"] = self._read_token(form["token"])
        values, errors = self._read_hours(form)
        if errors:
            return self._render_asks(form=form, errors=errors)
        request.env["coop.hours"]._give(form["token"], membership, values)
        return request.redirect(f"{PAGE}?done=thanks#hours")

    @http.route(
        f"{PAGE}/hours/{ID % 'hours_id'}/delete",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_hours_delete(self, hours_id, **kwargs):
        """Take hours back that were typed wrong."""
        own = Domain("partner_id", "=", request.env.user.partner_id.id)
        # The own hours only.
        self._find_own(request.env["coop.hours"].sudo(), own, hours_id).unlink()
        return request.redirect(f"{PAGE}#hours")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _asks(self):
        return self._open_records("coop.ask")

    def _get_own_asks_domain(self):
        return self._asks()._get_own_domain(request.env.user.partner_id)

    def _step_ask(self, ask_id, step, done):
        ask = self._find_own(self._asks(), self._get_own_asks_domain(), ask_id)
        return self._go_step(ask, step, self._render_asks, f"{PAGE}?done={done}")

    def _read_hours(self, form):
        """Return what the form says, and what is wrong with it by field."""
        env, errors = request.env, {}
        hours = self._read_decimal(form["hours"])
        if not hours or not 0 < hours <= 24 or decimals_of(hours) > 2:
            errors["hours"] = env._("Fill in the hours of that day, for example 2 or 1.5.")
        today = fields.Date.context_today(env.user)
        day = self._read_date(form["date"])
        if not day or not fields.Date.subtract(today, years=1) <= day <= today:
            errors["date"] = env._("Choose a day of the past year.")
        if not form["label"].strip():
            errors["label"] = env._("Say what you did, for example: interpreted a meeting.")
        return {"name": form["label"], "hours": float(hours or 0), "date": day}, errors

    def _render_asks(self, form=None, errors=None, error=None, notice=None):
        user = request.env.user
        person, today = user.partner_id, fields.Date.context_today(user)
        company = self._get_ethics_membership().company_id
        # The own hours only.
        Hours = request.env["coop.hours"].sudo()
        values = self._prepare_governance_values("asks") | {
            "asks": self._asks().search(self._get_own_asks_domain(), limit=MOST),
            "rest_until": person.sudo().ask_snooze_until,  # one's own choice
            "is_member": bool(company),
            "budget": company.ask_budget,
            "hours": Hours.search([("partner_id", "=", person.id)], limit=20),
            "own_hours": Hours._sum_year(company, today, person) if company else 0.0,
            "all_hours": Hours._sum_year(company, today) if company else 0.0,
            "form": form
            or {"token": self._read_token(""), "label": "", "hours": "", "date": str(today)},
            "errors": errors or {},
            "error": error,
            "notice": notice,
        }
        status = 422 if error or errors else 200
        return request.render("smart_workgroups.portal_asks", values, status=status)
