from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER

from ..models.coop_purchase_campaign_evaluate import AWARDED
from ..models.coop_purchase_campaign_portal import PAGE as PURCHASES
from ..models.coop_supplier_offer_portal import PAGE
from .offer_form import OfferForm
from .portal_purchase import PurchasePortal

NOTICES = ("saved", "submitted", "withdrawn", "taken", "opened_again")
MOST = 80


class OfferPortal(PurchasePortal):
    """A supplier offers for the campaigns to which it is invited, and follows its own offers."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "supplier_offer_count" in counters:
            Offer, person = self._offers(), self._get_salesperson()
            values["supplier_offer_count"] = self._campaigns().search_count(
                Offer._get_invited_domain(person)
            ) or Offer.search_count(Offer._get_own_domain(person))
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(PAGE, type="http", auth="user", website=True, readonly=True)
    def portal_offers(self, **kwargs):
        """List what the supplier may offer for, and what it offered."""
        Offer, person = self._offers(), self._get_salesperson()
        offers = Offer.search(Offer._get_own_domain(person), order="id desc", limit=MOST)
        live = offers.filtered(lambda offer: offer.state != "withdrawn")
        invited = self._campaigns().search(
            Offer._get_invited_domain(person), order="offer_deadline, id", limit=MOST
        )
        values = self._prepare_purchase_values("offers") | {
            "invited": invited - live.campaign_id,
            "offers": offers,
        }
        return request.render("smart_purchasing_central.portal_offers", values)

    @http.route(
        f"{PAGE}/<int:campaign_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_offer(self, campaign_id, **kwargs):
        """Show the offer of the supplier: a form while it is a draft."""
        campaign, offer = self._get_tender(campaign_id)
        return self._render_offer(campaign, offer, notice=kwargs.get("done"))

    @http.route(
        f"{PAGE}/<int:campaign_id>/template.xlsx",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_offer_template(self, campaign_id, **kwargs):
        """Download what is bought as a table to fill in."""
        _campaign, offer = self._get_tender(campaign_id)
        if not offer:
            raise NotFound()
        return request.make_response(
            offer._make_template(),
            headers=[
                (
                    "Content-Type",
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                ),
                ("Content-Disposition", f'attachment; filename="{offer.name}.xlsx"'),
            ],
        )

    @http.route(
        f"{PURCHASES}/<int:campaign_id>/choice",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_purchase_choice(self, campaign_id, **kwargs):
        """Explain to a member why these suppliers were chosen."""
        if not 0 < campaign_id <= MAX_INTEGER:
            raise NotFound()
        Campaign, person = self._campaigns(), request.env.user.partner_id
        explained = Domain(Campaign._get_explained_domain(person))
        campaign = Campaign.search(explained & Domain("id", "=", campaign_id))
        if not campaign:
            raise NotFound()
        values = self._prepare_purchase_values("purchase_part") | {
            "campaign": campaign,
            "part_name": request.env._("Why these suppliers"),
            "explanation": campaign._get_explanation(),
        }
        return request.render("smart_purchasing_central.portal_purchase_choice", values)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/<int:campaign_id>", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_offer_save(self, campaign_id, operation="save", **post):
        """Keep what was typed as a draft, or hand it in; nothing typed is lost."""
        campaign, offer = self._get_tender(campaign_id)
        form = OfferForm(campaign, offer, post)
        if form.errors:
            return self._render_offer(campaign, offer, form)
        try:
            with request.env.cr.savepoint():
                person = self._get_salesperson()
                offer = offer._fill_in(campaign, person, form.terms, form.lines)
                if operation == "submit":
                    offer._submit()
        except UserError as error:
            form.errors["all"] = str(error)
            return self._render_offer(campaign, offer, form)
        done = "submitted" if operation == "submit" else "saved"
        return request.redirect(f"{PAGE}/{campaign.id}?done={done}")

    @http.route(
        f"{PAGE}/<int:campaign_id>/change",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_offer_change(self, campaign_id, **kwargs):
        """Open the own sealed offer again, to change it before the deadline."""
        return self._step_offer(campaign_id, lambda offer: offer._take_back(), "opened_again")

    @http.route(
        f"{PAGE}/<int:campaign_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_offer_withdraw(self, campaign_id, **kwargs):
        """Give the own offer up before it is opened."""
        return self._step_offer(campaign_id, lambda offer: offer._withdraw(), "withdrawn")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _offers(self):
        # Found by the company of the user: suppliers have no right on offers.
        return request.env["coop.supplier.offer"].sudo()

    def _get_salesperson(self):
        """Return who is here for a supplier, nobody of the office.

        Who may edit contacts would else be of any supplier's company.
        """
        person = request.env.user.partner_id
        return person[:0] if request.env.user._is_internal() else person

    def _get_tender(self, campaign_id):
        """Return a campaign and the user's offer for it, or answer that there is none."""
        if not 0 < campaign_id <= MAX_INTEGER:
            raise NotFound()
        Offer, person = self._offers(), self._get_salesperson()
        campaign = self._campaigns().browse(campaign_id).exists()
        offer = Offer._find_own(campaign, person) if campaign else Offer
        if not offer and not self._is_invited(campaign):
            raise NotFound()
        return campaign, offer

    def _is_invited(self, campaign):
        """Tell whether the user's company may offer at this moment."""
        invited = self._offers()._get_invited_domain(self._get_salesperson())
        return bool(campaign and campaign.search_count(invited & Domain("id", "=", campaign.id)))

    def _step_offer(self, campaign_id, step, done):
        campaign, offer = self._get_tender(campaign_id)
        if not offer:
            raise NotFound()
        try:
            with request.env.cr.savepoint():
                step(offer)
        except UserError as error:
            return self._render_offer(campaign, offer, error=str(error))
        return request.redirect(f"{PAGE}/{campaign.id}?done={done}")

    def _render_offer(self, campaign, offer, form=None, notice=None, error=None):
        is_open = self._is_invited(campaign)
        form = form or OfferForm(campaign, offer)
        editable = is_open and (not offer or offer.state == "draft")
        values = self._prepare_purchase_values("offer") | {
            "campaign": campaign,
            "offer": offer,
            "form": form,
            "errors": form.errors,
            "error": error or form.errors.get("all"),
            "editable": editable,
            "is_open": is_open,
            "status": offer._get_portal_status() if offer else None,
            "awarded": campaign.state in AWARDED,
            "notice": notice if notice in NOTICES else None,
        }
        return request.render(
            "smart_purchasing_central.portal_offer",
            values,
            status=422 if form.errors or error else 200,
        )
