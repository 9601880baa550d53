import re
from decimal import Decimal, InvalidOperation

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..lib.typed_text import MAX_INTEGER

FORM_FIELDS = (
    "share_class_id",
    "quantity",
    "member_number",
    "receiver",
    "price_agreed",
    "reason",
    "agree",
)
PAGE = "/my/shares/transfers"


class ShareTransferPortal(CustomerPortal):
    """A member hands shares over, and another accepts them: both sign here."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "share_transfer_count" in counters:
            holdings = self._get_holdings()
            held = sum(row["held"] for row in holdings)
            values["share_transfer_count"] = held + len(self._get_own_transfers())
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(PAGE, type="http", auth="user", website=True, readonly=True)
    def portal_share_transfers(self, **kwargs):
        """List what the user gives and is offered, what waits for the user first."""
        transfers = self._get_own_transfers()
        values = self._prepare_portal_layout_values() | {
            "page_name": "share_transfers",
            "transfers": transfers.sorted(lambda transfer: not self._is_for_me(transfer)),
            "me": request.env.user.partner_id,
            "holdings": self._get_holdings(),
        }
        return request.render("smart_membership.portal_share_transfers", values)

    @http.route(
        "/my/shares/transfer",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_share_transfer_form(self, **kwargs):
        """Show the form in which a member hands shares over."""
        return self._render_transfer_form({}, {})

    @http.route("/my/shares/transfer", type="http", auth="user", website=True, methods=["POST"])
    def portal_share_transfer_sign(self, **kwargs):
        """Sign as the giver; on an error, show the form again with all that was typed."""
        form = {name: str(kwargs.get(name) or "").strip()[:2000] for name in FORM_FIELDS}
        values, errors = self._read_transfer_form(form)
        if errors:
            return self._render_transfer_form(form, errors)
        try:
            with request.env.cr.savepoint():
                transfer = request.env["coop.share.transfer"]._request(
                    request.env.user, request.httprequest.remote_addr, **values
                )
        except UserError as error:
            return self._render_transfer_form(form, {"all": str(error)})
        return request.redirect(f"{PAGE}/{transfer.id}?signed=1")

    @http.route(f"{PAGE}/<int:transfer_id>", type="http", auth="user", website=True, readonly=True)
    def portal_share_transfer(self, transfer_id, **kwargs):
        """Show one transfer to its giver or receiver."""
        transfer = self._get_transfer(transfer_id)
        return self._render_transfer(transfer, just_signed=kwargs.get("signed") == "1")

    @http.route(
        f"{PAGE}/<int:transfer_id>/accept",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_share_transfer_accept(self, transfer_id, **kwargs):
        """Sign as the receiver."""
        ip = request.httprequest.remote_addr
        return self._step(transfer_id, "partner_to_id", lambda transfer: transfer._accept(ip))

    @http.route(
        f"{PAGE}/<int:transfer_id>/decline",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_share_transfer_decline(self, transfer_id, decline_reason="", **kwargs):
        """Decline the shares that are offered."""
        reason = decline_reason.strip()[:2000]
        return self._step(transfer_id, "partner_to_id", lambda transfer: transfer._decline(reason))

    @http.route(
        f"{PAGE}/<int:transfer_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_share_transfer_withdraw(self, transfer_id, **kwargs):
        """Withdraw what the receiver has not accepted yet."""

        def withdraw(transfer):
            transfer._check_state("submitted")
            transfer._cancel()

        return self._step(transfer_id, "partner_from_id", withdraw)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_own_domain(self):
        """Return what finds the user's own transfers, and offers only once they are signed."""
        me = request.env.user.partner_id.id
        return Domain("partner_from_id", "=", me) | (
            Domain("partner_to_id", "=", me) & Domain("giver_signed_at", "!=", False)
        )

    def _get_own_transfers(self):
        """Return the newest transfers of the user."""
        # Found by the own partner: employees are members too, without a right on transfers; and
        # each party may know the name of the other.
        return request.env["coop.share.transfer"].sudo().search(self._get_own_domain(), limit=80)

    def _get_holdings(self):
        return request.env["coop.share.transfer"]._get_own_holdings(request.env.user)

    def _is_for_me(self, transfer):
        """Whether a transfer waits for the signature of the user."""
        return (
            transfer.state == "submitted" and transfer.partner_to_id == request.env.user.partner_id
        )

    def _get_transfer(self, transfer_id):
        """Return a transfer of the user, in sudo, or answer that there is none."""
        if not 0 < transfer_id <= MAX_INTEGER:
            raise NotFound()
        domain = self._get_own_domain() & Domain("id", "=", transfer_id)
        transfer = request.env["coop.share.transfer"].sudo().search(domain)  # as above
        if not transfer:
            raise NotFound()
        return transfer

    def _step(self, transfer_id, side, step):
        """Let one of the two parties go a step; what stands in the way is shown on the page.

        :param str side: the field of the party that may go this step
        """
        transfer = self._get_transfer(transfer_id)
        if transfer[side] != request.env.user.partner_id:
            raise NotFound()
        try:
            with request.env.cr.savepoint():
                step(transfer)
        except UserError as error:
            return self._render_transfer(transfer, error=str(error))
        return request.redirect(f"{PAGE}/{transfer.id}")

    def _render_transfer(self, transfer, **values):
        me = request.env.user.partner_id
        values |= self._prepare_portal_layout_values() | {
            "page_name": "share_transfer",
            "transfer": transfer,
            "me": me,
            "can_accept": self._is_for_me(transfer),
            "can_withdraw": transfer.state == "submitted" and transfer.partner_from_id == me,
        }
        return request.render("smart_membership.portal_share_transfer", values)

    def _render_transfer_form(self, form, errors):
        values = self._prepare_portal_layout_values() | {
            "page_name": "share_transfer_form",
            "holdings": self._get_holdings(),
            "form": form,
            "errors": errors,
        }
        return request.render("smart_membership.portal_share_transfer_form", values)

    def _read_transfer_form(self, form):
        """Return what the form says, and what is wrong with it by field."""
        env = request.env
        errors = {}
        held = {str(row["share_class"].id): row["share_class"] for row in self._get_holdings()}
        share_class = held.get(form["share_class_id"])
        if not share_class:
            errors["share_class_id"] = env._("Choose which of your shares you hand over.")
        quantity = self._read_number(form["quantity"])
        if not quantity:
            errors["quantity"] = env._("Fill in a whole number of shares, 1 or more.")
        price = self._read_price(form["price_agreed"])
        if price is None:
            errors["price_agreed"] = env._("Fill in an amount such as 50 or 50.00, or nothing.")
        if not form["agree"]:
            errors["agree"] = env._("Tick the box to sign.")
        receiver = None
        if share_class:
            receiver = env["coop.share.transfer"]._find_receiver(
                share_class.company_id, self._read_number(form["member_number"]), form["receiver"]
            )
        if share_class and not receiver:
            errors["receiver"] = env._(
                "No member has this number together with this name or e-mail address. Ask the "
                "receiver to read them to you from the page My membership."
            )
        values = {
            "share_class": share_class,
            "receiver": receiver,
            "quantity": quantity,
            "price_agreed": price,
            "reason": form["reason"],
        }
        return values, errors

    def _read_number(self, text):
        """Return a whole number from 1 to what the database holds, else 0."""
        number = int(text) if re.fullmatch(r"[0-9]{1,10}", text) else 0
        return number if number <= MAX_INTEGER else 0

    def _read_price(self, text):
        """Return an amount, 0 for nothing, None for what is none."""
        try:
            price = Decimal(text.replace(" ", "").replace(",", ".") or 0)
        except InvalidOperation:
            return None
        if not price.is_finite() or not 0 <= price < 10**9:
            return None
        return float(price)
