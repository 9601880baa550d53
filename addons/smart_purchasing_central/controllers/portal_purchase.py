from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_activity_billing.controllers.portal_member import MemberPortal
from odoo.addons.smart_membership.lib.typed_text import typed_id

from ..models.coop_purchase_campaign_portal import PAGE

MOST_OPEN = 80


class PurchasePortal(MemberPortal):
    """Members see what is bought together, and what they pledge themselves."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "purchase_campaign_count" in counters:
            Campaign, person = self._campaigns(), request.env.user.partner_id
            values["purchase_campaign_count"] = Campaign.search_count(
                Campaign._get_visible_domain(person), limit=1
            )
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_purchases(self, page=1, **kwargs):
        """List what is open for pledges, and what the user has a part in."""
        Campaign, person = self._campaigns(), request.env.user.partner_id
        visible = Campaign._get_visible_domain(person)
        open_ones = Campaign.search(
            visible & Campaign._get_open_domain(), order="pledge_deadline, id", limit=MOST_OPEN
        )
        others = visible & Domain("id", "not in", open_ones.ids)
        campaigns, pager = self._search_page(Campaign, others, PAGE, page, order="id desc")
        values = self._prepare_purchase_values("purchases") | {
            "open_campaigns": open_ones,
            "own_campaigns": Campaign.search(Campaign._get_own_domain(person)),
            "campaigns": campaigns,
            "pager": pager,
            "mail_off": person.sudo().purchase_mail_off,  # one's own choice
            "notice": kwargs.get("done"),
        }
        return request.render("smart_purchasing_central.portal_purchases", values)

    @http.route(f"{PAGE}/<int:campaign_id>", type="http", auth="user", website=True, readonly=True)
    def portal_purchase(self, campaign_id, **kwargs):
        """Show one campaign, and what the user pledges in it."""
        campaign = self._get_campaign(campaign_id)
        return self._render_campaign(campaign, notice=kwargs.get("done"))

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/<int:campaign_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_purchase_withdraw(self, campaign_id, pledge_id=None, **kwargs):
        """Take a pledge of the user back."""
        campaign = self._get_campaign(campaign_id)
        pledge = self._search_own_pledges(campaign).filtered(
            lambda one: one.id == typed_id(pledge_id)
        )
        if not pledge:
            raise NotFound()
        try:
            with request.env.cr.savepoint():
                campaign._withdraw_pledge(pledge)
        except UserError as error:
            return self._render_campaign(campaign, error=str(error))
        return request.redirect(f"{PAGE}/{campaign.id}?done=withdrawn")

    @http.route(f"{PAGE}/mails", type="http", auth="user", website=True, methods=["POST"])
    def portal_purchase_mails(self, off=None, **kwargs):
        """End the digests of campaigns, or get them again."""
        # One's own choice only.
        request.env.user.partner_id.sudo().purchase_mail_off = off == "1"
        return request.redirect(f"{PAGE}?done=mails")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _campaigns(self):
        # Found by what is open to the user only: members have no right on campaigns.
        return request.env["coop.purchase.campaign"].sudo()

    def _get_campaign(self, campaign_id):
        """Return a campaign that the user may see, or answer that there is none."""
        Campaign = self._campaigns()
        visible = Campaign._get_visible_domain(request.env.user.partner_id)
        return self._find_own(Campaign, visible, campaign_id)

    def _search_own_pledges(self, campaign):
        """Return the pledges of the user in a campaign, with superuser rights."""
        # Found by the own partner and the own Activities only.
        Pledge = request.env["coop.purchase.pledge"].sudo()
        own = Pledge._get_own_domain(request.env.user.partner_id)
        return Pledge.search(
            own & Domain("campaign_id", "=", campaign.id) & Domain("state", "!=", "withdrawn"),
            order="id",
        )

    def _get_payers(self, campaign):
        """Return the Activities of the user that may pledge, and whether the user may privately."""
        person = request.env.user.partner_id
        activities = campaign._get_activities(person).filtered(
            lambda one: one.company_id == campaign.company_id
        )
        private = bool(campaign.private_limit and campaign._get_members(person))
        return activities, private

    def _get_purchase_zone(self):
        """Return the name of the time zone in which the user reads."""
        user = request.env.user
        # The seat of the cooperative stands for who never chose one.
        return user.tz or user.company_id.sudo().partner_id.tz or "Europe/Brussels"

    def _prepare_purchase_values(self, page_name):
        return self._prepare_portal_layout_values() | {
            "page_name": page_name,
            "zone": self._get_purchase_zone(),
        }

    def _prepare_campaign_values(self, campaign, page_name):
        return self._prepare_purchase_values(page_name) | {
            "campaign": campaign,
            "currency": campaign.currency_id,
            "status": campaign._get_member_status(),
        }

    def _render_campaign(self, campaign, error=None, notice=None):
        activities, private = self._get_payers(campaign)
        pledges = self._search_own_pledges(campaign)
        charges = campaign._get_portal_charges(pledges)
        demand = campaign._get_demand()
        values = self._prepare_campaign_values(campaign, "purchase_campaign") | {
            "pledges": pledges,
            "charged": {pledge: sum(charges[pledge].values()) for pledge in pledges},
            "trails": {
                pledge: pledge._describe_changes(request.env.user.partner_id) for pledge in pledges
            },
            "activities": activities,
            "private": private,
            "can_pledge": campaign._can_pledge(),
            "hints": {
                product: product._get_hints(*demand[product]) for product in campaign.product_ids
            },
            "demand": demand,
            "explained": campaign._is_explained_to(request.env.user.partner_id),
            "error": error,
            "notice": notice,
        }
        return request.render(
            "smart_purchasing_central.portal_purchase", values, status=422 if error else 200
        )
