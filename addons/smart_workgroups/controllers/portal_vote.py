import json
from urllib.parse import quote

from werkzeug.exceptions import NotFound, RequestEntityTooLarge

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.smart_activity_billing.controllers.portal_member import MemberPortal
from odoo.addons.smart_membership.lib.typed_text import MAX_INTEGER, typed_id, typed_text

from ..lib.ballot_choice import MOST_OPTIONS
from ..models.coop_poll_portal import PAGE

# A form of a ballot is small; what is larger is none.
LARGEST_FORM = 65536
PROXIES_AN_HOUR = 20


def read_proxy(number, instructions):
    """Return what was typed to give a proxy, to be kept when it is refused."""
    return {
        "number": typed_text(number)[:30],
        "instructions": typed_text(instructions)[:2000],
    }


class VotePortal(MemberPortal):
    """Members vote in secret, check that their ballot counts, and read how the result follows."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "vote_count" in counters:
            Poll = self._polls()
            values["vote_count"] = Poll.search_count(
                Poll._get_visible_domain(request.env.user.partner_id), limit=1
            )
        return values

    # ------------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------------

    @http.route(
        [PAGE, f"{PAGE}/page/<int:page>"], type="http", auth="user", website=True, readonly=True
    )
    def portal_votes(self, page=1, **kwargs):
        """List the votes in which the user may take part, or might have."""
        Poll = self._polls()
        visible = Poll._get_visible_domain(request.env.user.partner_id)
        polls, pager = self._search_page(Poll, visible, PAGE, page, order="id desc")
        values = self._prepare_vote_values("votes") | {"polls": polls, "pager": pager}
        return request.render("smart_workgroups.portal_votes", values)

    @http.route(f"{PAGE}/<int:poll_id>", type="http", auth="user", website=True, readonly=True)
    def portal_vote(self, poll_id, **kwargs):
        """Show one vote: what is decided on, whether one voted, and the result."""
        return self._render_poll(self._get_poll(poll_id), notice=kwargs.get("done"))

    @http.route(
        f"{PAGE}/<int:poll_id>/ballot", type="http", auth="user", website=True, readonly=True
    )
    def portal_vote_ballot(self, poll_id, voter=None, **kwargs):
        """Show the ballot of one voter, to be filled in."""
        poll = self._get_poll(poll_id)
        return self._render_ballot(poll, self._get_voter(poll, voter), ())

    @http.route(
        f"{PAGE}/<int:poll_id>/review",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        readonly=True,
    )
    def portal_vote_review(self, poll_id, voter=None, **kwargs):
        """Show what was marked, before it is cast; nothing is kept."""
        poll = self._get_poll(poll_id)
        person = self._get_voter(poll, voter)
        try:
            marks = poll._check_choice(json.loads(poll.definition), self._read_marks(poll))
        except UserError as error:
            return self._render_ballot(poll, person, self._read_numbers(), str(error))
        names = poll._get_option_names()
        values = self._prepare_vote_values("vote_review", poll) | {
            "voter": person,
            "marks": marks,
            "marked": [names[number] for number in marks],
        }
        return self._render_secret("smart_workgroups.portal_vote_review", values)

    @http.route(
        f"{PAGE}/<int:poll_id>/cast", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_vote_cast(self, poll_id, voter=None, **kwargs):
        """Cast the ballot, and show the receipt this once."""
        poll = self._get_poll(poll_id)
        person = self._get_voter(poll, voter)
        if typed_text(kwargs.get("step")) == "back":
            return self._render_ballot(poll, person, self._read_numbers())
        try:
            with request.env.cr.savepoint():
                receipt = poll._cast_as(request.env.user.partner_id, person, self._read_numbers())
        except UserError as error:
            return self._render_poll(poll, error=str(error))
        values = self._prepare_vote_values("vote_receipt", poll) | {
            "voter": person,
            "receipt": receipt,
            # Made by the browser: no second request, which would have to be told the secret.
            "receipt_url": "data:application/json;charset=utf-8,"
            + quote(json.dumps(receipt, indent=1)),
        }
        return self._render_secret("smart_workgroups.portal_vote_receipt", values)

    @http.route(f"{PAGE}/<int:poll_id>/cast.json", type="http", auth="user", methods=["POST"])
    def portal_vote_cast_data(self, poll_id, voter=None, **kwargs):
        """Cast the ballot, and give the receipt to the script of the page, which shows it there.

        One's own vote is cast at once; whatever else is meant goes the way of the page.
        """
        if (request.httprequest.content_length or 0) > LARGEST_FORM:
            self._get_poll(poll_id)  # of others nothing is told, not even this
            raise RequestEntityTooLarge()
        own = 0 < poll_id <= MAX_INTEGER and self._polls().browse(poll_id)
        try:
            receipt = own and own._cast_own(request.env.uid, typed_id(voter), self._read_numbers())
            if not receipt:
                poll = self._get_poll(poll_id)
                person = self._get_voter(poll, voter)
                with request.env.cr.savepoint():
                    receipt = poll._cast_as(
                        request.env.user.partner_id, person, self._read_numbers()
                    )
        except UserError as error:
            return self._answer_secret({"error": str(error)})
        return self._answer_secret(receipt)

    @http.route(
        f"{PAGE}/<int:poll_id>/check",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        readonly=True,
    )
    def portal_vote_check(self, poll_id, commitment=None, **kwargs):
        """Tell whether a ballot is among those that are counted."""
        poll = self._get_poll(poll_id)
        committed = typed_text(commitment).strip().lower()[:64]
        return self._render_poll(
            poll, checked=committed, found=poll._find_ballot(committed) if committed else None
        )

    @http.route(f"{PAGE}/<int:poll_id>/publication.json", type="http", auth="user", readonly=True)
    def portal_vote_publication(self, poll_id, **kwargs):
        """Give what ``verify.py`` recounts."""
        poll = self._get_poll(poll_id)
        if poll.state != "published":
            raise NotFound()
        return request.make_response(
            poll._publication(),
            [
                ("Content-Type", "application/json; charset=utf-8"),
                ("Content-Disposition", http.content_disposition(f"{poll.name}.json")),
            ],
        )

    @http.route(
        f"{PAGE}/<int:poll_id>/come", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_vote_come(self, poll_id, **kwargs):
        """Take the own proxy back, to vote oneself."""
        poll, person = self._get_poll(poll_id), request.env.user.partner_id
        revoked = None
        try:
            with request.env.cr.savepoint():
                if poll.assembly_id:
                    revoked = request.env["coop.proxy"]._come_in_person(poll.assembly_id, person)
        except UserError as error:
            return self._render_poll(poll, error=str(error))
        # Who has no proxy to take back is not told that one was.
        return request.redirect(f"{PAGE}/{poll.id}{'?done=come' if revoked else ''}")

    @http.route(
        f"{PAGE}/<int:poll_id>/give", type="http", auth="user", website=True, methods=["POST"]
    )
    def portal_vote_give(self, poll_id, number=None, instructions=None, **kwargs):
        """Give a proxy for the Assembly of a vote, to a member whose number one knows."""
        poll, env = self._get_poll(poll_id), request.env
        typed = read_proxy(number, instructions)
        # Counted before, for what is refused is rolled back.
        if not env["coop.request.limit"]._take("proxy", env.user.partner_id.id, PROXIES_AN_HOUR):
            error = env._("You tried many numbers: try again in an hour.")
            return self._render_poll(poll, error=error, typed=typed)
        try:
            with env.cr.savepoint():
                self._give_proxy(poll, typed_id(typed["number"]), typed["instructions"])
        except UserError as error:
            return self._render_poll(poll, error=str(error), typed=typed)
        return request.redirect(f"{PAGE}/{poll.id}?done=given")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _give_proxy(self, poll, number, instructions):
        env, person = request.env, request.env.user.partner_id
        if not poll.assembly_id or poll._get_roll_state(person) != "eligible":
            raise UserError(env._("You have no vote here that somebody else could cast."))
        holder = env["res.partner"]._find_member(poll.company_id, number)
        if not holder:
            raise UserError(
                env._("No member has this number: ask whoever votes for you what it is.")
            )
        if holder == person:
            raise UserError(env._("This is your own number: fill in that of another member."))
        env["coop.proxy"].sudo().create(
            {
                "assembly_id": poll.assembly_id.id,
                "principal_id": person.id,
                "holder_id": holder.id,
                "instructions": instructions or False,
            }
        )

    def _polls(self):
        # Found by the own rows of the roll only: members have no right on votes.
        return request.env["coop.poll"].sudo()

    def _get_poll(self, poll_id):
        """Return a vote in which the user has a part, or answer that there is none."""
        Poll = self._polls()
        visible = Poll._get_visible_domain(request.env.user.partner_id)
        poll = self._find_own(Poll, visible, poll_id)
        if (request.httprequest.content_length or 0) > LARGEST_FORM:
            raise RequestEntityTooLarge()
        return poll

    def _get_voter(self, poll, text):
        """Return the voter who is meant: the user, or who gave the user a proxy."""
        voters = poll._get_voters(request.env.user.partner_id)
        voter = voters.filtered(lambda one: one.id == typed_id(text)) if text else voters[:1]
        if not voter:
            raise NotFound()
        return voter

    def _read_marks(self, poll):
        """Return the numbers that were marked, in the order of preference for a ranking."""
        if poll.kind != "stv":
            return self._read_numbers()
        ranks = []
        for name, text in request.httprequest.form.items():
            if name.startswith("rank_") and text.strip():
                rank, number = typed_id(text), typed_id(name[5:])
                if not 0 < rank <= MOST_OPTIONS:
                    raise UserError(request.env._("Give each preference a number: 1, 2, 3 …"))
                ranks.append((rank, number))
        if len({rank for rank, _number in ranks}) != len(ranks):
            raise UserError(
                request.env._("Two candidates have the same preference: give each another number.")
            )
        return [number for _rank, number in sorted(ranks)]

    def _get_typed_ranks(self):
        """Return what was typed beside each option, by its number."""
        form = request.httprequest.form
        return {typed_id(name[5:]): form[name][:4] for name in form if name.startswith("rank_")}

    def _read_numbers(self):
        """Return the numbers of the field ``mark``; what is no number is nothing on the ballot."""
        texts = request.httprequest.form.getlist("mark")[: MOST_OPTIONS + 1]
        return [typed_id(text) for text in texts if text.strip()]

    def _prepare_vote_values(self, page_name, poll=None):
        return self._prepare_portal_layout_values() | {
            "page_name": page_name,
            "poll": poll,
            "person": request.env.user.partner_id,
            "zone": request.env.user.tz or "Europe/Brussels",
        }

    def _render_poll(self, poll, **values):
        person = request.env.user.partner_id
        voters = poll._get_voters(person)
        return request.render(
            "smart_workgroups.portal_vote",
            self._prepare_vote_values("vote", poll)
            | {
                "voters": [(voter, poll._get_roll_state(voter)) for voter in voters],
                "proxy_given": request.env["coop.proxy"]._is_given(poll, person),
                "options": poll._get_ballot_options(),
                "error": None,
                "notice": None,
                "typed": None,
                "checked": None,
                "found": None,
            }
            | values,
        )

    def _render_ballot(self, poll, voter, marks, error=None):
        if poll.state != "open" or poll._get_roll_state(voter) != "eligible":
            return request.redirect(f"{PAGE}/{poll.id}")
        ranks = {number: place for place, number in enumerate(marks, start=1)}
        values = self._prepare_vote_values("vote_ballot", poll) | {
            "voter": voter,
            "options": poll._get_ballot_options(),
            "most": json.loads(poll.definition)["max_marks"],
            # Preferences that do not hold are in no order: they are shown as they were typed.
            "ranks": ranks or self._get_typed_ranks(),
            "error": error,
        }
        return self._render_secret("smart_workgroups.portal_vote_ballot", values)

    def _answer_secret(self, data):
        """Answer with data that no cache may keep."""
        return request.make_json_response(data, headers=[("Cache-Control", "no-store")])

    def _render_secret(self, template, values):
        """Render what no cache may keep."""
        response = request.render(template, values)
        response.headers["Cache-Control"] = "no-store"
        return response
