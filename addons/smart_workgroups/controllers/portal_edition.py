import uuid

from odoo import http
from odoo.http import request

from odoo.addons.smart_membership.lib.typed_text import typed_text

from .portal_governance import EDITIONS, ID, MOST, GovernancePortal

NAME_LENGTH, TEXT_LENGTH = 120, 4000
# Who has ideas needs a few; who floods the list needs more.
THEMES_AN_HOUR = 20


class EditionPortal(GovernancePortal):
    """The timeline of the editions, and the call for themes."""

    @http.route(EDITIONS, type="http", auth="user", website=True, readonly=True)
    def portal_editions(self, **kwargs):
        """Show the editions, the present one first, each with its phases."""
        Edition = self._open_records("coop.edition")
        visible = Edition._get_visible_domain(request.env.user.partner_id)
        values = self._prepare_governance_values("editions") | {
            "editions": Edition.search(visible, limit=MOST)
        }
        return request.render("smart_workgroups.portal_editions", values)

    @http.route(
        f"{EDITIONS}/{ID % 'edition_id'}", type="http", auth="user", website=True, readonly=True
    )
    def portal_edition(self, edition_id, **kwargs):
        """Show one edition: its questions, charter, themes and workgroups."""
        edition = self._find_visible("coop.edition", edition_id)
        return self._render_edition(edition, notice=kwargs.get("done"))

    @http.route(
        f"{EDITIONS}/{ID % 'edition_id'}/themes",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def portal_edition_propose(self, edition_id, **kwargs):
        """Propose a theme; nothing typed is lost."""
        edition = self._find_visible("coop.edition", edition_id)
        form = {name: typed_text(kwargs.get(name)) for name in ("token", "label", "description")}
        form["token"] = self._read_token(form["token"])
        errors = self._check_theme(form) or self._try(
            lambda: request.env["coop.edition.theme"]._hand_in(
                edition,
                form["token"],
                {"name": form["label"], "description": form["description"]},
            )
        )
        if errors:
            return self._render_edition(edition, form=form, errors=errors)
        return request.redirect(f"{EDITIONS}/{edition.id}?done=proposed#themes")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_theme(self, form):
        """Return what is wrong with a proposed theme, by field."""
        env, errors = request.env, {}
        if not 0 < len(form["label"].replace("\n", " ")) <= NAME_LENGTH:
            errors["label"] = env._(
                "Give your theme a name of at most %(limit)s characters.", limit=NAME_LENGTH
            )
        form["label"] = " ".join(form["label"].split())
        if len(form["description"]) > TEXT_LENGTH:
            errors["description"] = env._(
                "Your text has %(length)s characters; at most %(limit)s fit. Make it shorter.",
                length=len(form["description"]),
                limit=TEXT_LENGTH,
            )
        return errors or self._check_pace("theme", THEMES_AN_HOUR)

    def _render_edition(self, edition, form=None, errors=None, notice=None):
        person = request.env.user.partner_id
        Workgroup = self._open_records("coop.workgroup")
        themes = edition.theme_ids.sorted("id")
        values = self._prepare_governance_values("edition") | {
            "edition": edition,
            "status": edition._get_member_status(),
            "themes": themes.filtered(lambda one: one.state != "merged")[:MOST],
            "own_themes": themes.filtered(lambda one: one.submitted_by_id == person),
            "workgroups": Workgroup.search(
                Workgroup._get_visible_domain(person) & Workgroup._of_edition_domain(edition),
                order="sequence, id",
                limit=MOST,
            ),
            "own_workgroups": Workgroup._search_own(person),
            "answers": self._search_answers(edition),
            "form": form or {"token": str(uuid.uuid4()), "label": "", "description": ""},
            "errors": errors or {},
            "notice": notice,
        }
        return request.render(
            "smart_workgroups.portal_edition", values, status=422 if errors else 200
        )

    def _search_answers(self, edition):
        """Return what the Board answered to the recommendations of an edition, once published."""
        return (
            # Found by their publication only: members have no right on reviews.
            request.env["coop.board.review"]
            .sudo()
            .search(
                [
                    ("recommendation_id.edition_id", "=", edition.id),
                    ("publication_id.published_on", "!=", False),
                ],
                order="id",
                limit=MOST,
            )
        )
