from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from ..lib.succession import seated

# So long after a mandate began a seat is refused; later it is a mandate that ends.
REFUSE_DAYS = 30


class CoopElection(models.Model):
    """What the published count gives: seats, mandates, and who follows who refuses."""

    _inherit = "coop.election"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_give_mandates(self):
        """Give the mandates that something stood in the way of."""
        self.check_access("write")
        for election in self:
            election._take_turn()
            election._check_state("elected")
            election._give_mandates()
        return True

    def action_by_election(self):
        """Open a new election for the seats of this one that are empty.

        :raise UserError: all are taken
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("elected")
        seats = self.seats - len(self._get_seated())
        if not seats:
            raise UserError(
                self.env._(
                    "All seats of %(election)s are taken. For a mandate that ended, open it and "
                    "press By-Election there.",
                    election=self.display_name,
                )
            )
        return self._open_by_election(self.body_id, seats, self.date_end, self._get_left_mandates())

    # ------------------------------------------------------------------
    # The result
    # ------------------------------------------------------------------

    def _receive_result(self, poll):
        """Take over what the published count says, and give the mandates.

        Of two who publish at once, the second is replayed and finds the vote published.
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("vote")
        _definition, votes, elected = poll._read_result()
        numbers = self._get_numbers(poll)
        for candidate in self.candidate_ids.filtered("on_ballot"):
            number = numbers[candidate.partner_id.id]
            candidate._write_decision(
                {
                    "votes": votes[number],
                    "place": elected.index(number) + 1 if number in elected else 0,
                    "outcome": "not_elected",
                }
            )
        self._write_decision({"state": "elected"})
        gone = self.candidate_ids.filtered(lambda one: one.on_ballot and one.state == "withdrawn")
        gone.filtered("place")._write_decision({"outcome": "declined"})
        self._fill_seats()

    def _lose_result(self, poll):
        """Take the seats of an annulled vote back: mandates end, they are never deleted."""
        self.ensure_one()
        self._take_turn()
        if self.state not in ("vote", "elected"):
            return
        poll.mandate_ids.filtered("active")._end(
            fields.Date.context_today(self),
            self.env._("The vote %(poll)s was annulled", poll=poll.name),
        )
        self.candidate_ids._write_decision(
            {"on_ballot": False, "outcome": False, "place": 0, "votes": 0, "obstacle": False}
        )
        self._write_decision({"state": "vote"})

    def _fill_seats(self):
        """Say who has a seat when some refused theirs, and give the mandates."""
        poll = self.poll_id
        definition, votes, elected = poll._read_result()
        numbers = self._get_numbers(poll)
        ballot = self.candidate_ids.filtered("on_ballot")
        # Who withdrew has no seat, whatever the place.
        out = ballot.filtered(lambda one: one.outcome == "declined" or one.state == "withdrawn")
        gone = [numbers[one.partner_id.id] for one in out]
        if self.on_refusal == "next":
            elected = seated(definition, votes, gone)
        for candidate in ballot - out:
            number = numbers[candidate.partner_id.id]
            if number in elected and candidate.outcome != "elected":
                candidate._write_decision({"outcome": "elected"})
        self._give_mandates()
        vacant = self.seats - len(self._get_seated())
        if vacant:
            self._remind(
                lambda one: one.env._(
                    "Vacant seats of %(election)s: %(seats)s; hold a by-election",
                    seats=vacant,
                    election=one.title,
                )
            )

    # ------------------------------------------------------------------
    # Mandates
    # ------------------------------------------------------------------

    def _give_mandates(self):
        """Give each elected candidate the mandate, once; note what stands in the way of one."""
        self.ensure_one()
        self.body_id._take_turn()
        blocked = False
        for candidate in self._get_seated().filtered(lambda one: not one._get_mandate()):
            obstacle = candidate._give_mandate()
            if candidate.obstacle != obstacle:
                candidate._write_decision({"obstacle": obstacle})
            blocked |= bool(obstacle)
        if blocked:
            self._remind(
                lambda one: one.env._(
                    "Somebody elected in %(election)s has no mandate yet: see what stands in the "
                    "way, mend it and give the mandates",
                    election=one.title,
                )
            )

    def _get_seated(self):
        """Return the candidates who have a seat, in the order of the count."""
        return self.candidate_ids.filtered(lambda one: one.outcome == "elected").sorted(
            lambda one: (one.place or len(self.candidate_ids) + 1, -one.votes, one.id)
        )

    def _get_left_mandates(self):
        """Return the mandates whose rest is still to be given, the longest first."""
        self.ensure_one()
        refused = self.candidate_ids.filtered(lambda one: one.outcome == "declined").mandate_ids
        # That of a vote that was annulled is nobody's to go on with.
        own = refused.filtered(lambda one: one.poll_id == self.poll_id)
        left = (self.replaced_ids | own).filtered(
            lambda one: (
                one.active and one.date_end and (not one.term_end or one.term_end > one.date_end)
            )
        )
        taken = self.env["coop.mandate"].search([("replaced_id", "in", left.ids)]).replaced_id
        return (left - taken).sorted(lambda one: (one.term_end or one.date_end, one.id), True)

    def _prepare_mandate(self, candidate):
        """Return the values of the mandate that a candidate gets."""
        today = fields.Date.context_today(self)
        replaced = self._get_left_mandates()[:1]
        start = max(self.date_start, today)
        end = self.date_end
        if replaced:
            start = max(start, replaced.date_end + timedelta(days=1))
            end = replaced.term_end or end
        return {
            "body_id": self.body_id.id,
            "partner_id": candidate.partner_id.id,
            "role": "member",
            "origin": "elected",
            "origin_reference": self.poll_id.display_name,
            "date_start": start,
            "date_end": end,
            "replaced_id": replaced.id,
            "poll_id": self.poll_id.id,
            "candidate_id": candidate.id,
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_numbers(self, poll):
        """Return ``{partner id: number on the ballot}``."""
        return {option.partner_id.id: option.number for option in poll.option_ids}

    def _open_by_election(self, body, seats, end, mandates):
        today = fields.Date.context_today(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("By-Election"),
            "res_model": "coop.election",
            "view_mode": "form",
            "context": {
                "default_title": self.env._("By-election: %(body)s", body=body.name),
                "default_body_id": body.id,
                "default_seats": seats,
                "default_replaced_ids": mandates.ids,
                "default_date_start": fields.Date.to_string(today + timedelta(days=60)),
                "default_date_end": fields.Date.to_string(end) if end else False,
            },
        }
