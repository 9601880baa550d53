import json

from odoo import models
from odoo.fields import Command

# Of a secret vote: its roll stands, and its result does not yet.
UNDER_WAY = ("frozen", "open", "closed", "tallied")


class CoopAssemblyPoint(models.Model):
    """What a second call takes up: all that the first one put before its members in vain."""

    _inherit = "coop.assembly.point"

    def _is_undecided(self):
        """Tell whether a second call takes this up again."""
        if self.resolution_id:
            return self.resolution_id.state in ("draft", "no_quorum")
        return self.kind != "information" and not self.outcome and not self._is_voted_on()

    def _is_voted_on(self):
        """Tell whether a vote without a resolution came to a result, which needs its quorum."""
        named = self._get_named_polls().filtered(lambda one: one.outcome != "no_quorum")
        secret = self._get_polls().filtered(
            lambda one: json.loads(one.result).get("outcome") != "no_quorum"
        )
        return bool(named or secret)

    def _find_unfinished_vote(self):
        """Return a vote about this whose result is still to come, or to be recorded."""
        resolution = self.resolution_id
        if resolution:
            counted = resolution.poll_id or resolution.named_poll_id
            return resolution.state == "draft" and (counted or resolution._find_running_vote())
        polls = self.poll_id | self._get_election().poll_id
        return polls.filtered(lambda one: one.state in UNDER_WAY)[:1]

    def _get_prepared_votes(self, resolution):
        """Return the secret votes about a resolution that are not frozen yet."""
        return self.assembly_id.poll_ids.filtered(
            lambda one: one.state == "draft" and one.resolution_id == resolution
        )

    def _take_up(self, second):
        """Put this on the agenda of a second call, with its resolution, vote or election."""
        resolution, poll, election = self.resolution_id, self.poll_id, self._get_election()
        if resolution.state == "no_quorum":
            # What was recorded stays; the same is put before the second call.
            resolution = resolution._copy_with_texts(
                {"assembly_id": second.id, "proposal_id": resolution.proposal_id.id}
            )
        elif resolution:
            self._get_prepared_votes(resolution)._write_decision({"assembly_id": second.id})
        if election:
            # It goes on as it is: call, candidates, and the vote that is not frozen.
            election.assembly_id = second
            election.poll_id._write_decision({"assembly_id": second.id})
        elif poll:
            poll = poll._copy_with_texts(
                {
                    "assembly_id": second.id,
                    "scrutineer_ids": [Command.set(poll.scrutineer_ids.ids)],
                }
            )
        self._copy_with_texts(
            {
                "assembly_id": second.id,
                "resolution_id": resolution.id,
                "poll_id": poll.id,
                "election_id": self.election_id.id,
            }
        )
        self.outcome = "dropped"
