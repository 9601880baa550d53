from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from .portal import ActivityPortal

CLOSING = "/my/activities/<int:activity_id>/closing"


class ClosingPortal(ActivityPortal):
    """A member ends an Activity step by step: what remains, what to do, and where it stands."""

    @http.route(CLOSING, type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def portal_closing(self, activity_id, **kwargs):
        """Show what remains to be settled before the Activity closes."""
        return self._render_closing(self._get_activity(activity_id))

    @http.route(CLOSING, type="http", auth="user", website=True, methods=["POST"])
    def portal_closing_ask(self, activity_id, **kwargs):
        """Ask to close the Activity; what was typed is kept, and a double click asks once."""
        activity = self._get_activity(activity_id)
        self._check_closing_member(activity)
        typed = {
            "reason": typed_text(kwargs.get("reason"))[:2000],
            "destination_id": typed_id(kwargs.get("destination_id")),
        }
        try:
            with request.env.cr.savepoint():
                activity._ask_to_close(request.env.user.partner_id, **typed)
        except UserError as error:
            return self._render_closing(activity, error=str(error), **typed)
        return request.redirect(f"/my/activities/{activity.id}/closing")

    @http.route(f"{CLOSING}/withdraw", type="http", auth="user", website=True, methods=["POST"])
    def portal_closing_withdraw(self, activity_id, **kwargs):
        """Go on with the Activity after all; what is closed meanwhile is simply shown."""
        activity = self._get_activity(activity_id)
        self._check_closing_member(activity)
        closing = activity._get_open_closing()
        if closing:
            try:
                with request.env.cr.savepoint():
                    # Their own Activity: the member asked for it. The trail names the member.
                    closing.with_user(request.env.user).sudo()._cancel()
            except UserError as error:
                return self._render_closing(activity, error=str(error))
        return request.redirect(f"/my/activities/{activity.id}/closing")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_closing_member(self, activity):
        """Nobody but the member ends an Activity; other managers read where it stands."""
        if request.env.user.partner_id != activity.partner_id:
            raise NotFound()

    def _render_closing(self, activity, error=None, reason="", destination_id=0):
        is_member = request.env.user.partner_id == activity.partner_id
        closing = activity._get_last_closing()
        values = self._prepare_activity_values(activity, "closing") | {
            "closing": closing,
            "under_way": closing.state in ("draft", "asked", "progress"),
            "rows": [] if activity.state == "closed" else activity._get_closing_obstacles(),
            "can_ask": is_member and activity.state != "closed",
            "destinations": activity._get_closing_destinations(),
            "error": error,
            "reason": reason,
            "destination_id": destination_id,
        }
        status = 422 if error else 200
        return request.render(
            "smart_activity_billing.portal_activity_closing", values, status=status
        )
