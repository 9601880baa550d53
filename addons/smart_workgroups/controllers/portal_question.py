import uuid

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from .portal_governance import ID, GovernancePortal

QUESTIONS = f"/my/assemblies/{ID % 'assembly_id'}/questions"
TEXT_LENGTH = 4000
QUESTIONS_AN_HOUR = 20


class QuestionPortal(GovernancePortal):
    """Members ask before an Assembly, and read what the Board answers."""

    @http.route(QUESTIONS, type="http", auth="user", website=True, methods=["GET"], readonly=True)
    def portal_questions(self, assembly_id, **kwargs):
        """Show what was asked, with the answers, and the form."""
        return self._render_questions(self._find_questioned(assembly_id), notice=kwargs.get("done"))

    @http.route(f"{QUESTIONS}/ask", type="http", auth="user", website=True, methods=["POST"])
    def portal_questions_ask(self, assembly_id, **kwargs):
        """Ask; nothing typed is lost."""
        assembly = self._find_questioned(assembly_id)
        form = {
            name: typed_text(kwargs.get(name))
            for name in ("token", "text", "lang", "resolution_id")
        }
        form["token"] = self._read_token(form["token"])
        resolution = assembly.resolution_ids.filtered(
            lambda one: one.id == typed_id(form["resolution_id"])
        )
        values = {"text": form["text"], "lang": form["lang"], "resolution_id": resolution.id}
        errors = self._check_question(form) or self._try(
            lambda: request.env["coop.assembly.question"]._hand_in(assembly, form["token"], values)
        )
        if errors:
            return self._render_questions(assembly, form=form, errors=errors)
        return request.redirect(f"/my/assemblies/{assembly.id}/questions?done=asked")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _find_questioned(self, assembly_id):
        assemblies = self._open_records("coop.assembly")
        visible = assemblies._get_questions_domain(request.env.user.partner_id)
        return self._find_own(assemblies, visible, assembly_id)

    def _check_question(self, form):
        """Return what is wrong with a question, by field."""
        errors = self._check_lang(form)
        if not 0 < len(form["text"]) <= TEXT_LENGTH:
            errors["text"] = request.env._(
                "Write your question, in at most %(limit)s characters.", limit=TEXT_LENGTH
            )
        return errors or self._check_pace("question", QUESTIONS_AN_HOUR)

    def _render_questions(self, assembly, form=None, errors=None, notice=None):
        person = request.env.user.partner_id
        # Open to all members, but what is hidden: that is read by who asked.
        shown = Domain("state", "!=", "hidden") | Domain("submitted_by_id", "=", person.id)
        questions = self._open_records("coop.assembly.question").search(
            Domain("assembly_id", "=", assembly.id) & shown, order="resolution_id, id"
        )
        values = self._prepare_governance_values("questions") | {
            "assembly": assembly,
            "questions": questions,
            "resolutions": assembly.resolution_ids,
            "person": person,
            "takes": assembly._takes_questions(),
            "languages": request.env["res.lang"].get_installed(),
            "form": form
            or {
                "token": str(uuid.uuid4()),
                "text": "",
                "lang": request.env.lang,
                "resolution_id": "",
            },
            "errors": errors or {},
            "notice": notice,
        }
        return request.render(
            "smart_workgroups.portal_questions", values, status=422 if errors else 200
        )
