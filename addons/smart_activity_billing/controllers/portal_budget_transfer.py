import uuid
from functools import partial

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..models.coop_budget_transfer_portal import PAGE
from .portal import ActivityPortal

FORM_FIELDS = ("token", "source_id", "own_id", "destination", "amount", "reason")
MOST_WAITING = 80


class BudgetTransferPortal(ActivityPortal):
    """Members move budget from their Activities to others, and answer what they are offered."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "budget_transfer_count" in counters:
            # The card is for who has an Activity: the number itself says nothing.
            values["budget_transfer_count"] = len(self._search_own_activities(limit=1))
        if "budget_transfer_waiting_count" in counters:
            values["budget_transfer_waiting_count"] = self._transfers().search_count(
                self._transfers()._get_waiting_domain(request.env.user.partner_id)
            )
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_budget_transfers(self, page=1, **kwargs):
        """List what the user's Activities gave and got, what waits for the user first."""
        Transfer = self._transfers()
        person = request.env.user.partner_id
        waiting = Transfer.search(Transfer._get_waiting_domain(person), limit=MOST_WAITING)
        others = Transfer._get_own_domain(person) & Domain("id", "not in", waiting.ids)
        transfers, pager = self._search_page(Transfer, others, PAGE, page, order="id desc")
        values = self._prepare_portal_layout_values() | {
            "page_name": "budget_transfers",
            "waiting": waiting,
            "transfers": transfers,
            "pager": pager,
            "can_move": bool(self._search_own_activities(limit=1)),
        }
        return request.render("smart_activity_billing.portal_budget_transfers", values)

    @http.route(
        f"{PAGE}/new", type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    def portal_budget_transfer_form(self, source=None, **kwargs):
        """Show the form in which a member moves budget."""
        form = dict.fromkeys(FORM_FIELDS, "")
        form |= {"token": str(uuid.uuid4()), "source_id": str(typed_id(source) or "")}
        return self._render_budget_form(form, {})

    @http.route(f"{PAGE}/new", type="http", auth="user", website=True, methods=["POST"])
    def portal_budget_transfer_ask(self, operation="", **kwargs):
        """Show what would move, and move it once it is confirmed; nothing typed is lost."""
        form = {name: typed_text(kwargs.get(name))[:2000] for name in FORM_FIELDS}
        if operation == "edit":
            return self._render_budget_form(form, {})
        # A replay must not depend on what is possible by now: it leads to its first result.
        form["token"] = self._read_token(form["token"])
        made = self._transfers()._find_by_token(request.env.user.partner_id, form["token"])
        if made:
            return request.redirect(f"{PAGE}/{made.id}")
        values, errors = self._read_budget_form(form)
        if errors:
            return self._render_budget_form(form, errors)
        if operation != "confirm":
            return self._render_budget_preview(form, values)
        try:
            with request.env.cr.savepoint():
                transfer = self._transfers()._request(form["token"], values)
        except UserError as error:
            return self._render_budget_form(form, {"all": str(error)})
        return request.redirect(f"{PAGE}/{transfer.id}?asked=1")

    @http.route(f"{PAGE}/<int:transfer_id>", type="http", auth="user", website=True, readonly=True)
    def portal_budget_transfer(self, transfer_id, **kwargs):
        """Show one transfer to the managers of its two Activities."""
        transfer = self._get_budget_transfer(transfer_id)
        return self._render_budget_transfer(transfer, just_asked=kwargs.get("asked") == "1")

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/<int:transfer_id>/accept",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_budget_transfer_accept(self, transfer_id, **kwargs):
        """Accept what another Activity wants to give."""
        return self._step_budget_transfer(transfer_id, lambda transfer: transfer.action_approve())

    @http.route(
        f"{PAGE}/<int:transfer_id>/refuse",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_budget_transfer_refuse(self, transfer_id, reason="", **kwargs):
        """Refuse what another Activity wants to give, and say why."""
        reason = self._read_budget_reason(reason)
        return self._step_budget_transfer(
            transfer_id,
            lambda transfer: self._with_reason(reason) and transfer.action_refuse(reason),
            reason=reason,
        )

    @http.route(
        f"{PAGE}/<int:transfer_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_budget_transfer_withdraw(self, transfer_id, **kwargs):
        """Withdraw what the other side has not answered yet."""
        return self._step_budget_transfer(transfer_id, lambda transfer: transfer.action_withdraw())

    @http.route(
        f"{PAGE}/<int:transfer_id>/reverse",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_budget_transfer_reverse(self, transfer_id, reason="", **kwargs):
        """Give back what was received."""
        reason = self._read_budget_reason(reason)
        return self._step_budget_transfer(
            transfer_id,
            lambda transfer: self._with_reason(reason) and transfer.action_reverse(reason),
            reason=reason,
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _transfers(self):
        # Found by the own partner only: employees are members too, without a right on transfers;
        # and each side may know the name of the other.
        return request.env["coop.budget.transfer"].sudo()

    def _get_budget_transfer(self, transfer_id):
        """Return a transfer of the user, with superuser rights, or answer that there is none."""
        Transfer = self._transfers()
        own = Transfer._get_own_domain(request.env.user.partner_id)
        return self._find_own(Transfer, own, transfer_id)

    def _step_budget_transfer(self, transfer_id, step, **values):
        """Let the user go a step; what stands in the way is shown on the page."""
        transfer = self._get_budget_transfer(transfer_id)
        show = partial(self._render_budget_transfer, transfer, **values)
        return self._go_step(transfer, step, show, f"{PAGE}/{transfer.id}")

    def _with_reason(self, reason):
        """Ask for a reason here: the actions would open a dialogue of the back office.

        :raise UserError: there is none
        """
        if not reason:
            raise UserError(request.env._("Say why: who asked gets to read it."))
        return True

    def _read_budget_reason(self, reason):
        return typed_text(reason)[:2000]

    # ------------------------------------------------------------------
    # The form
    # ------------------------------------------------------------------

    def _read_budget_form(self, form):
        """Return what the form says, and what is wrong with it by field."""
        env = request.env
        own = self._search_own_activities()
        source = own.filtered(lambda activity: str(activity.id) == form["source_id"])
        errors = {}
        if not source:
            errors["source_id"] = env._("Choose which of your Activities gives.")
        destination = own.filtered(lambda activity: str(activity.id) == form["own_id"])
        if source and not destination:
            destination, errors["destination"] = self._find_destination(source, form["destination"])
        elif source and destination.company_id != source.company_id:
            errors["destination"] = env._("Choose an Activity of the same cooperative.")
        if source and destination == source:
            errors["destination"] = env._("Choose another Activity than the one that gives.")
        amount, errors["amount"] = self._read_budget_amount(source, form["amount"])
        if not form["reason"]:
            errors["reason"] = env._("Say what it is for: who receives it wants to know.")
        values = {
            "source": source,
            "destination": destination,
            "amount": amount,
            "reason": form["reason"],
        }
        return values, {name: error for name, error in errors.items() if error}

    def _find_destination(self, source, text):
        """Return the Activity that the user means, and what is wrong otherwise."""
        if not text:
            return source.browse(), request.env._(
                "Choose one of your Activities, or fill in the code of another."
            )
        return self._find_other_activity(source.company_id, text, "budget-transfer")

    def _read_budget_amount(self, source, text):
        """Return the amount that was typed, and what is wrong with it."""
        env = request.env
        currency = source.currency_id or env.company.currency_id
        amount, error = self._read_money(text, currency)
        if error:
            return None, error
        blocks = source.company_id.activity_overdraft_policy == "block"
        if blocks and currency.compare_amounts(float(amount), source.available) > 0:
            return None, env._(
                "%(activity)s has %(available)s available.",
                activity=source.name,
                available=currency.format(source.available),
            )
        return amount, None

    # ------------------------------------------------------------------
    # Rendering
    # ------------------------------------------------------------------

    def _render_budget_form(self, form, errors):
        values = self._prepare_portal_layout_values() | {
            "page_name": "budget_transfer_form",
            "own_activities": self._search_own_activities(),
            "form": form,
            "errors": errors,
        }
        return request.render(
            "smart_activity_billing.portal_budget_transfer_form",
            values,
            status=422 if errors else 200,
        )

    def _render_budget_preview(self, form, preview):
        source, amount = preview["source"], float(preview["amount"])
        person = request.env.user.partner_id
        values = self._prepare_portal_layout_values() | {
            "page_name": "budget_transfer_form",
            "form": form,
            "preview": preview,
            "currency": source.currency_id,
            "stays": source.currency_id.round(source.available - amount),
            "at_once": person in preview["destination"].manager_ids,
        }
        return request.render("smart_activity_billing.portal_budget_transfer_preview", values)

    def _render_budget_transfer(self, transfer, error=None, **values):
        person = request.env.user.partner_id
        gives = transfer._is_manager(person, "source_id")
        receives = transfer._is_manager(person, "destination_id")
        values |= self._prepare_portal_layout_values() | {
            "page_name": "budget_transfer",
            "transfer": transfer,
            "currency": transfer.currency_id,
            "status": transfer._get_member_status(),
            "gives": gives,
            "receives": receives,
            "can_accept": receives and transfer.state == "submitted",
            "can_withdraw": gives and transfer.state == "submitted",
            "can_reverse": receives and transfer.state == "posted",
            "error": error,
        }
        return request.render(
            "smart_activity_billing.portal_budget_transfer", values, status=422 if error else 200
        )
