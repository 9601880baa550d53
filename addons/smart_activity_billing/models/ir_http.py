from werkzeug.exceptions import abort

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Answer a form that is too large with a page that says so, before its body is read."""
        super()._pre_dispatch(rule, args)
        too_large_page = rule.endpoint.routing.get("too_large_page")
        limit = rule.endpoint.routing.get("max_content_length")
        if too_large_page and limit and (request.httprequest.content_length or 0) > limit:
            response = request.render(too_large_page, {"page_name": "coop_activity"}, status=413)
            response.flatten()
            abort(response)

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """Send the texts of the portal's scripts to the browser in the user's language, too."""
        return [*super()._get_translation_frontend_modules_name(), "smart_activity_billing"]
