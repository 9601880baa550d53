from werkzeug.exceptions import abort

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Answer a form beyond the limit of its route with the page that the route names."""
        super()._pre_dispatch(rule, args)
        page = rule.endpoint.routing.get("too_large_page")
        limit = rule.endpoint.routing.get("max_content_length")
        if page and limit and (request.httprequest.content_length or 0) > limit:
            response = request.render(page, status=413)
            response.flatten()
            abort(response)
