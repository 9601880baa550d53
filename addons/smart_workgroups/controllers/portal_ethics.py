from werkzeug.exceptions import NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import plaintext2html

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..models.coop_ethics_case import PAGE
from .portal_governance import ID, GovernancePortal

FORM_FIELDS = ("token", "about", "activity", "sector_id", "title", "question")
TITLE_LENGTH, TEXT_LENGTH = 120, 8000
# Who is in doubt asks a few times; who floods the committee asks more.
CASES_AN_HOUR = 10


class EthicsPortal(GovernancePortal):
    """Members ask the ethics committee, follow what they asked, and read what is published."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "ethics_count" in counters:
            values["ethics_count"] = self._cases().search_count(self._get_cases_domain())
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_ethics(self, page=1, **kwargs):
        """List what the user asked, and the opinions that are published."""
        own = Domain("submitted_by_id", "=", request.env.user.partner_id.id)
        published = self._get_cases_domain() & Domain("state", "in", ("published", "answered"))
        cases, pager = self._search_page(
            self._cases(), published, PAGE, page, order="date_published desc, id desc"
        )
        values = self._prepare_governance_values("ethics") | {
            "own_cases": self._cases().search(own, order="id desc", limit=100),
            "cases": cases,
            "pager": pager,
            "can_ask": bool(self._get_ethics_membership()),
        }
        return request.render("smart_workgroups.portal_ethics", values)

    @http.route(f"{PAGE}/{ID % 'case_id'}", type="http", auth="user", website=True, readonly=True)
    def portal_ethics_case(self, case_id, **kwargs):
        """Show a case: what was asked, and its opinion once it is published."""
        case = self._find_own(self._cases(), self._get_cases_domain(), case_id)
        opinion = case.opinion_ids if case.state in ("published", "answered") else None
        values = self._prepare_governance_values("ethics_case") | {
            "case": case,
            "opinion": opinion,
            "own": case.submitted_by_id == request.env.user.partner_id,
            "status": case._get_member_status(),
            "notice": kwargs.get("done"),
        }
        return request.render("smart_workgroups.portal_ethics_case", values)

    # ------------------------------------------------------------------
    # The form
    # ------------------------------------------------------------------

    @http.route(f"{PAGE}/new", type="http", auth="user", website=True, methods=["GET"])
    def portal_ethics_form(self, **kwargs):
        """Show the form with which a member asks the committee."""
        form = dict.fromkeys(FORM_FIELDS, "") | {
            "token": self._read_token(""),
            "about": "activity",
        }
        return self._render_ethics_form(form, {})

    @http.route(f"{PAGE}/new", type="http", auth="user", website=True, methods=["POST"])
    def portal_ethics_ask(self, **kwargs):
        """Ask the committee, once for each form; nothing typed is lost."""
        membership = self._get_ethics_membership()
        if not membership:
            raise NotFound()
        form = {name: typed_text(kwargs.get(name)) for name in FORM_FIELDS}
        form["token"] = self._read_token(form["token"])
        person = request.env.user.partner_id
        case = self._cases()._find_by_token(person, form["token"])
        if not case:
            values, errors = self._read_ethics_form(form, membership.company_id)
            if errors:
                return self._render_ethics_form(form, errors)
            case = request.env["coop.ethics.case"]._ask(form["token"], membership, values)
        return request.redirect(f"{PAGE}/{case.id}?done=asked")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _cases(self):
        return self._open_records("coop.ethics.case")

    def _get_cases_domain(self):
        person = request.env.user.partner_id
        return self._cases()._get_own_domain(person, person._get_member_companies())

    def _get_ethics_membership(self):
        """Return the membership with which the user asks, that of the own company first."""
        user = request.env.user
        found = user.partner_id._search_memberships()
        return found.filtered(lambda one: one.company_id == user.company_id) or found[:1]

    def _search_sectors(self):
        # The names of the sectors, for the form.
        return request.env["coop.sector"].sudo().search([])

    def _read_ethics_form(self, form, company):
        """Return what the form says, and what is wrong with it by field."""
        env, errors, values = request.env, {}, {}
        if form["about"] == "sector":
            sector = self._search_sectors().filtered(
                lambda one: one.id == typed_id(form["sector_id"])
            )
            values["sector_id"] = sector.id
            if not sector:
                errors["sector_id"] = env._("Choose the sector that you ask about.")
        else:
            activity, error = self._find_other_activity(company, form["activity"], "ethics")
            values["activity_id"] = activity.id
            if error:
                errors["activity"] = error
        form["title"] = " ".join(form["title"].split())
        if not 0 < len(form["title"]) <= TITLE_LENGTH:
            errors["title"] = env._(
                "Say in at most %(limit)s characters what it is about.", limit=TITLE_LENGTH
            )
        if not 0 < len(form["question"].strip()) <= TEXT_LENGTH:
            errors["question"] = env._(
                "Write what you ask the committee, in at most %(limit)s characters.",
                limit=TEXT_LENGTH,
            )
        values |= {"title": form["title"], "question": plaintext2html(form["question"])}
        return values, errors or self._check_pace("ethics_case", CASES_AN_HOUR)

    def _render_ethics_form(self, form, errors):
        if not self._get_ethics_membership():
            raise NotFound()
        values = self._prepare_governance_values("ethics_form") | {
            "form": form,
            "errors": errors,
            "sectors": self._search_sectors(),
        }
        return request.render(
            "smart_workgroups.portal_ethics_form", values, status=422 if errors else 200
        )
