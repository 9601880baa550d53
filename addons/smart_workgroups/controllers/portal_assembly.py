from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id

from .portal_governance import ID, GovernancePortal
from .portal_vote import PROXIES_AN_HOUR, read_proxy

PAGE = "/my/assemblies"
ONE = f"{PAGE}/{ID % 'assembly_id'}"


class AssemblyPortal(GovernancePortal):
    """A General Assembly as its members see it: convocation, proxy, speaking, what came out."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "assembly_count" in counters:
            Assembly = self._open_records("coop.assembly")
            visible = Assembly._get_visible_domain(request.env.user.partner_id)
            values["assembly_count"] = Assembly.search_count(visible, limit=1)
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_assemblies(self, page=1, **kwargs):
        """List the Assemblies of the own co-operative, the next one first."""
        Assembly = self._open_records("coop.assembly")
        visible = Assembly._get_visible_domain(request.env.user.partner_id)
        assemblies, pager = self._search_page(
            Assembly, visible, PAGE, page, order="date desc, id desc"
        )
        values = self._prepare_governance_values("assemblies")
        return request.render(
            "smart_workgroups.portal_assemblies",
            values | {"assemblies": assemblies, "pager": pager},
        )

    @http.route(ONE, type="http", auth="user", website=True, readonly=True)
    def portal_assembly(self, assembly_id, **kwargs):
        """Show one Assembly."""
        return self._render_assembly(
            self._find_visible("coop.assembly", assembly_id), notice=kwargs.get("done")
        )

    @http.route(
        f"{ONE}/files/{ID % 'file_id'}", type="http", auth="user", website=True, readonly=True
    )
    def portal_assembly_file(self, assembly_id, file_id, **kwargs):
        """Download a document of the convocation."""
        assembly = self._find_visible("coop.assembly", assembly_id)
        one = self._find_own(
            self._open_records("coop.assembly.file"),
            Domain("document_id.assembly_id", "=", assembly.id),
            file_id,
        )
        stream = request.env["ir.binary"].sudo()._get_stream_from(one, "file", one.filename)
        return stream.get_response(as_attachment=True)

    @http.route(f"{ONE}/minutes.pdf", type="http", auth="user", website=True, readonly=True)
    def portal_assembly_minutes(self, assembly_id, revision=None, **kwargs):
        """Download the minutes that hold, or an earlier revision as it was frozen."""
        assembly = self._find_visible("coop.assembly", assembly_id)
        number = typed_id(revision) if revision else assembly.minutes_revision
        minutes = assembly.minutes_ids.filtered(lambda one: one.revision == number)
        if not minutes:
            raise NotFound()
        return self._send_kept_file(minutes.attachment_id)

    # ------------------------------------------------------------------
    # What a member does
    # ------------------------------------------------------------------

    @http.route(f"{ONE}/proxy", type="http", auth="user", website=True, methods=["POST"])
    def portal_assembly_proxy(self, assembly_id, number=None, instructions=None, **kwargs):
        """Let another member, whose number one knows, vote in the own place."""
        assembly = self._find_visible("coop.assembly", assembly_id)
        env, person = request.env, request.env.user.partner_id
        typed = read_proxy(number, instructions)
        # Counted before, for what is refused is rolled back.
        if not env["coop.request.limit"]._take("proxy", person.id, PROXIES_AN_HOUR):
            error = env._("You tried many numbers: try again in an hour.")
            return self._render_assembly(assembly, error=error, typed=typed)
        holder, text = typed_id(typed["number"]), typed["instructions"]
        return self._do(
            assembly,
            lambda: env["coop.proxy"]._give(assembly, person, holder, text),
            "given",
            typed=typed,
        )

    @http.route(f"{ONE}/proxy/back", type="http", auth="user", website=True, methods=["POST"])
    def portal_assembly_proxy_back(self, assembly_id, **kwargs):
        """Take the own proxy back."""
        assembly = self._find_visible("coop.assembly", assembly_id)
        person = request.env.user.partner_id
        return self._do(
            assembly, lambda: request.env["coop.proxy"]._come_in_person(assembly, person), "back"
        )

    @http.route(f"{ONE}/speak", type="http", auth="user", website=True, methods=["POST"])
    def portal_assembly_speak(
        self, assembly_id, point=None, lang_id=None, interpreter=None, **kwargs
    ):
        """Ask to speak on a point."""
        assembly = self._find_visible("coop.assembly", assembly_id)
        person = request.env.user.partner_id
        lang = self._search_languages().filtered(lambda one: one.id == typed_id(lang_id))
        point = assembly.point_ids.filtered(lambda one: one.id == typed_id(point))
        if not point or not assembly._find_on_roll(person):
            raise NotFound()
        return self._do(
            assembly,
            lambda: self._open_records("coop.assembly.speaker").create(
                {
                    "assembly_id": assembly.id,
                    "point_id": point.id,
                    "partner_id": person.id,
                    "lang_id": lang.id,
                    "interpreter": interpreter == "1",
                }
            ),
            "speak",
            asked=self._get_own_requests(assembly).filtered(lambda one: one.point_id == point),
        )

    @http.route(f"{ONE}/speak/back", type="http", auth="user", website=True, methods=["POST"])
    def portal_assembly_speak_back(self, assembly_id, speaker=None, **kwargs):
        """Take back that one asked to speak."""
        assembly = self._find_visible("coop.assembly", assembly_id)
        asked = self._get_own_requests(assembly).filtered(lambda one: one.id == typed_id(speaker))
        if not asked:
            raise NotFound()
        return self._do(assembly, asked._withdraw, "silent")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_own_requests(self, assembly):
        """Return where the user asked to speak and did not yet."""
        return self._open_records("coop.assembly.speaker").search(
            [
                ("assembly_id", "=", assembly.id),
                ("partner_id", "=", request.env.user.partner_id.id),
                ("state", "in", ("asked", "speaking")),
            ]
        )

    def _get_open_votes(self, assembly, polls, person):
        """Return the open votes, in the order of the agenda, and whether one can vote still."""
        points = list(assembly.point_ids)

        def place(poll):
            about = [number for number, point in enumerate(points) if point._is_about(poll)]
            return (about or [len(points)])[0], poll.id

        live = polls.filtered(lambda one: one.state == "open").sorted(place)
        return [(poll, bool(poll._get_pending(person))) for poll in live]

    def _do(self, assembly, act, notice, asked=None, typed=None):
        """Do what a form asks for; what stands in the way is shown on the page."""
        if asked:
            # Asked twice is asked once.
            return request.redirect(f"{PAGE}/{assembly.id}?done={notice}")
        try:
            with request.env.cr.savepoint():
                act()
        except UserError as error:
            return self._render_assembly(assembly, error=str(error), typed=typed)
        return request.redirect(f"{PAGE}/{assembly.id}?done={notice}")

    def _render_assembly(self, assembly, error=None, notice=None, typed=None):
        person = request.env.user.partner_id
        given, held = assembly._get_proxies_of(person)
        Poll = request.env["coop.poll"].sudo()  # found by the own rows of the roll only
        polls = Poll.search(
            Poll._get_visible_domain(person) & Domain("assembly_id", "=", assembly.id)
        )
        open_votes = self._get_open_votes(assembly, polls, person)
        values = self._prepare_governance_values("assembly") | {
            "assembly": assembly,
            "status": assembly._get_member_status(),
            "voter": assembly._find_on_roll(person),
            "given": given,
            "held": held,
            "polls": polls,
            "open_votes": open_votes,
            "may_vote": any(pending for _poll, pending in open_votes),
            "asked": self._get_own_requests(assembly),
            "languages": self._search_languages(),
            "minutes": assembly.minutes_ids.sorted("revision", reverse=True),
            "error": error,
            "notice": notice,
            "typed": typed,
        }
        response = request.render(
            "smart_workgroups.portal_assembly", values, status=422 if error else 200
        )
        # The code at the door is the member's own.
        response.headers["Cache-Control"] = "no-store"
        return response
