import uuid

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..models.coop_purchase_campaign_portal import PAGE
from .portal_purchase import PurchasePortal

QUANTITIES = ("wanted", "tolerance", "minimum_acceptable")
NUMBERS = (*QUANTITIES, "maximum_price")


class PurchasePledgePortal(PurchasePortal):
    """The form in which a member pledges, and what it would come to while one types."""

    @http.route(
        f"{PAGE}/<int:campaign_id>/pledge",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_purchase_form(self, campaign_id, activity=None, **kwargs):
        """Show what one payer of the user pledges, to be changed."""
        campaign = self._get_campaign(campaign_id)
        payer = self._get_payer(campaign, activity)
        if not campaign._can_pledge():
            return request.redirect(f"{PAGE}/{campaign.id}")
        pledge = campaign._get_pledge(request.env.user.partner_id, payer)
        return self._render_pledge_form(campaign, payer, pledge, self._fill_form(pledge), {})

    @http.route(
        f"{PAGE}/<int:campaign_id>/pledge",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_purchase_pledge(self, campaign_id, activity=None, **kwargs):
        """Pledge what was typed; nothing typed is lost."""
        campaign = self._get_campaign(campaign_id)
        payer = self._get_payer(campaign, activity)
        person = request.env.user.partner_id
        wishes, errors = self._read_wishes(campaign, kwargs)
        error = None
        if not errors:
            try:
                with request.env.cr.savepoint():
                    campaign._pledge(
                        person,
                        payer,
                        campaign.antenna_ids.filtered(
                            lambda one: one.id == typed_id(kwargs.get("antenna_id"))
                        ),
                        wishes,
                        token=self._read_token(kwargs.get("token")),
                        known=typed_text(kwargs.get("known"))[:40],
                    )
                return request.redirect(f"{PAGE}/{campaign.id}?done=pledged")
            except UserError as caught:
                error = str(caught)
        pledge = campaign._get_pledge(person, payer)
        form = {name: typed_text(value)[:40] for name, value in kwargs.items()}
        return self._render_pledge_form(campaign, payer, pledge, form, errors, error)

    @http.route(f"{PAGE}/preview", type="jsonrpc", auth="user", website=True, readonly=True)
    def portal_purchase_preview(self, campaign_id=None, activity=None, form=None, **kwargs):
        """Tell what a pledge would come to and what is missing with it, as things stand now."""
        campaign = self._get_campaign(typed_id(campaign_id))
        payer = self._get_payer(campaign, activity)
        wishes, errors = self._read_wishes(campaign, form if isinstance(form, dict) else {})
        pledge = campaign._get_pledge(request.env.user.partner_id, payer)
        return campaign._preview(pledge, wishes) | {"complete": not errors}

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_payer(self, campaign, text):
        """Return the Activity that pays, empty for private use; others get no answer."""
        activities, private = self._get_payers(campaign)
        payer = activities.filtered(lambda one: one.id == typed_id(text))
        if not payer and (str(text or "0") != "0" or not private):
            raise NotFound()
        return payer

    def _read_wishes(self, campaign, form):
        """Return what was typed by campaign product, and what is wrong by field."""
        wishes, errors = {}, {}
        for product in campaign.product_ids:
            wish = {}
            for name in NUMBERS:
                field = f"{name}_{product.id}"
                wish[name], error = self._read_wished(form.get(field))
                if error:
                    errors[field] = error
            wish["substitute_allowed"] = form.get(f"substitute_{product.id}") == "1"
            if not wish["wanted"] and not wish["tolerance"]:
                continue
            try:
                wishes[product] = product._check_wish(wish)
            except UserError as error:
                errors.setdefault(f"wanted_{product.id}", str(error))
        return wishes, errors

    def _read_wished(self, text):
        """Return the number that was typed, nothing for nothing, and what is wrong with it."""
        text = typed_text(text)
        if not text:
            return 0, None
        number = self._read_decimal(text)
        if number is None:
            return 0, request.env._("Fill in a number, for example 2.5, or nothing.")
        return number, None

    def _fill_form(self, pledge):
        """Return what the form shows of a pledge."""
        env = request.env
        lang = env["res.lang"]._get_data(code=env.lang)
        form = {"antenna_id": str(pledge.antenna_id.id or "")}
        for line in pledge.line_ids:
            number = line.campaign_product_id.id
            for name in NUMBERS:
                text = f"{line[name]:.10f}".rstrip("0").rstrip(".") if line[name] else ""
                form[f"{name}_{number}"] = text.replace(".", lang.decimal_point)
            form[f"substitute_{number}"] = "1" if line.substitute_allowed else ""
        return form

    def _render_pledge_form(self, campaign, payer, pledge, form, errors, error=None):
        wishes, _errors = self._read_wishes(campaign, form)
        if not form.get("antenna_id"):
            own = payer.antenna_id or campaign._get_home(request.env.user.partner_id)
            form["antenna_id"] = str((own & campaign.antenna_ids).id or "")
        values = self._prepare_campaign_values(campaign, "purchase_form") | {
            "payer": payer,
            "pledge": pledge,
            "form": form,
            "errors": errors,
            "error": error,
            "preview": campaign._preview(pledge, wishes),
            "token": str(uuid.uuid4()),
            # Who was told of a change in another window has read it: then what there is counts.
            "known": form["known"] if errors and "known" in form else pledge.token or "",
        }
        return request.render(
            "smart_purchasing_central.portal_purchase_form",
            values,
            status=422 if errors or error else 200,
        )
