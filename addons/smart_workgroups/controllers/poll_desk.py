import csv
import io

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER, typed_text

DESK = "/governance/polls"


class PollDesk(http.Controller):
    """Where a vote is opened and counted: what is secret here is on a page and nowhere else.

    No form of the back office: it would keep the words of the scrutineers in the database.
    """

    @http.route(
        f"{DESK}/<int:poll_id>/open", type="http", auth="user", methods=["GET"], website=True
    )
    def poll_open_page(self, poll_id, **kwargs):
        """Ask whether all scrutineers are here."""
        return self._render("smart_workgroups.poll_open", self._get_poll(poll_id))

    @http.route(
        f"{DESK}/<int:poll_id>/open", type="http", auth="user", methods=["POST"], website=True
    )
    def poll_open(self, poll_id, **kwargs):
        """Open the vote, and show each scrutineer the own words, this once."""
        poll = self._get_poll(poll_id)
        try:
            with request.env.cr.savepoint():
                shares = poll._open()
        except UserError as error:
            return self._render("smart_workgroups.poll_open", poll, error=str(error))
        return self._render("smart_workgroups.poll_words", poll, shares=shares)

    @http.route(
        f"{DESK}/<int:poll_id>/tally", type="http", auth="user", methods=["GET"], website=True
    )
    def poll_tally_page(self, poll_id, **kwargs):
        """Ask the scrutineers for their words."""
        return self._render("smart_workgroups.poll_tally", self._get_poll(poll_id))

    @http.route(
        f"{DESK}/<int:poll_id>/tally", type="http", auth="user", methods=["POST"], website=True
    )
    def poll_tally(self, poll_id, **kwargs):
        """Open the ballots and count them."""
        poll = self._get_poll(poll_id)
        shares = [
            typed_text(text)[:1000]
            for text in request.httprequest.form.getlist("words")[: len(poll.scrutineer_ids)]
        ]
        try:
            with request.env.cr.savepoint():
                poll._tally(shares)
        except UserError as error:
            return self._render("smart_workgroups.poll_tally", poll, error=str(error))
        return request.redirect(f"/odoo/secret-votes/{poll.id}")

    @http.route(f"{DESK}/<int:poll_id>/roll.csv", type="http", auth="user", readonly=True)
    def poll_roll(self, poll_id, **kwargs):
        """Give the frozen roll: for another voting tool, and after the closing with the marks.

        While a vote is open it tells nothing of who voted.
        """
        poll = self._get_poll(poll_id)
        if poll.state == "draft":
            raise NotFound()
        marked = poll.state in ("closed", "tallied", "published", "annulled")
        # The roll is for scrutineers and secretary; nobody has a right on its rows.
        rows = request.env["coop.poll.roll"].sudo().search([("poll_id", "=", poll.id)])
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(["number", "name", "email", "category", *(["mark"] if marked else [])])
        for row in rows:
            mark = [row.state] if marked else []
            partner = row.partner_id
            writer.writerow(
                [row.number, *map(_plain, (partner.name, partner.email, row.category)), *mark]
            )
        return request.make_response(
            text.getvalue(),
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", http.content_disposition(f"{poll.name}-roll.csv")),
                ("Cache-Control", "no-store"),
            ],
        )

    @http.route(f"{DESK}/<int:poll_id>/belenios.txt", type="http", auth="user", methods=["GET"])
    def poll_belenios(self, poll_id, **kwargs):
        """Give the frozen roll as Belenios takes it; the vote says who took it, and when."""
        poll = self._get_poll(poll_id)
        if poll.state == "draft":
            raise NotFound()
        try:
            text, status = poll._export_belenios(), 200
        except UserError as error:
            text, status = str(error), 409
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store")]
        if status == 200:
            name = f"{poll.name}-voters.txt"
            headers.append(("Content-Disposition", http.content_disposition(name)))
        return request.make_response(text, headers, status=status)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_poll(self, poll_id):
        """Return a vote that the user prepares, or answer that there is none."""
        Poll = request.env["coop.poll"]
        try:
            Poll.check_access("write")
        except AccessError:
            raise NotFound() from None
        poll = Poll.search([("id", "=", poll_id)]) if 0 < poll_id <= MAX_INTEGER else Poll
        if not poll:
            raise NotFound()
        return poll

    def _render(self, template, poll, error=None, **values):
        response = request.render(template, {"poll": poll, "error": error, **values})
        response.headers["Cache-Control"] = "no-store"
        return response


def _plain(text):
    """Return text that no spreadsheet takes for a formula."""
    text = text or ""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
