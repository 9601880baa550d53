from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id

from .portal_governance import ID, MOST, WORKGROUPS, GovernancePortal


class WorkgroupPortal(GovernancePortal):
    """Members find workgroups, join them and leave them, and read what they do."""

    @http.route(WORKGROUPS, type="http", auth="user", website=True, readonly=True)
    def portal_workgroups(self, **kwargs):
        """List the own workgroups, the open ones and those that are done."""
        person = request.env.user.partner_id
        Workgroup = self._open_records("coop.workgroup")
        visible = Workgroup.search(Workgroup._get_visible_domain(person), limit=MOST)
        own = Workgroup._search_own(person)
        others = visible - own
        values = self._prepare_governance_values("workgroups") | {
            "own_workgroups": own,
            "open_workgroups": others.filtered(lambda one: one.state == "open"),
            "closed_workgroups": others.filtered(lambda one: one.state == "closed"),
            "meetings": self._search_coming_meetings(person),
        }
        return request.render("smart_workgroups.portal_workgroups", values)

    @http.route(
        f"{WORKGROUPS}/{ID % 'workgroup_id'}", type="http", auth="user", website=True, readonly=True
    )
    def portal_workgroup(self, workgroup_id, **kwargs):
        """Show one workgroup: its people, meetings, minutes, documents and discussion."""
        workgroup = self._find_visible("coop.workgroup", workgroup_id)
        return self._render_workgroup(workgroup, notice=kwargs.get("done"))

    @http.route(
        f"{WORKGROUPS}/{ID % 'workgroup_id'}/documents/{ID % 'version_id'}",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_workgroup_document(self, workgroup_id, version_id, **kwargs):
        """Download a version of a document."""
        workgroup = self._find_visible("coop.workgroup", workgroup_id)
        version = self._find_own(
            self._open_records("coop.document.version"),
            Domain("document_id.workgroup_id", "=", workgroup.id)
            & Domain("document_id.active", "=", True),
            version_id,
        )
        return self._send_kept_file(version.attachment_id)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @http.route(
        f"{WORKGROUPS}/{ID % 'workgroup_id'}/join",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_workgroup_join(self, workgroup_id, lang_id=None, mail=None, **kwargs):
        """Let the user join."""
        workgroup = self._find_visible("coop.workgroup", workgroup_id)
        lang = self._search_languages().filtered(lambda one: one.id == typed_id(lang_id))
        try:
            with request.env.cr.savepoint():
                line = workgroup._join(request.env.user.partner_id, lang, mail == "1")
        except UserError as error:
            return self._render_workgroup(workgroup, error=str(error))
        done = "joined" if line.state == "active" else "waiting"
        return request.redirect(f"{WORKGROUPS}/{workgroup.id}?done={done}")

    @http.route(
        f"{WORKGROUPS}/{ID % 'workgroup_id'}/leave",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_workgroup_leave(self, workgroup_id, **kwargs):
        """Let the user leave; sent twice, it is once."""
        workgroup = self._find_visible("coop.workgroup", workgroup_id)
        line = workgroup._get_line(request.env.user.partner_id)
        if line and line.role != "member":
            return self._render_workgroup(
                workgroup,
                error=request.env._(
                    "You help to organise this workgroup: ask %(person)s to find who takes over.",
                    person=workgroup._get_responsible().name,
                ),
            )
        if line and workgroup.state != "open":
            raise NotFound()
        line._leave()
        return request.redirect(f"{WORKGROUPS}/{workgroup.id}?done=left")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _render_workgroup(self, workgroup, error=None, notice=None):
        person = request.env.user.partner_id
        line = workgroup._get_line(person)
        Meeting = self._open_records("coop.meeting")
        values = self._prepare_governance_values("workgroup") | {
            "workgroup": workgroup,
            "status": workgroup._get_member_status(),
            "line": line,
            "takes_part": line.state == "active",
            "places_left": workgroup._get_places_left(),
            "languages": self._search_languages(),
            "people": workgroup._get_people_in_order()[:MOST],
            "roles": dict(line._fields["role"]._description_selection(request.env)),
            "meetings": Meeting.search(
                Meeting._get_visible_domain(person) & Domain("workgroup_id", "=", workgroup.id),
                limit=MOST,
            ),
            "documents": workgroup.document_ids.filtered("version_ids")[:MOST],
            "writings": workgroup.writing_ids.filtered("published")[:MOST],
            "talks": workgroup._search_talks(),
            "error": error,
            "notice": notice,
        }
        return request.render(
            "smart_workgroups.portal_workgroup", values, status=422 if error else 200
        )
