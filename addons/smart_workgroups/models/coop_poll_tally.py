import base64
import json
import secrets

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.ballot_choice import ChoiceError
from ..lib.key_shares import SharesError, join_key
from ..lib.outcome import canonical_json, count_poll, hash_of, roll_hash
from ..lib.sealing import Opener, SealError, public_of
from .coop_poll import FEWEST_VOTERS


class CoopPoll(models.Model):
    _inherit = "coop.poll"

    result = fields.Text(readonly=True, copy=False, help="As the count gave it.")
    traces_left = fields.Boolean(
        readonly=True,
        copy=False,
        help="The database still holds the old rows of roll and ballots on its disk; a job removes "
        "them within minutes.",
    )

    def _decided_fields(self):
        return super()._decided_fields() | {"result", "traces_left"}

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_tally(self):
        """Lead to the page where the scrutineers fill in their words."""
        self.check_access("write")
        self.ensure_one()
        self._check_state("closed")
        return self._get_desk_action("tally")

    def action_publish(self):
        """Let all members read the result, and download what a recount needs."""
        self.check_access("write")
        for poll in self:
            poll._take_turn()
            poll._check_state("tallied")
            poll._write_decision({"state": "published"})
        return True

    def _annul(self, reason):
        """Annul a vote, for a reason that stays: it is never reset, only held anew."""
        self.ensure_one()
        self.check_access("write")
        if not (reason or "").strip():
            raise UserError(
                self.env._("Say why %(poll)s is annulled: voters read it.", poll=self.display_name)
            )
        self._take_turn()
        self._check_state("draft", "frozen", "open", "closed", "tallied", "published")
        self._write_decision({"state": "annulled", "annul_reason": reason.strip()})

    # ------------------------------------------------------------------
    # The count
    # ------------------------------------------------------------------

    def _tally(self, shares):
        """Open the ballots with the words of the scrutineers, and count them.

        All happens in memory; only when everything holds, the result is written, roll and ballots
        are written anew in another order, and the key is forgotten. Otherwise nothing happens.

        :param shares: the words of each scrutineer, as text
        :raise UserError: saying what is wrong with the words or with the ballots
        """
        self.ensure_one()
        self.check_access("write")
        self._take_turn()
        self._check_state("closed")
        if not self.merkle_root:
            raise UserError(
                self.env._(
                    "First record the ballots of %(poll)s, and print the root: it proves that "
                    "nothing changed before they are opened.",
                    poll=self.display_name,
                )
            )
        self._check_frozen()
        self._check_box()
        private = self._join_shares(shares)
        opened = self._open_ballots(private)
        definition = json.loads(self.definition)
        try:
            result = count_poll(definition, [row[1] for row in opened], self._get_paper())
        except (ChoiceError, ValueError) as error:
            raise self._error_box(str(error)) from None
        self._rewrite_ballots(opened)
        self._rewrite_roll()
        self._write_decision(
            {"state": "tallied", "result": canonical_json(result), "traces_left": True}
        )
        self.env.ref("smart_workgroups.ir_cron_poll_traces")._trigger()

    def _join_shares(self, shares):
        """Return the private key, or say which words are wrong."""
        try:
            private = join_key(shares, self.shares_needed)
        except SharesError as error:
            raise UserError(self._tell_shares_error(error)) from None
        if len(private) != 32 or public_of(private).hex() != self.public_key:
            raise UserError(
                self.env._(
                    "These words do not belong to %(poll)s. Nothing was opened.",
                    poll=self.display_name,
                )
            )
        return private

    def _tell_shares_error(self, error):
        if error.code == "too_few":
            return self.env._(
                "%(poll)s is opened by %(needed)s scrutineers together; the words of %(count)s are "
                "filled in. Nothing was opened.",
                poll=self.display_name,
                needed=error.params["needed"],
                count=error.params["count"],
            )
        if error.code == "unreadable":
            return self.env._(
                "A word in field %(place)s is misspelt or missing: compare it with the paper. "
                "Nothing was opened.",
                place=error.params["place"],
            )
        return self.env._("These words do not belong together. Nothing was opened.")

    # ------------------------------------------------------------------
    # What must hold before anything is opened
    # ------------------------------------------------------------------

    def _check_frozen(self):
        """Check that definition, options and roll are those that were frozen."""
        definition = json.loads(self.definition)
        if hash_of(definition) != self.definition_hash:
            raise self._error_box(self.env._("what was frozen is not what was hashed"))
        options = {option.number: option for option in self.option_ids}
        for frozen in definition["options"]:
            option = options.pop(frozen["number"], None)
            names = self._in_languages(option, "name") if option else {}
            if any(names.get(code, name) != name for code, name in frozen["name"].items()) or (
                not option or (option.category or "") != frozen["category"]
            ):
                raise self._error_box(
                    self.env._("option %(number)s was changed", number=frozen["number"])
                )
        if options:
            raise self._error_box(self.env._("an option was added"))
        rows = self._read_roll()
        if roll_hash([row[:2] for row in rows]) != definition["roll_hash"]:
            raise self._error_box(
                self.env._("the roll is not the frozen one: a row was added, dropped or changed")
            )
        self._check_people()

    def _check_people(self):
        """Check that each row of the roll is still of the member with that number.

        A contact that was merged into another one took its membership along.
        """
        self.env["coop.membership"].flush_model(["company_id", "number", "partner_id"])
        self.env["coop.poll.roll"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT min(number) FROM coop_poll_roll
                WHERE poll_id = %s AND (partner_id, number) NOT IN (
                    SELECT partner_id, number FROM coop_membership
                    WHERE company_id = %s AND number > 0
                )
                """,
                self.id,
                self.company_id.id,
            )
        )
        [number] = self.env.cr.fetchone()
        if number is not None:
            raise self._error_box(
                self.env._(
                    "the roll names somebody else for member number %(number)s", number=number
                )
            )

    def _check_box(self):
        """Check that ballots and roll are those that were recorded at closing."""
        commitments = self._read_commitments()
        states = [state for _number, _category, state in self._read_roll()]
        if len(commitments) != self.ballot_count:
            raise self._error_box(
                self.env._(
                    "there are %(count)s ballots, and %(recorded)s were recorded",
                    count=len(commitments),
                    recorded=self.ballot_count,
                )
            )
        if self._root_of(commitments) != self.merkle_root:
            raise self._error_box(self.env._("a commitment is not one of those recorded"))
        if states.count("voted") != self.ballot_count or states.count("paper") != self.paper_count:
            raise self._error_box(self.env._("the marks on the roll are not those recorded"))

    def _error_box(self, what):
        return UserError(
            self.env._(
                "%(poll)s cannot be counted: %(what)s. Nothing was opened; annul the vote and find "
                "out why.",
                poll=self.display_name,
                what=what,
            )
        )

    # ------------------------------------------------------------------
    # Opening, and leaving no trace of the order
    # ------------------------------------------------------------------

    def _open_ballots(self, private):
        """Return ``(commitment, choice, nonce)`` of every ballot, shuffled."""
        self.env.cr.execute(
            SQL("SELECT commitment, sealed FROM coop_ballot WHERE poll_id = %s", self.id)
        )
        rows = self.env.cr.fetchall()
        secrets.SystemRandom().shuffle(rows)
        opener, opened = Opener(private, self.definition_hash), []
        for committed, sealed in rows:
            try:
                box = base64.b64decode(sealed or "", validate=True)
                opened.append((committed, *opener.open(box, committed)))
            except (SealError, ValueError):
                raise self._error_box(
                    self.env._("the ballot %(commitment)s does not open", commitment=committed)
                ) from None
        return opened

    def _shows_ballots(self):
        """Return whether what each ballot says is kept and published."""
        return self.publish_ballots and self.ballot_count >= FEWEST_VOTERS

    def _rewrite_ballots(self, opened):
        """Write all ballots anew, sorted by their commitments, which are chance."""
        shown = self._shows_ballots()
        opened = sorted(opened)
        self.env.cr.execute(SQL("DELETE FROM coop_ballot WHERE poll_id = %s", self.id))
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO coop_ballot (poll_id, commitment, choice, nonce)
                SELECT %s, commitment, choice, nonce
                FROM unnest(%s::text[], %s::text[], %s::text[])
                    WITH ORDINALITY AS ballot (commitment, choice, nonce, place)
                ORDER BY place
                """,
                self.id,
                [committed for committed, _choice, _nonce in opened],
                [choice if shown else None for _committed, choice, _nonce in opened],
                [nonce if shown else None for _committed, _choice, nonce in opened],
            ),
            log_exceptions=False,
        )
        self.env["coop.ballot"].invalidate_model(flush=False)

    def _rewrite_roll(self):
        """Write all rows of the roll anew in one transaction.

        Their ids are those of the freeze, in the order of the member numbers; the job that removes
        the old rows sorts them on the disk in that order too.
        """
        self.env.cr.execute(
            SQL("UPDATE coop_poll_roll SET state = state WHERE poll_id = %s", self.id)
        )
        self.env["coop.poll.roll"].invalidate_model(flush=False)
