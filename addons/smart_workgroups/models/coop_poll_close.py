import hashlib
from contextlib import suppress

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.key_shares import split_key
from ..lib.merkle import merkle_root
from ..lib.sealing import new_key_pair


class CoopPoll(models.Model):
    _inherit = "coop.poll"

    public_key = fields.Char(readonly=True, copy=False)
    opened_in = fields.Char(readonly=True, copy=False, help="The transaction that opened it.")
    closed_in = fields.Char(readonly=True, copy=False, help="The transaction that closed it.")
    ballot_count = fields.Integer("Ballots", readonly=True, copy=False)
    paper_count = fields.Integer("Voted on Paper", readonly=True, copy=False)
    merkle_root = fields.Char("Root of the Ballots", readonly=True, copy=False)

    def _decided_fields(self):
        return super()._decided_fields() | {
            "public_key",
            "opened_in",
            "closed_in",
            "ballot_count",
            "paper_count",
            "merkle_root",
        }

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open(self):
        """Lead to the page that opens the vote and shows the words of the key, once."""
        self.check_access("write")
        self.ensure_one()
        self._check_state("frozen")
        return self._get_desk_action("open")

    def action_close(self):
        """Close the vote: who is casting at this moment is waited for, who comes later is late."""
        self.check_access("write")
        for poll in self:
            poll._take_turn()
            poll._check_state("open")
            poll._write_decision({"state": "closed", "closed_in": poll._get_transaction()})
            if poll.opened_in == poll.closed_in:
                # Nobody else ever saw it open, so nobody is casting.
                poll._record()
        self.env.ref("smart_workgroups.ir_cron_poll_record")._trigger()
        return True

    def action_record(self):
        """Record how many ballots there are and the root over all commitments."""
        self.check_access("write")
        for poll in self:
            poll._take_turn()
            poll._check_state("closed")
            poll._record()
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_desk_action(self, step):
        return {
            "type": "ir.actions.act_url",
            "url": f"/governance/polls/{self.id}/{step}",
            "target": "self",
        }

    def _get_transaction(self):
        self.env.cr.execute("SELECT pg_current_xact_id()::text")
        return self.env.cr.fetchone()[0]

    def _open(self):
        """Open the vote, and return the words of each scrutineer, which are kept nowhere.

        :return: list of ``(res.partner, words)``
        """
        self.ensure_one()
        self.check_access("write")
        self._take_turn()
        self._check_state("frozen")
        self._check_frozen()
        if self.date_close and self.date_close <= fields.Datetime.now():
            raise UserError(
                self.env._(
                    "%(poll)s would be open until a moment that is past. Annul it, and make a new "
                    "one with a later end.",
                    poll=self.display_name,
                )
            )
        private, public = new_key_pair()
        people = self.scrutineer_ids.sorted("id")
        words = split_key(private, self.shares_needed, len(people))
        self._write_decision(
            {"state": "open", "public_key": public.hex(), "opened_in": self._get_transaction()}
        )
        return list(zip(people, words, strict=True))

    def _record(self):
        """Write down count and root; the same ballots give the same, however often.

        A transaction sees what was committed when it began. The one that closes a vote waits for
        casts in flight but does not see them: it may not be the one that records.
        """
        if self.closed_in == self._get_transaction() and self.opened_in != self.closed_in:
            raise UserError(
                self.env._(
                    "%(poll)s was closed a moment ago: record its ballots in a new step.",
                    poll=self.display_name,
                )
            )
        if self.merkle_root:
            return
        commitments = self._read_commitments()
        states = [state for _number, _category, state in self._read_roll()]
        if states.count("voted") != len(commitments):
            raise UserError(
                self.env._(
                    "%(poll)s: %(marks)s members are marked on the roll, and there are %(ballots)s "
                    "ballots. Nothing is recorded; annul the vote and find out why.",
                    poll=self.display_name,
                    marks=states.count("voted"),
                    ballots=len(commitments),
                )
            )
        self._write_decision(
            {
                "ballot_count": len(commitments),
                "paper_count": states.count("paper"),
                "merkle_root": self._root_of(commitments),
            }
        )

    def _read_commitments(self):
        """Return the commitments of all ballots, sorted."""
        self.env["coop.ballot"].flush_model()
        self.env.cr.execute(SQL("SELECT commitment FROM coop_ballot WHERE poll_id = %s", self.id))
        return sorted(commitment for (commitment,) in self.env.cr.fetchall())

    @api.model
    def _root_of(self, commitments):
        try:
            return merkle_root([bytes.fromhex(one) for one in commitments]).hex()
        except ValueError:
            # Somebody wrote in the table what is no commitment: it has no root.
            return hashlib.sha256(repr(commitments).encode()).hexdigest()

    @api.model
    def _cron_record(self):
        """Record the ballots of what was closed a moment ago."""
        closed = self.search([("state", "=", "closed"), ("merkle_root", "=", False)])
        self.env["ir.cron"]._commit_progress(remaining=len(closed))
        for poll in closed:
            poll._take_turn()
            if poll.state == "closed":
                # What does not agree is told to who presses the button; the others go on.
                with suppress(UserError), self.env.cr.savepoint():
                    poll._record()
            self.env["ir.cron"]._commit_progress(1)
