import uuid

from werkzeug.exceptions import NotFound

from odoo import fields, http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_activity_billing.lib.typed_numbers import decimals_of
from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..models.coop_purchase_campaign_portal import PAGE
from .portal_purchase import PurchasePortal

FORM_FIELDS = ("token", "activity_id", "product_id", "description", "quantity", "every", "month")
MOST_NEEDS = 200
LARGEST_QUANTITY = 1_000_000


class PurchaseNeedPortal(PurchasePortal):
    """Members say what they need and how often, before there is a campaign for it."""

    @http.route(f"{PAGE}/needs", type="http", auth="user", website=True, readonly=True)
    def portal_purchase_needs(self, **kwargs):
        """List what the user needs."""
        values = self._prepare_purchase_values("purchase_needs") | {
            "needs": self._needs().search(self._get_own_needs_domain(), limit=MOST_NEEDS),
            "can_need": bool(self._get_need_company()),
            "notice": kwargs.get("done"),
        }
        return request.render("smart_purchasing_central.portal_purchase_needs", values)

    @http.route(
        f"{PAGE}/needs/new", type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    def portal_purchase_need_form(self, **kwargs):
        """Show the form for a new need."""
        form = dict.fromkeys(FORM_FIELDS, "") | {
            "token": str(uuid.uuid4()),
            "every": "once",
            "month": f"{fields.Date.context_today(request.env.user):%Y-%m}",
        }
        return self._render_need_form(form, {})

    @http.route(f"{PAGE}/needs/new", type="http", auth="user", website=True, methods=["POST"])
    def portal_purchase_need_state(self, **kwargs):
        """Write a need down; nothing typed is lost."""
        form = {name: typed_text(kwargs.get(name))[:200] for name in FORM_FIELDS}
        form["token"] = self._read_token(form["token"])
        values, errors = self._read_need(form)
        if errors:
            return self._render_need_form(form, errors)
        request.env["coop.purchase.need"]._state_need(form["token"], values)
        return request.redirect(f"{PAGE}/needs?done=needed")

    @http.route(
        f"{PAGE}/needs/<int:need_id>/end", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_purchase_need_end(self, need_id, **kwargs):
        """Say that something is not needed any more."""
        need = self._find_own(self._needs(), self._get_own_needs_domain(), need_id)
        need._end_need()
        return request.redirect(f"{PAGE}/needs?done=ended")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _needs(self):
        # Found by the own partner only: members have no right on needs.
        return request.env["coop.purchase.need"].sudo()

    def _get_own_needs_domain(self):
        own = Domain("partner_id", "=", request.env.user.partner_id.id)
        return own & Domain("state", "=", "active")

    def _get_need_company(self):
        """Return the company of which the user is a member, the own one first; or none."""
        user = request.env.user
        found = user.partner_id._get_member_companies()
        return user.company_id.sudo() & found or found[:1]

    def _search_products(self):
        # What the purchasing centre offers to its members, by name and unit.
        company = self._get_need_company()
        return (
            request.env["product.product"]
            .sudo()
            .search(
                [
                    ("in_purchasing_centre", "=", True),
                    ("company_id", "in", (False, company.id)),
                ]
            )
        )

    def _read_need(self, form):
        """Return what the form says, and what is wrong with it by field."""
        env, errors = request.env, {}
        company = self._get_need_company()
        if not company:
            raise NotFound()
        product = self._search_products().filtered(
            lambda one: one.id == typed_id(form["product_id"])
        )
        if not product and not form["description"]:
            errors["description"] = env._("Choose a product, or say what you need.")
        quantity = self._read_decimal(form["quantity"])
        if not quantity or quantity >= LARGEST_QUANTITY or decimals_of(quantity) > 2:
            errors["quantity"] = env._("Fill in how much you need: more than zero, as 2 or 2.5.")
        every = dict(env["coop.purchase.need"]._fields["every"].selection)
        if form["every"] not in every:
            errors["every"] = env._("Choose how often.")
        month = self._read_date(f"{form['month']}-01")
        if not month or not 2000 < month.year < 2100:
            errors["month"] = env._("Choose the month in which you need it first.")
        activity = (
            self._campaigns()
            ._get_activities(env.user.partner_id)
            .filtered(
                lambda one: one.id == typed_id(form["activity_id"]) and one.company_id == company
            )
        )
        values = {
            "company_id": company.id,
            "activity_id": activity.id,
            "product_id": product.id,
            "description": form["description"],
            "quantity": float(quantity or 0),
            "every": form["every"],
            "date_from": month,
        }
        return values, errors

    def _render_need_form(self, form, errors):
        company = self._get_need_company()
        if not company:
            raise NotFound()
        Need = request.env["coop.purchase.need"]
        values = self._prepare_purchase_values("purchase_need_form") | {
            "form": form,
            "errors": errors,
            "products": self._search_products(),
            "activities": self._campaigns()
            ._get_activities(request.env.user.partner_id)
            .filtered(lambda one: one.company_id == company),
            "periods": Need._fields["every"]._description_selection(request.env),
        }
        return request.render(
            "smart_purchasing_central.portal_purchase_need_form",
            values,
            status=422 if errors else 200,
        )
