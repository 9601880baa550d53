import uuid

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..lib.plain_text import to_text
from ..models.coop_recommendation_portal import PAGE
from .portal_recommendation import RecommendationPortal

LENGTHS = {"token": 40, "name": 200, "text": 20000, "note": 200, "base": 10, "workgroup_id": 10}
LENGTHS |= {"is_open": 1}


class RecommendationDraftPortal(RecommendationPortal):
    """Members draft a recommendation together, amend it and submit it."""

    # ------------------------------------------------------------------
    # Drafting
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/new", type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    def portal_recommendation_form(self, workgroup=None, **kwargs):
        """Show the form for a new recommendation."""
        form = dict.fromkeys(LENGTHS, "") | {
            "token": str(uuid.uuid4()),
            "workgroup_id": str(typed_id(workgroup) or ""),
        }
        return self._render_draft_form(form, {})

    @http.route(f"{PAGE}/new", type="http", auth="user", website=True, methods=["POST"])
    def portal_recommendation_begin(self, **kwargs):
        """Begin a draft; nothing typed is lost."""
        if not self._get_member_companies():
            raise NotFound()
        form = self._read_draft_form(kwargs)
        form["token"] = self._read_token(form["token"])
        errors = self._get_draft_errors(form)
        if errors:
            return self._render_draft_form(form, errors)
        workgroup = self._get_own_workgroups().filtered(
            lambda one: one.id == typed_id(form["workgroup_id"])
        )
        companies = self._get_member_companies()
        company = workgroup.company_id or request.env.company.sudo() & companies or companies[:1]
        draft = self._recommendations()._begin(
            company, form["token"], self._prepare_draft(form) | {"workgroup_id": workgroup.id}
        )
        return request.redirect(f"{PAGE}/{draft.id}?done=begun")

    @http.route(
        f"{PAGE}/<int:draft_id>/edit",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
        readonly=True,
    )
    def portal_recommendation_edit_form(self, draft_id, **kwargs):
        """Show the draft in the form."""
        draft = self._get_draft(draft_id)
        if draft.state != "draft":
            return request.redirect(f"{PAGE}/{draft.id}")
        original = draft.with_context(lang=draft.lang)
        form = dict.fromkeys(LENGTHS, "") | {
            "name": original.name,
            "text": to_text(original.text),
            "base": str(draft.version_count),
            "is_open": "1" if draft.is_open else "",
        }
        return self._render_draft_form(form, {}, draft)

    @http.route(
        f"{PAGE}/<int:draft_id>/edit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_recommendation_edit(self, draft_id, **kwargs):
        """Save a version of the draft; what somebody else saved meanwhile is not overwritten."""
        draft = self._get_draft(draft_id)
        form = self._read_draft_form(kwargs)
        errors = self._get_draft_errors(form)
        if errors:
            return self._render_draft_form(form, errors, draft)
        base = typed_id(form["base"])

        def show(error):
            # Saved again, it is on top of what the other one wrote, which is shown.
            draft.invalidate_recordset()
            again = form | {"base": str(draft.version_count)}
            return self._render_draft_form(again, {"all": error}, draft)

        return self._go_own_step(
            lambda: draft._edit(self._prepare_draft(form), base),
            show,
            f"{PAGE}/{draft.id}?done=saved",
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    @http.route(
        f"{PAGE}/<int:draft_id>/submit",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_recommendation_submit(self, draft_id, **kwargs):
        """Hand it to the Board."""
        draft = self._get_draft(draft_id)
        return self._go_own_step(
            draft.action_submit,
            lambda error: self._render_recommendation(draft, error=error),
            f"{PAGE}/{draft.id}?done=submitted",
        )

    @http.route(
        f"{PAGE}/<int:draft_id>/withdraw",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_recommendation_withdraw(self, draft_id, **kwargs):
        """Take a draft back."""
        draft = self._get_draft(draft_id)
        return self._go_own_step(
            draft.action_withdraw,
            lambda error: self._render_recommendation(draft, error=error),
            f"{PAGE}/{draft.id}",
        )

    @http.route(
        f"{PAGE}/<int:recommendation_id>/amend",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_recommendation_amend(self, recommendation_id, **kwargs):
        """Propose another text for a draft."""
        recommendation = self._get_recommendation(recommendation_id)
        text = typed_text(kwargs.get("text"))[: LENGTHS["text"]]
        reason = typed_text(kwargs.get("reason"))[: LENGTHS["name"]]
        person = request.env.user.partner_id
        show = self._show_amendment(recommendation, text, reason)
        if not self._takes_part(recommendation):
            raise NotFound()
        if not text or not reason:
            return show(request.env._("Write your text, and in one line why."))
        return self._go_own_step(
            lambda: recommendation._propose_amendment(
                person, typed_id(kwargs.get("base")), text, reason
            ),
            show,
            f"{PAGE}/{recommendation.id}?done=amended",
        )

    @http.route(
        f"{PAGE}/<int:draft_id>/amendments/<int:amendment_id>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_recommendation_amendment(
        self, draft_id, amendment_id, operation="", answer="", **kwargs
    ):
        """Take an amendment, or decline it and say why."""
        draft = self._get_draft(draft_id)
        amendment = self._find_own(
            draft.amendment_ids.browse(), [("recommendation_id", "=", draft.id)], amendment_id
        )
        answer = typed_text(answer)[: LENGTHS["name"]]

        def step():
            if operation == "take":
                amendment.action_take()
            else:
                amendment.action_decline(answer)

        return self._go_own_step(
            step,
            lambda error: self._render_recommendation(draft, error=error),
            f"{PAGE}/{draft.id}",
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_draft(self, draft_id):
        """Return a draft that the user may edit, as superuser, or answer that there is none."""
        Recommendation = self._recommendations()
        own = Recommendation._get_drafting_domain(request.env.user.partner_id)
        draft = self._find_own(Recommendation, own, draft_id)
        if not self._takes_part(draft):
            raise NotFound()
        return draft

    def _get_own_workgroups(self):
        return self._recommendations()._get_drafting_workgroups(request.env.user.partner_id)

    def _show_amendment(self, recommendation, text, reason):
        def show(error):
            return self._render_recommendation(
                recommendation, error=error, amendment_text=text, amendment_reason=reason
            )

        return show

    def _read_draft_form(self, kwargs):
        return {name: typed_text(kwargs.get(name))[:most] for name, most in LENGTHS.items()}

    def _get_draft_errors(self, form):
        """Return what is wrong with the form, by field."""
        errors = {
            "name": self._recommendations()._check_title(form["name"]),
            "text": None
            if form["text"]
            else request.env._("Say what is to be done, and why: a few lines to begin with."),
        }
        return {name: error for name, error in errors.items() if error}

    def _prepare_draft(self, form):
        return {
            "name": form["name"],
            "text": form["text"],
            "note": form["note"],
            "is_open": form["is_open"] == "1",
        }

    def _render_draft_form(self, form, errors, draft=None):
        if not draft and not self._get_member_companies():
            raise NotFound()
        values = self._prepare_portal_layout_values() | {
            "page_name": "recommendation_form",
            "form": form,
            "errors": errors,
            "recommendation": draft,
            "workgroups": self._get_own_workgroups(),
        }
        return request.render(
            "smart_workgroups.portal_recommendation_form", values, status=422 if errors else 200
        )
