from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER, typed_text

from .portal_trace import TracePortal

PAGE = "/my/actions"
HORIZONS = ("short", "middle", "long")
STATES = ("planned", "running", "done", "stopped")
COLUMNS = ["title", "part_of", "level", "horizon", "status", "progress", "owner", "indicator"]
COLUMNS += ["target", "from", "until", "last_update", "worked"]
MOST_ROWS = 5000


class ActionPortal(TracePortal):
    """The action plan as all members follow it."""

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_actions(self, page=1, **kwargs):
        """List programmes with their parts, or what the filters find."""
        chosen = {
            "horizon": kwargs.get("horizon") if kwargs.get("horizon") in HORIZONS else "",
            "status": kwargs.get("status") if kwargs.get("status") in STATES else "",
            "mine": "1" if kwargs.get("mine") == "1" else "",
        }
        search = typed_text(kwargs.get("search"))[:100]
        domain = self._get_actions_domain()
        filtered = any(chosen.values()) or search
        if chosen["horizon"]:
            domain &= Domain("horizon", "=", chosen["horizon"])
        if chosen["status"]:
            domain &= Domain("state", "=", chosen["status"])
        if chosen["mine"]:
            domain &= Domain("owner_id", "=", request.env.user.partner_id.id)
        if search:
            domain &= Domain("name", "ilike", search)
        if not filtered:
            domain &= Domain("parent_id", "=", False)
        # Programmes of the last decisions come first, their parts below each.
        order = None if filtered else "date_start desc, sequence, id"
        actions, pager = self._search_page(self._actions(), domain, PAGE, page, order=order)
        fields = self._actions()._fields
        values = self._prepare_portal_layout_values() | {
            "page_name": "actions",
            "actions": actions,
            "pager": pager,
            "chosen": chosen,
            "search": search,
            "horizons": fields["horizon"]._description_selection(request.env),
            "states": fields["state"]._description_selection(request.env),
            "with_parts": not filtered,
        }
        return request.render("smart_workgroups.portal_actions", values)

    @http.route(f"{PAGE}/export/<extension>", type="http", auth="user", website=True, readonly=True)
    def portal_actions_export(self, extension, **kwargs):
        """Send the action plan as a file."""
        actions = self._actions().search(self._get_actions_domain(), limit=MOST_ROWS)
        labels = {
            name: dict(actions._fields[name]._description_selection(request.env))
            for name in ("level", "horizon", "state", "review_result")
        }
        rows = [
            {
                "title": one.name,
                "part_of": one.parent_id.name or "",
                "level": labels["level"][one.level],
                "horizon": labels["horizon"][one.horizon],
                "status": labels["state"][one.state],
                "progress": one.progress,
                "owner": one.owner_id.name or "",
                "indicator": one.indicator or "",
                "target": one.target or "",
                "from": one.date_start,
                "until": one.date_end,
                "last_update": one.last_update_on,
                "worked": labels["review_result"].get(one.review_result, ""),
            }
            for one in actions
        ]
        return self._send_rows("actions", COLUMNS, rows, extension)

    @http.route(f"{PAGE}/<int:action_id>", type="http", auth="user", website=True, readonly=True)
    def portal_action(self, action_id, **kwargs):
        """Show one action: how far it is, what was reported, and why it exists."""
        return self._render_action(self._get_action(action_id), notice=kwargs.get("done"))

    @http.route(
        f"{PAGE}/<int:action_id>/report",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_action_report(self, action_id, text="", progress="", **kwargs):
        """Report on an action that the user sees to."""
        own = Domain("owner_id", "=", request.env.user.partner_id.id)
        action = self._find_own(self._actions(), self._get_actions_domain() & own, action_id)
        text, typed = typed_text(text)[:4000], typed_text(progress)[:4]

        def show(error):
            return self._render_action(action, error=error, text=text, progress=typed)

        percent = self._read_percent(typed)
        if percent is False:
            return show(request.env._("Fill in the progress as a whole number from 0 to 100."))
        if not action._is_by_hand():
            percent = None
        return self._go_own_step(
            lambda: action._report(text, percent), show, f"{PAGE}/{action.id}?done=reported"
        )

    @http.route(
        f"{PAGE}/<int:action_id>/way", type="http", auth="user", website=True, readonly=True
    )
    def portal_action_way(self, action_id, **kwargs):
        """Show why an action exists."""
        action = self._get_action(action_id)
        values = self._prepare_portal_layout_values() | {
            "page_name": "way",
            "record": action,
            "stations": action._get_way(public=True),
            "back_url": action._get_member_url(),
        }
        return request.render("smart_workgroups.portal_way", values)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _actions(self):
        # The plan is public to members, who have no right on it; others find none.
        return request.env["coop.action"].sudo()

    def _get_actions_domain(self):
        person = request.env.user.partner_id
        return Domain("company_id", "in", self._get_member_companies().ids) | Domain(
            "owner_id", "=", person.id
        )

    def _get_action(self, action_id):
        return self._find_own(self._actions(), self._get_actions_domain(), action_id)

    def _read_percent(self, text):
        """Return a whole number of percent, None when nothing was typed, False when it is none."""
        if not text:
            return None
        number = int(text) if text.isascii() and text.isdigit() else MAX_INTEGER
        return number if number <= 100 else False

    def _render_action(self, action, error=None, **values):
        values |= self._prepare_portal_layout_values() | {
            "page_name": "action",
            "action": action,
            "way": action._get_way(public=True),
            "may_report": action.owner_id == request.env.user.partner_id
            and action.state in ("planned", "running"),
            "error": error,
        }
        return request.render(
            "smart_workgroups.portal_action", values, status=422 if error else 200
        )
