from http import HTTPStatus

from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.exceptions import MissingError, UserError
from odoo.http import request

from .portal_service import ID, ServicePortal

PAGE = "/my/data"
# An archive costs more than a page: so many an hour are plenty.
MOST_EXPORTS = 5


class MyDataPortal(ServicePortal):
    """What is held on who is logged in, and what they agreed to. No page takes a person's id."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "my_data_count" in counters:
            # The card is for everybody who logs in: the number itself says nothing.
            values["my_data_count"] = 1
        return values

    @http.route(PAGE, type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def portal_my_data(self, saved=None, **_parameters):
        """Show what can be done with the own data, and what was agreed to."""
        return self._render_my_data(saved=bool(saved))

    @http.route(f"{PAGE}/export", type="http", auth="user", website=True, methods=["POST"])
    def portal_my_data_export(self, **_parameters):
        """Download all that is held on who is logged in."""
        partner = request.env.user.partner_id
        if not request.env["coop.request.limit"]._take("my-data", partner.id, MOST_EXPORTS):
            error = request.env._("You downloaded your data several times: try again in an hour.")
            return self._render_my_data(error=error, status=HTTPStatus.TOO_MANY_REQUESTS)
        return self._send_archive(partner, request.env.user.company_ids)

    @http.route(
        f"{PAGE}/consents/{ID % 'text_id'}/give",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_consent_give(self, text_id, **_parameters):
        """Agree to a text."""
        choice = self._get_choice(text_id)
        try:
            self._consents()._give(choice["text"], choice["membership"])
        except UserError as error:
            return self._render_my_data(error=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return request.redirect(f"{PAGE}?saved=1#consents")

    @http.route(
        f"{PAGE}/consents/{ID % 'text_id'}/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_consent_withdraw(self, text_id, **_parameters):
        """Take back what was agreed to on the subject of a text; without consent do nothing."""
        choice = self._get_choice(text_id)
        try:
            if choice["given"]:
                choice["given"]._take_back(choice["membership"])
        except UserError as error:
            return self._render_my_data(error=str(error), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        return request.redirect(f"{PAGE}?saved=1#consents")

    @http.route(f"/coop/personal-data/{ID % 'partner_id'}", type="http", auth="user")
    def personal_data_of(self, partner_id, **_parameters):
        """Download all that is held on a contact, for membership managers."""
        partner = request.env["res.partner"].browse(partner_id)
        try:
            request.env["coop.personal.data"]._check_manager(partner)
        except MissingError:
            raise NotFound() from None
        return self._send_archive(partner, request.env.user.company_ids)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _send_archive(self, partner, companies):
        archive, counts = request.env["coop.personal.data"]._export(partner, companies)
        company = request.env.company
        request.env["coop.personal.data.log"]._note("export", partner, company, counts)
        length = archive.seek(0, 2)
        archive.seek(0)
        response = request.make_response(
            wrap_file(request.httprequest.environ, archive),
            headers=[
                ("Content-Type", "application/zip"),
                ("Content-Length", length),
                ("Content-Disposition", http.content_disposition(f"data-{partner.id}.zip")),
                ("Cache-Control", "no-store"),
            ],
        )
        response.direct_passthrough = True
        return response

    def _consents(self):
        # sudo: members have no right on consents; these pages reach their own only.
        return request.env["coop.consent"].sudo()

    def _get_choices(self):
        return self._consents()._get_choices(self._get_own_memberships().sudo())  # as above

    def _get_choice(self, text_id):
        """Return the own choice about a text.

        :raise NotFound: there is none
        """
        for choice in self._get_choices():
            if choice["text"].id == text_id:
                return choice
        raise NotFound()

    def _render_my_data(self, saved=False, error=None, status=HTTPStatus.OK):
        values = self._prepare_portal_layout_values() | {
            "page_name": "coop_my_data",
            "partner": request.env.user.partner_id,
            "choices": self._get_choices(),
            "saved": saved,
            "error": error,
        }
        return request.render("smart_membership.portal_my_data", values, status=int(status))
