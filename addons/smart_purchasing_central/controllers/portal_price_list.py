import base64

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_text

from ..models.coop_supplier_offer_portal import PAGE
from ..models.coop_supplier_price_list import MAX_BYTES
from .portal_offer import OfferPortal

# The file, and room for the rest of the form.
MAX_FORM_BYTES = MAX_BYTES + 256 * 1024
# So many files of one offer are kept: more would only fill the disk.
MOST_FILES = 10
MOST_SHOWN = 200


class PriceListPortal(OfferPortal):
    """A supplier sends prices as a file: checked and compared first, then taken over."""

    @http.route(
        f"{PAGE}/<int:campaign_id>/prices",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_price_list(self, campaign_id, **kwargs):
        """Show what the check of the last file found."""
        campaign, offer = self._get_tender(campaign_id)
        if not offer.price_list_ids:
            return request.redirect(f"{PAGE}/{campaign.id}")
        return self._render_price_list(campaign, offer)

    @http.route(
        f"{PAGE}/<int:campaign_id>/prices",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=MAX_FORM_BYTES,
        too_large_page="smart_purchasing_central.portal_price_list_too_large",
    )
    def portal_price_list_upload(self, campaign_id, **kwargs):
        """Take a file in and check it; the offer stays as it is."""
        campaign, offer = self._get_tender(campaign_id)
        upload = request.httprequest.files.get("file")
        content = upload.read() if upload else b""
        if not content:
            return self._render_offer(
                campaign, offer, error=request.env._("Choose the file with your prices.")
            )
        try:
            with request.env.cr.savepoint():
                if not offer:
                    offer = offer._fill_in(campaign, request.env.user.partner_id, {}, {})
                campaign._check_tendering()
                offer._take_over()
                offer.price_list_ids[MOST_FILES - 1 :].unlink()
                offer.price_list_ids.create(
                    {
                        "offer_id": offer.id,
                        "file": base64.b64encode(content),
                        "file_name": typed_text(upload.filename)[:200],
                    }
                ).action_check()
        except UserError as error:
            return self._render_offer(campaign, offer, error=str(error))
        return request.redirect(f"{PAGE}/{campaign.id}/prices")

    @http.route(
        f"{PAGE}/<int:campaign_id>/prices/take",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_price_list_take(self, campaign_id, **kwargs):
        """Let the draft of the offer say what the last file says."""
        campaign, offer = self._get_tender(campaign_id)
        record = offer.price_list_ids[:1]
        if not record:
            raise NotFound()
        try:
            with request.env.cr.savepoint():
                campaign._check_tendering()
                record.action_take()
        except UserError as error:
            return self._render_price_list(campaign, offer, error=str(error))
        return request.redirect(f"{PAGE}/{campaign.id}?done=taken")

    def _render_price_list(self, campaign, offer, error=None):
        record = offer.price_list_ids[:1]
        values = self._prepare_purchase_values("offer_prices") | {
            "campaign": campaign,
            "offer": offer,
            "record": record,
            "findings": record.finding_ids[:MOST_SHOWN],
            "differences": record.line_ids[:MOST_SHOWN],
            "error": error,
        }
        return request.render(
            "smart_purchasing_central.portal_price_list", values, status=422 if error else 200
        )
