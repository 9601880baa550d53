import base64
import uuid

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools.mimetypes import guess_mimetype

from odoo.addons.smart_membership.lib.typed_text import typed_id, typed_text

from ..models.coop_candidate import GONE
from ..models.coop_election_portal import PAGE
from .portal_governance import ID, MOST, GovernancePortal

TEXT_LENGTH, REASON_LENGTH = 4000, 1000
LARGEST_PHOTO = 5 * 1024 * 1024
PHOTOS = ("image/jpeg", "image/png", "image/webp")
# Who changes a text does so a few times; who tries numbers of members needs more.
FORMS_AN_HOUR = 20
ELECTION = f"{PAGE}/{ID % 'election_id'}"


class ElectionPortal(GovernancePortal):
    """Members read who stands, stand themselves or propose somebody, and see who is elected."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "election_count" in counters:
            elections = self._open_records("coop.election")
            visible = elections._get_visible_domain(request.env.user.partner_id)
            values["election_count"] = elections.search_count(visible, limit=1)
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(PAGE, type="http", auth="user", website=True, readonly=True)
    def portal_elections(self, **kwargs):
        """List the elections of the own co-operatives, the newest first."""
        elections = self._open_records("coop.election")
        visible = elections._get_visible_domain(request.env.user.partner_id)
        values = self._prepare_governance_values("elections") | {
            "elections": elections.search(visible, limit=MOST)
        }
        return request.render("smart_workgroups.portal_elections", values)

    @http.route(ELECTION, type="http", auth="user", website=True, readonly=True)
    def portal_election(self, election_id, **kwargs):
        """Show one election: the call, who stands, the own candidature, and who is elected."""
        election = self._find_visible("coop.election", election_id)
        return self._render_election(election, notice=kwargs.get("done"))

    @http.route(
        f"{ELECTION}/candidates/{ID % 'candidate_id'}",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def portal_candidate(self, election_id, candidate_id, **kwargs):
        """Show one candidate, in the language of the reader where there is a translation."""
        election = self._find_visible("coop.election", election_id)
        candidate = self._find_candidate(election, candidate_id)
        before, after = self._find_neighbours(election, candidate)
        values = self._prepare_governance_values("candidate") | {
            "election": election,
            "candidate": candidate,
            "before": before,
            "after": after,
            "languages": dict(request.env["res.lang"].get_installed()),
        }
        return request.render("smart_workgroups.portal_candidate", values)

    @http.route(
        f"{ELECTION}/candidates/{ID % 'candidate_id'}/photo",
        type="http",
        auth="user",
        readonly=True,
    )
    def portal_candidate_photo(self, election_id, candidate_id, **kwargs):
        """Give the photo of a candidate."""
        election = self._find_visible("coop.election", election_id)
        candidate = self._find_candidate(election, candidate_id)
        if not candidate.photo:
            raise NotFound()
        # The candidate was checked to be open to the user.
        stream = request.env["ir.binary"].sudo()._get_image_stream_from(candidate, "photo")
        return stream.get_response()

    # ------------------------------------------------------------------
    # Forms
    # ------------------------------------------------------------------

    @http.route(f"{ELECTION}/stand", type="http", auth="user", website=True, methods=["POST"])
    def portal_election_stand(self, election_id, **kwargs):
        """Stand, agree to stand, or change the own candidature; nothing typed is lost."""
        election = self._find_visible("coop.election", election_id)
        form = {name: typed_text(kwargs.get(name)) for name in ("token", "text", "lang")}
        form["token"] = self._read_token(form["token"])
        photo, errors = self._read_photo(kwargs.get("photo"))
        errors |= self._check_stand(form)
        if errors:
            return self._render_election(election, form=form, errors=errors)
        values = {"text": form["text"]}
        if photo or kwargs.get("no_photo"):
            values["photo"] = photo

        def stand():
            request.env["coop.candidate"]._stand(election, form["token"], values, form["lang"])

        return self._go(stand, election, "stands", form=form)

    @http.route(f"{ELECTION}/propose", type="http", auth="user", website=True, methods=["POST"])
    def portal_election_propose(self, election_id, number=None, token=None, **kwargs):
        """Propose another member, whose number one knows, and who is asked."""
        election = self._find_visible("coop.election", election_id)
        number = typed_text(number)[:10]

        def propose():
            person = self._find_member(election, typed_id(number))
            request.env["coop.candidate"]._hand_in(
                election, self._read_token(token), {"partner_id": person.id}
            )

        errors = self._check_pace("candidate_proposal", FORMS_AN_HOUR)
        if errors:
            return self._render_election(election, errors=errors, number=number)
        return self._go(propose, election, "proposed", number=number)

    @http.route(f"{ELECTION}/withdraw", type="http", auth="user", website=True, methods=["POST"])
    def portal_election_withdraw(self, election_id, reason=None, **kwargs):
        """Withdraw the own candidature, or refuse the seat that one has."""
        election = self._find_visible("coop.election", election_id)
        own = election._get_candidature(request.env.user.partner_id)
        if not own:
            raise NotFound()
        reason = typed_text(reason)[:REASON_LENGTH]
        step = own._decline if own.outcome == "elected" else own._withdraw
        return self._go(lambda: step(reason), election, "withdrawn")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _find_candidate(self, election, candidate_id):
        """Return a candidate of an election whom the user may see."""
        person = request.env.user.partner_id
        candidate = election.candidate_ids.filtered(
            lambda one: (
                one.id == candidate_id
                and (one in election._get_shown_candidates() or one.partner_id == person)
            )
        )
        if not candidate:
            raise NotFound()
        return candidate

    def _find_neighbours(self, election, candidate):
        """Return the candidates before and after one, as members see them, or nothing."""
        shown = [*election._get_shown_candidates()]
        if candidate not in shown:
            return None, None
        place = shown.index(candidate)
        return (shown[place - 1] if place else None), (shown[place + 1 :] or [None])[0]

    def _find_member(self, election, number):
        member = request.env["res.partner"]._find_member(election.company_id, number)
        if not member:
            raise UserError(
                request.env._("No member has this number: ask the person whom you propose.")
            )
        return member

    def _read_photo(self, file):
        """Return a photo as it is written, and what is wrong with it."""
        if not getattr(file, "filename", None):
            return None, {}
        content = file.read(LARGEST_PHOTO + 1)
        if len(content) > LARGEST_PHOTO or guess_mimetype(content) not in PHOTOS:
            return None, {
                "photo": request.env._("Choose a picture (JPEG, PNG or WebP) of at most 5 MB.")
            }
        return base64.b64encode(content), {}

    def _check_stand(self, form):
        """Return what is wrong with a candidature, by field."""
        errors = self._check_lang(form)
        if not 0 < len(form["text"]) <= TEXT_LENGTH:
            errors["text"] = request.env._(
                "Write who you are and what you want to do, in at most %(limit)s characters.",
                limit=TEXT_LENGTH,
            )
        return errors or self._check_pace("candidate", FORMS_AN_HOUR)

    def _go(self, step, election, done, **typed):
        """Go a step; what stands in the way is shown on the page."""
        errors = self._try(step)
        if errors:
            return self._render_election(election, errors=errors, **typed)
        return request.redirect(f"{PAGE}/{election.id}?done={done}")

    def _render_election(self, election, form=None, number="", errors=None, notice=None):
        person = request.env.user.partner_id
        own = election._get_candidature(person)
        text = own.with_context(lang=own.authentic_lang).text if own else ""
        values = self._prepare_governance_values("election") | {
            "election": election,
            "status": election._get_member_status(),
            "own": own,
            "proposed": election.candidate_ids.filtered(
                lambda one: one.submitted_by_id == person and one.partner_id != person
            ),
            "number": number,
            "candidates": election._get_shown_candidates(),
            "can_stand": election._is_call_open()
            and (not own or own.state in ("proposed", "submitted")),
            "can_withdraw": own and own.state not in GONE and own.outcome in (False, "elected"),
            "obstacle": election._find_obstacle_of(person) if not own else None,
            "poll": self._find_poll(election, person),
            "languages": request.env["res.lang"].get_installed(),
            "form": form
            or {
                "token": str(uuid.uuid4()),
                "text": text or "",
                "lang": own.authentic_lang or request.env.lang,
            },
            "errors": errors or {},
            "notice": notice,
        }
        return request.render(
            "smart_workgroups.portal_election", values, status=422 if errors else 200
        )

    def _find_poll(self, election, person):
        """Return the vote of an election, if the user sees it."""
        Poll = self._open_records("coop.poll")
        own = Domain("election_id", "=", election.id) & Poll._get_visible_domain(person)
        return Poll.search(own, order="id desc", limit=1)
