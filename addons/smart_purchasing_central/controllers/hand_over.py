from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.smart_activity_billing.lib.typed_numbers import typed_number
from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER, typed_id, typed_text

from ..models.coop_purchase_campaign_delivery import DELIVERING

PAGE = "/coop/hand-over"
BUYER = "smart_purchasing_central.group_purchasing_user"
# What else can be noted of an allocation, by the button of the form.
NOTES = {
    "return": lambda one, quantity, reason: one._bring_back(quantity, reason),
    "empties": lambda one, quantity, reason: one._bring_empties(quantity, reason),
    "damage": lambda one, quantity, reason: one._damage(quantity, reason),
}


class HandOver(CustomerPortal):
    """The page at the pick-up point: scan who comes, hand over, note what is wrong. For staff."""

    @http.route(PAGE, type="http", auth="user", website=True, readonly=True)
    def hand_over_campaigns(self, **kwargs):
        """List the campaigns of which goods are handed over."""
        self._check_buyer()
        campaigns = request.env["coop.purchase.campaign"].search(
            [("state", "in", DELIVERING)], order="delivery_date desc, id desc"
        )
        return self._render("hand_over_campaigns", {"campaigns": campaigns})

    @http.route(f"{PAGE}/<int:campaign_id>", type="http", auth="user", website=True, readonly=True)
    def hand_over_people(self, campaign_id, code="", point="", **kwargs):
        """List who collects what at a pick-up point; a scanned code leads to the person."""
        campaign = self._get_handed_campaign(campaign_id)
        code = typed_text(code)[:40]
        values = {"campaign": campaign, "code": code, "point": typed_id(point)}
        if code:
            pledge = campaign._find_by_code(code)
            if pledge:
                return request.redirect(f"{PAGE}/{campaign.id}/{pledge.id}")
            values["error"] = request.env._(
                "%(code)s is no code of %(campaign)s: scan again, or choose from the list.",
                code=code,
                campaign=campaign.display_name,
            )
        return self._render("hand_over_people", values)

    @http.route(
        f"{PAGE}/<int:campaign_id>/<int:pledge_id>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def hand_over_person(self, campaign_id, pledge_id, **kwargs):
        """Show what one person collects."""
        campaign = self._get_handed_campaign(campaign_id)
        pledge = self._get_pledge(campaign, pledge_id)
        done = kwargs.get("done") == "1"
        return self._render_person(campaign, pledge, done=done)

    @http.route(
        f"{PAGE}/<int:campaign_id>/<int:pledge_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def hand_over_confirm(self, campaign_id, pledge_id, **kwargs):
        """Hand over what is typed; what is not possible is said, and nothing typed is lost."""
        campaign = self._get_handed_campaign(campaign_id)
        pledge = self._get_pledge(campaign, pledge_id)
        form = {name: typed_text(value)[:200] for name, value in kwargs.items()}
        try:
            with request.env.cr.savepoint():
                self._hand_over(campaign, pledge, form)
        except UserError as error:
            return self._render_person(campaign, pledge, form=form, error=str(error))
        return request.redirect(f"{PAGE}/{campaign.id}/{pledge.id}?done=1")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_buyer(self):
        if not request.env.user.has_group(BUYER):
            raise NotFound()

    def _get_handed_campaign(self, campaign_id):
        """Return a campaign that the user may hand over, or answer that there is none."""
        self._check_buyer()
        if not 0 < campaign_id <= MAX_INTEGER:
            raise NotFound()
        campaign = request.env["coop.purchase.campaign"].search(
            [("id", "=", campaign_id), ("state", "in", DELIVERING)]
        )
        if not campaign or not campaign.has_access("write"):
            raise NotFound()
        # Buyers have no rights on members and Activities, whose names are on the page.
        return campaign.sudo()

    def _get_pledge(self, campaign, pledge_id):
        if not 0 < pledge_id <= MAX_INTEGER:
            raise NotFound()
        pledge = request.env["coop.purchase.pledge"].sudo()  # of a campaign that was checked
        pledge = pledge.search([("campaign_id", "=", campaign.id), ("id", "=", pledge_id)])
        if not pledge:
            raise NotFound()
        return pledge

    def _get_rows(self, campaign, pledge):
        return campaign._get_collected().filtered(lambda one: one.pledge_id == pledge)

    def _hand_over(self, campaign, pledge, form):
        """Hand over, or take back, what the form says; empty fields are left as they are."""
        rows = self._get_rows(campaign, pledge)
        rows._take_turn()
        quantities = self._read_quantities(rows, form)
        if not quantities:
            raise UserError(request.env._("Fill in what is handed over or brought back."))
        chosen = rows.browse().union(*quantities)
        operation, reason = form.get("operation"), form.get("reason")
        if operation not in NOTES:
            chosen._hand_over(quantities, reason)
            return
        for one in chosen:
            NOTES[operation](one, quantities[one], reason)

    def _read_quantities(self, rows, form):
        """Return ``{allocation: quantity}`` of what is filled in.

        :raise UserError: not a quantity, or somebody acted since the page was shown
        """
        quantities = {}
        for one in rows:
            text = form.get(f"quantity_{one.id}", "")
            if not text or text == "0":
                continue
            if form.get(f"before_{one.id}") != self._get_stamp(one):
                raise UserError(
                    request.env._(
                        "%(allocation)s changed meanwhile: look at it again.",
                        allocation=one.display_name,
                    )
                )
            quantities[one] = self._read_quantity(one, text)
        return quantities

    def _read_quantity(self, allocation, text):
        lang = request.env["res.lang"]._get_data(code=request.env.lang)
        number = typed_number(text, lang.decimal_point)
        # What is no number is refused by the check of the step, with the product's name.
        return allocation._check_quantity(number)

    def _get_stamp(self, allocation):
        """Return what the page showed of an allocation: another state means that somebody acted."""
        values = (allocation.to_hand_over, allocation.handed_over, allocation.returned)
        return "/".join(f"{value:.3f}" for value in values)

    def _render_person(self, campaign, pledge, form=None, error=None, done=False):
        rows = self._get_rows(campaign, pledge)
        rows.invalidate_recordset()
        lang = request.env["res.lang"]._get_data(code=request.env.lang)
        return self._render(
            "hand_over_person",
            {
                "campaign": campaign,
                "pledge": pledge,
                "rows": [
                    {
                        "one": one,
                        "stamp": self._get_stamp(one),
                        "value": (form or {}).get(f"quantity_{one.id}")
                        if form
                        else f"{max(one.to_hand_over, 0):g}".replace(".", lang.decimal_point),
                    }
                    for one in rows
                ],
                "reason": (form or {}).get("reason", ""),
                "error": error,
                "done": done,
            },
        )

    def _render(self, template, values):
        values = self._prepare_portal_layout_values() | {"page_name": "hand_over"} | values
        return request.render(f"smart_purchasing_central.{template}", values)
