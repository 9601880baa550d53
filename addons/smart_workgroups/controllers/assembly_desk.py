from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER, typed_id, typed_text

DESK = "/governance/assemblies"
TICKS = ("in_person", "remote", "left")
# So many are listed when somebody searches by name.
MOST_FOUND = 20


class AssemblyDesk(http.Controller):
    """The desk at the door of an Assembly: scan a convocation, or search; tick. Phone first."""

    @http.route(
        f"{DESK}/<int:assembly_id>/scan",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def assembly_scan(self, assembly_id, code="", search="", done="", **kwargs):
        """Show who a scanned code or a typed name means, and who is there by now."""
        assembly = self._get_assembly(assembly_id)
        code, search = typed_text(code)[:300], typed_text(search)[:100]
        found, error = self._find(assembly, code, search)
        return self._render(
            assembly, found, error=error, search=search, ticked=self._get_voter(assembly, done)
        )

    @http.route(
        f"{DESK}/<int:assembly_id>/scan",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def assembly_tick(self, assembly_id, voter="", presence="", **kwargs):
        """Note that somebody comes or goes."""
        assembly = self._get_assembly(assembly_id)
        one = self._get_voter(assembly, voter)
        if not one or presence not in TICKS:
            raise NotFound()
        try:
            with request.env.cr.savepoint():
                assembly._note_presence(one, presence)
        except UserError as error:
            return self._render(assembly, one, error=str(error))
        return request.redirect(f"{DESK}/{assembly.id}/scan?done={one.id}")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_assembly(self, assembly_id):
        """Return an Assembly that the user prepares, or answer that there is none."""
        Assembly = request.env["coop.assembly"]
        try:
            Assembly.check_access("write")
        except AccessError:
            raise NotFound() from None
        known = 0 < assembly_id <= MAX_INTEGER
        assembly = Assembly.search([("id", "=", assembly_id)]) if known else Assembly
        if not assembly.convocation_id:
            raise NotFound()
        return assembly

    def _get_roll_domain(self, assembly):
        return Domain("convocation_id", "=", assembly.convocation_id.id)

    def _get_voter(self, assembly, text):
        """Return somebody on the present roll by the id of the row."""
        return request.env["coop.assembly.voter"].search(
            self._get_roll_domain(assembly) & Domain("id", "=", typed_id(text))
        )

    def _find(self, assembly, code, search):
        """Return who is meant, and what is wrong otherwise."""
        Voter, env = request.env["coop.assembly.voter"], request.env
        if code:
            found = assembly._find_voter(code).with_env(env)
            if found:
                return found, None
            return Voter, env._(
                "This is no convocation of %(assembly)s: search for the name or the number.",
                assembly=assembly.display_name,
            )
        if not search:
            return Voter, None
        meant = Domain("partner_id.name", "ilike", search)
        if typed_id(search):
            meant |= Domain("number", "=", typed_id(search))
        found = Voter.search(self._get_roll_domain(assembly) & meant, limit=MOST_FOUND)
        if found:
            return found, None
        return Voter, env._(
            "Nobody on the roll of %(assembly)s is called “%(search)s”.",
            assembly=assembly.display_name,
            search=search,
        )

    def _render(self, assembly, found, error=None, search="", ticked=None):
        assembly.invalidate_recordset()
        response = request.render(
            "smart_workgroups.assembly_scan",
            {
                "assembly": assembly,
                # The desk reads names and proxies of members on the roll, which was checked.
                "found": found.sudo(),
                "ticked": ticked.sudo() if ticked else None,
                "error": error,
                "search": search,
            },
        )
        response.headers["Cache-Control"] = "no-store"
        return response
