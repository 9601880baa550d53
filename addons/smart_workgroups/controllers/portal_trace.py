from werkzeug.exceptions import NotFound

from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.smart_activity_billing.controllers.portal_member import MemberPortal

from ..lib.export_rows import to_csv, to_json


class TracePortal(MemberPortal):
    """What the pages share on which members read and do what concerns all of them.

    Members have no right on these models: records are found by domains that say what somebody may
    see, with superuser rights.
    """

    def _get_member_companies(self):
        """Return the companies of which the user is a member, as superuser."""
        return request.env.user.partner_id._get_member_companies()

    def _go_own_step(self, step, show, url):
        """Let the user go a step with superuser rights; what stands in the way is shown.

        Whoever calls this has checked that the user may.

        :param step: called without arguments
        :param show: called with the ``error``, renders the page
        :param str url: where the step leads
        """
        try:
            with request.env.cr.savepoint():
                step()
        except AccessError:
            raise NotFound() from None
        except UserError as error:
            return show(error=str(error))
        return request.redirect(url)

    def _send_rows(self, name, columns, rows, form):
        """Return rows as a file of this form, ``csv`` or ``json``."""
        if form == "csv":
            body, kind = to_csv(columns, rows), "text/csv"
        elif form == "json":
            body, kind = to_json(rows), "application/json"
        else:
            raise NotFound()
        return request.make_response(
            body,
            headers=[
                ("Content-Type", f"{kind}; charset=utf-8"),
                ("Content-Disposition", f'attachment; filename="{name}.{form}"'),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
