import base64
import json

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.ballot_choice import ChoiceError, canonical, check_marks
from ..lib.sealing import commitment, new_nonce, seal


class CoopPoll(models.Model):
    _inherit = "coop.poll"

    def _cast(self, voter, marks):
        """Cast one ballot for a voter, in one transaction, and return the receipt.

        The receipt is shown once and kept nowhere. Whoever calls this has checked that the user is
        the voter, or holds the voter's proxy.

        :param voter: the ``res.partner`` on the roll
        :param marks: the numbers of the options, in the order of preference
        :return: ``{"poll", "commitment", "nonce"}``
        :raise UserError: when the vote is not open, the marks are not valid, or it was done before
        """
        self.ensure_one()
        public, poll_hash, definition = self._hold_open()
        checked = self._check_choice(definition, marks)
        category = self._mark_roll(voter, "voted")
        return {"poll": self.name, **self._put_in(public, poll_hash, checked, category)}

    def _cast_own(self, user_id, voter_id, marks):
        """Cast the own ballot of a user, where nothing stands in the way: as fast as it can be.

        It is the same transaction with the same statements; only what the page tells to people
        is not read.

        :param int voter_id: the contact who is meant to be the user's own
        :return: the receipt; nothing when it is somebody else, the vote is not open to the user,
            a proxy was given or the ballot was cast: the way of the page says which
        :raise UserError: when the marks are not valid
        """
        self.ensure_one()
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """
                SELECT poll.name, poll.public_key, poll.definition_hash, poll.definition
                FROM coop_poll AS poll, res_users AS reader
                WHERE poll.id = %s AND reader.id = %s AND reader.partner_id = %s
                    AND poll.state = 'open'
                    AND (poll.date_close IS NULL OR poll.date_close > %s)
                    AND EXISTS (
                        SELECT FROM coop_poll_roll AS roll
                        WHERE roll.poll_id = poll.id AND roll.partner_id = reader.partner_id
                            AND roll.state = 'eligible'
                    )
                    AND NOT EXISTS (
                        SELECT FROM coop_proxy AS proxy
                        WHERE proxy.assembly_id = poll.assembly_id
                            AND proxy.principal_id = reader.partner_id AND proxy.state = 'given'
                    )
                FOR SHARE OF poll
                """,
                self.id,
                user_id,
                voter_id,
                fields.Datetime.now(),
            ),
            log_exceptions=False,
        )
        found = self.env.cr.fetchone()
        if not found:
            return None
        name, public, poll_hash, definition = found
        checked = self._check_choice(json.loads(definition), marks)
        category = self._find_mark(voter_id, "voted")
        if category is None:
            return None
        return {"poll": name, **self._put_in(public, poll_hash, checked, category)}

    def _put_in(self, public, poll_hash, checked, category):
        """Put a sealed ballot in the box; return what only the voter gets to know."""
        nonce = new_nonce()
        choice = canonical(checked, category)
        committed = commitment(poll_hash, choice, nonce)
        sealed = base64.b64encode(seal(bytes.fromhex(public), poll_hash, choice, nonce)).decode()
        self.env.cr.execute(
            SQL(
                "INSERT INTO coop_ballot (poll_id, commitment, sealed) VALUES (%s, %s, %s)",
                self.id,
                committed,
                sealed,
            ),
            # A ballot is in no log, not even when something goes wrong.
            log_exceptions=False,
        )
        return {"commitment": committed, "nonce": nonce}

    def _hold_open(self):
        """Hold the vote open for this transaction: who closes it waits."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                "SELECT state, public_key, definition_hash, definition, date_close "
                "FROM coop_poll WHERE id = %s FOR SHARE",
                self.id,
            ),
            log_exceptions=False,
        )
        state, public, poll_hash, definition, date_close = self.env.cr.fetchone()
        if state in ("draft", "frozen"):
            raise UserError(self.env._("%(poll)s is not open yet.", poll=self.display_name))
        if state != "open" or (date_close and date_close <= fields.Datetime.now()):
            raise UserError(
                self.env._(
                    "%(poll)s is closed: nothing is cast any more. What you cast before, counts.",
                    poll=self.display_name,
                )
            )
        return public, poll_hash, json.loads(definition)

    def _mark_roll(self, voter, state):
        """Mark the voter on the roll, once, and return the category for the ballot."""
        self.env["coop.poll.roll"].flush_model()
        category = self._find_mark(voter.id, state)
        self.env["coop.poll.roll"].invalidate_model(["state"], flush=False)
        if category is None:
            raise self._error_not_eligible(voter)
        return category

    def _find_mark(self, voter_id, state):
        """Mark a voter who is on the roll and did not vote, and return the category.

        Of two at the same time one waits, is replayed by the server, and finds the mark.
        """
        self.env.cr.execute(
            SQL(
                "UPDATE coop_poll_roll SET state = %s "
                "WHERE poll_id = %s AND partner_id = %s AND state = 'eligible' "
                "RETURNING COALESCE(category, '')",
                state,
                self.id,
                voter_id,
            ),
            log_exceptions=False,
        )
        found = self.env.cr.fetchone()
        return found[0] if found else None

    def _error_not_eligible(self, voter):
        state = self._get_roll_state(voter)
        if state == "voted":
            text = self.env._(
                "%(voter)s voted in %(poll)s already: a ballot is cast once and never changed."
            )
        elif state == "paper":
            text = self.env._("%(voter)s votes on paper in %(poll)s.")
        else:
            text = self.env._(
                "%(voter)s is not on the roll of %(poll)s, which lists the members with a share on "
                "the day when it was frozen."
            )
        return UserError(text % {"voter": voter.name, "poll": self.display_name})

    def _get_roll_state(self, voter):
        """Return where a voter stands on the roll, or nothing."""
        # Only whether one voted: it is the voter's own mark, or that of who gave a proxy.
        Roll = self.env["coop.poll.roll"].sudo()
        return Roll.search([("poll_id", "=", self.id), ("partner_id", "=", voter.id)]).state

    def _check_choice(self, definition, marks):
        """Return the checked marks, or say what is wrong with them."""
        options = len(definition["options"])
        try:
            return check_marks(definition["kind"], marks, options, definition["max_marks"])
        except ChoiceError as error:
            raise UserError(self._tell_choice_error(error)) from None

    def _tell_choice_error(self, error):
        if error.code == "too_many":
            return self.env._(
                "You marked %(count)s; mark at most %(most)s.",
                count=error.params["count"],
                most=error.params["most"],
            )
        if error.code == "duplicate":
            return self.env._(
                "Number %(number)s is marked twice: mark each once.", number=error.params["number"]
            )
        return self.env._("Something is marked that is not on this ballot: fill it in again.")
