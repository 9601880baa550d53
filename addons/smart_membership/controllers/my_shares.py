from http import HTTPStatus

from odoo import fields, http
from odoo.exceptions import UserError, ValidationError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal

from .page_key import new_page_key, read_page_key

PAGE = "/my/shares"
MOST_MOVEMENTS = 500


class SharesPortal(CustomerPortal):
    """The own shares of who is logged in. No page takes an id of somebody's record."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "share_count" in counters:
            values["share_count"] = sum(
                quantity for quantity, _paid_up in self._get_own_positions().values()
            )
        return values

    @http.route(PAGE, type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def portal_my_shares(self, asked=None, **_parameters):
        """Show what the register says, what was asked for and what is to pay."""
        values = {"share_class": "", "quantity": "1"}
        return self._render_shares(values, asked=bool(asked))

    @http.route(PAGE, type="http", auth="user", website=True, methods=["POST"])
    def portal_ask_shares(self, page_key=None, share_class="", quantity="", **_parameters):
        """Ask for more shares: submitted at once, and once for each page."""
        typed = {"share_class": str(share_class)[:10], "quantity": str(quantity)[:10]}
        key, _seconds = read_page_key(page_key)
        errors = self._ask(key, typed)
        if errors:
            return self._render_shares(typed, errors, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return request.redirect(f"{PAGE}?asked=1")

    def _ask(self, key, typed):
        """Subscribe as typed; return ``{field: what is wrong}``."""
        env = request.env
        if not key:
            return {"page": env._("This page was open for too long. Please send it once more.")}
        chosen = self._get_open_classes().filtered(lambda one: str(one.id) == typed["share_class"])
        if not chosen:
            return {"share_class": env._("Please fill this in.")}
        if not typed["quantity"].isdecimal() or not 0 < int(typed["quantity"]) <= 100_000:
            return {"quantity": env._("Write a whole number of shares, from 1 up.")}
        # Members have no right to write subscriptions: this page makes their own, and only so.
        Subscription = env["coop.share.subscription"].sudo()
        try:
            with env.cr.savepoint():
                Subscription._ask(
                    f"{env.user.partner_id.id}-{key}",
                    env.user.partner_id,
                    env.company,
                    chosen,
                    int(typed["quantity"]),
                )
        except (UserError, ValidationError) as error:
            return {"quantity": str(error)}
        return {}

    # ------------------------------------------------------------------
    # What belongs to who is logged in
    # ------------------------------------------------------------------

    def _get_own_positions(self):
        """Return ``{share class id: (quantity, paid up)}`` of the user, by the register."""
        # The own holding may be known, without a right to read what others hold.
        Movement = request.env["coop.share.movement"].sudo()
        positions = Movement._positions_at(None, request.env.company, request.env.user.partner_id)
        partner_id = request.env.user.partner_id.id
        return {
            class_id: position
            for (holder_id, class_id), position in positions.items()
            if holder_id == partner_id
        }

    def _get_own_movements(self):
        # The extract of who is logged in: internal users read more by their rights, hence sudo
        # with a domain, the same for all.
        partner_id = request.env.user.partner_id.id
        return (
            request.env["coop.share.movement"]
            .sudo()
            .search(
                [
                    ("company_id", "=", request.env.company.id),
                    "|",
                    ("partner_from_id", "=", partner_id),
                    ("partner_to_id", "=", partner_id),
                ],
                order="number desc",
                limit=MOST_MOVEMENTS,
            )
        )

    def _get_own_subscriptions(self):
        # As above; the capital call and the bank account come with them.
        return (
            request.env["coop.share.subscription"]
            .sudo()
            .search(
                [
                    ("company_id", "=", request.env.company.id),
                    ("partner_id", "=", request.env.user.partner_id.id),
                ]
            )
        )

    def _get_own_membership(self):
        # As above.
        return (
            request.env["coop.membership"]
            .sudo()
            .search(
                [
                    ("company_id", "=", request.env.company.id),
                    ("partner_id", "=", request.env.user.partner_id.id),
                    ("state", "!=", "former"),
                ]
            )
        )

    def _get_open_classes(self):
        """Return the share classes that the user may ask for, none for who is no member."""
        category = self._get_own_membership().category_id
        # Classes and prices are public.
        classes = request.env["coop.share.class"].sudo()
        if not category:
            return classes
        return classes.search([("company_id", "=", request.env.company.id)]).filtered(
            lambda one: one.price > 0 and one._is_open_to(category)
        )

    # ------------------------------------------------------------------
    # Page
    # ------------------------------------------------------------------

    def _render_shares(self, typed, errors=None, asked=False, status=HTTPStatus.OK):
        positions = self._get_own_positions()
        subscriptions = self._get_own_subscriptions()
        calls = subscriptions.filtered(lambda one: one.state == "approved").capital_call_id
        values = self._prepare_portal_layout_values()
        values.update(
            page_name="shares",
            membership=self._get_own_membership(),
            # The names of the classes that one holds.
            holdings=[
                (share_class, *positions[share_class.id])
                for share_class in request.env["coop.share.class"].sudo().browse(positions)
            ],
            movements=self._get_own_movements(),
            partner=request.env.user.partner_id,
            subscriptions=subscriptions,
            calls=calls.filtered(lambda call: call.amount_residual > 0),
            today=fields.Date.context_today(request.env.user),
            share_classes=self._get_open_classes(),
            values=typed,
            errors=errors or {},
            asked=asked,
            page_key=new_page_key(),
        )
        response = request.render("smart_membership.portal_my_shares", values)
        response.status_code = status
        return response
