from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id

from .portal_governance import ID, MEETINGS, GovernancePortal


class MeetingPortal(GovernancePortal):
    """A meeting: its agenda, who comes, interpreters, and its frozen minutes."""

    @http.route(
        f"{MEETINGS}/{ID % 'meeting_id'}", type="http", auth="user", website=True, readonly=True
    )
    def portal_meeting(self, meeting_id, **kwargs):
        """Show one meeting."""
        meeting = self._find_visible("coop.meeting", meeting_id)
        return self._render_meeting(meeting, notice=kwargs.get("done"))

    @http.route(
        f"{MEETINGS}/{ID % 'meeting_id'}/minutes/{ID % 'minutes_id'}",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_meeting_minutes(self, meeting_id, minutes_id, **kwargs):
        """Download minutes as they were frozen."""
        meeting = self._find_visible("coop.meeting", meeting_id)
        minutes = self._find_own(
            self._open_records("coop.meeting.minutes"),
            Domain("meeting_id", "=", meeting.id),
            minutes_id,
        )
        return self._send_kept_file(minutes.attachment_id)

    @http.route(
        f"{MEETINGS}/{ID % 'meeting_id'}/answer",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_meeting_answer(self, meeting_id, comes=None, **kwargs):
        """Note whether the user comes."""
        meeting = self._find_visible("coop.meeting", meeting_id)
        presence = self._get_own_presence(meeting)
        if not presence or comes not in ("0", "1"):
            raise NotFound()
        try:
            with request.env.cr.savepoint():
                presence._answer(comes == "1")
        except UserError as error:
            return self._render_meeting(meeting, error=str(error))
        return request.redirect(f"{MEETINGS}/{meeting.id}?done=answered")

    @http.route(
        f"{MEETINGS}/{ID % 'meeting_id'}/interpreter",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_meeting_interpreter(self, meeting_id, lang_id=None, **kwargs):
        """Ask for an interpreter."""
        meeting = self._find_visible("coop.meeting", meeting_id)
        lang = self._search_languages().filtered(lambda one: one.id == typed_id(lang_id))
        if not self._get_own_presence(meeting):
            raise NotFound()
        if not lang:
            return self._render_meeting(meeting, error=request.env._("Choose a language."))
        try:
            with request.env.cr.savepoint():
                self._open_records("coop.meeting.interpreter")._ask(
                    meeting, request.env.user.partner_id, lang
                )
        except UserError as error:
            return self._render_meeting(meeting, error=str(error))
        return request.redirect(f"{MEETINGS}/{meeting.id}?done=interpreter")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_own_presence(self, meeting):
        person = request.env.user.partner_id
        return meeting.presence_ids.filtered(lambda one: one.partner_id == person)

    def _render_meeting(self, meeting, error=None, notice=None):
        minutes = meeting.minutes_ids.sorted("revision", reverse=True)
        values = self._prepare_governance_values("meeting") | {
            "meeting": meeting,
            "group": meeting._get_group(),
            "status": meeting._get_member_status(),
            "presence": self._get_own_presence(meeting),
            "minutes": minutes,
            "content": minutes[0]._get_readable_content() if minutes else None,
            "languages": self._search_languages(),
            "error": error,
            "notice": notice,
        }
        return request.render(
            "smart_workgroups.portal_meeting", values, status=422 if error else 200
        )
