from odoo.http import request, route

from odoo.addons.web.controllers.binary import Binary

DOCUMENT = "coop.member.document"


def _is_readonly(controller, rule, args):
    """Whether a download only reads: a look at a member document is noted, which writes."""
    return DOCUMENT not in (args.get("model"), request.httprequest.args.get("model"))


class DocumentBinary(Binary):
    """Downloads of the core, in a transaction that can note who looked."""

    @route(readonly=_is_readonly)
    def content_common(self, *args, **kwargs):
        """Serve a file."""
        return super().content_common(*args, **kwargs)

    @route(readonly=_is_readonly)
    def content_image(self, *args, **kwargs):
        """Serve an image."""
        return super().content_image(*args, **kwargs)
