import json

from odoo import fields, models
from odoo.exceptions import UserError


class CoopPoll(models.Model):
    """The vote of an election: its ballot is made of the candidates, its result gives the seats."""

    _inherit = "coop.poll"

    election_id = fields.Many2one(
        "coop.election",
        readonly=True,
        copy=False,
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
    )
    mandate_ids = fields.One2many(
        "coop.mandate", "poll_id", "Mandates", context={"active_test": False}
    )

    _one_of_an_election = models.UniqueIndex(
        "(election_id) WHERE election_id IS NOT NULL AND state <> 'annulled'",
        "This election has its vote already: annul that one first, for a reason.",
    )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_publish(self):
        """Publish; who is elected by it gets a mandate in the same transaction."""
        result = super().action_publish()
        for poll in self.filtered("election_id"):
            poll.election_id._receive_result(poll)
        return result

    def _annul(self, reason):
        """Annul; what the result gave ends with it, and the election is held anew."""
        result = super()._annul(reason)
        # The database lets another vote of the election begin once this one is written as over.
        self.flush_recordset(["state"])
        if self.election_id:
            self.election_id._lose_result(self)
        return result

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_frozen_fields(self):
        return super()._get_frozen_fields() | {"election_id"}

    def _prepare_answers(self):
        """Make the ballot of the candidates who are admitted at this moment."""
        result = super()._prepare_answers()
        if self.election_id:
            self._take_candidates()
        return result

    def _take_candidates(self):
        election = self.election_id
        # Whoever withdraws at this moment waits, or is waited for.
        election._take_turn()
        election._check_state("vote")
        candidates = election._get_admitted()
        candidates._check_translations()
        names = candidates.partner_id.grouped("name")
        twice = [name for name, people in names.items() if len(people) > 1]
        if twice:
            raise UserError(
                self.env._(
                    "Two candidates of %(election)s have the name %(name)s: write the names so "
                    "that voters tell one from the other.",
                    election=election.display_name,
                    name=twice[0],
                )
            )
        self.write(election._prepare_poll())
        self._take_texts(election, {"title": "title", "text": "text"})
        self.option_ids.unlink()
        for place, candidate in enumerate(candidates.sorted(lambda one: one._get_name_order())):
            option = self.env["coop.poll.option"].create(
                {
                    "poll_id": self.id,
                    "sequence": place,
                    "partner_id": candidate.partner_id.id,
                    "name": candidate.partner_id.name,
                    "category": candidate.category,
                    "text": candidate.text,
                }
            )
            option._take_texts(candidate, {"text": "text"})
        candidates._write_decision({"on_ballot": True})

    def _read_result(self):
        """Return what the count said: frozen definition, votes and elected, by number."""
        result = json.loads(self.result)
        votes = {int(number): count for number, count in result["votes"].items()}
        return json.loads(self.definition), votes, result["elected"]
