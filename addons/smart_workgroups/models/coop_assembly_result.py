from dataclasses import replace

from odoo import models

from ..lib.majority import Rule, Tally, decide
from .coop_resolution import MAJORITIES


class CoopAssemblyPoint(models.Model):
    """What came out of a point, and how it follows from the rule: for minutes and members."""

    _inherit = "coop.assembly.point"

    def _get_results(self):
        """Return what was decided, each with its outcome and its explanation, as plain data.

        :return: a list of ``{"name", "how", "outcome", "explanation"}``
        """
        self.ensure_one()
        results = [self._tell_poll(poll) for poll in self._get_polls()]
        results += [self._tell_named(poll) for poll in self._get_named_polls()]
        if self.resolution_id.state in ("adopted", "rejected"):
            results.append(self._tell_resolution(self.resolution_id))
        return results

    def _get_polls(self):
        assembly = self.assembly_id
        own = assembly.poll_ids.filtered(
            lambda one: self.resolution_id and one.resolution_id == self.resolution_id
        )
        return (self.poll_id | own).filtered(lambda one: one.state == "published")

    def _get_named_polls(self):
        return self.assembly_id.named_poll_ids.filtered(
            lambda one: (
                one.state == "closed"
                and self.resolution_id
                and one.resolution_id == self.resolution_id
            )
        )

    def _tell_poll(self, poll):
        return {
            "name": poll.display_name,
            "how": self.env._("Secret vote"),
            "outcome": poll._get_outcome()[1],
            "explanation": poll._explain(),
        }

    def _tell_named(self, poll):
        labels = dict(poll._fields["outcome"]._description_selection(self.env))
        return {
            "name": poll.display_name,
            "how": self.env._("Vote by open hand"),
            "outcome": labels.get(poll.outcome, ""),
            "explanation": (poll.explanation or "").split("\n"),
        }

    def _tell_resolution(self, resolution):
        labels = dict(resolution._fields["state"]._description_selection(self.env))
        return {
            "name": resolution.name,
            "how": self.env._("Figures of the meeting"),
            "outcome": labels[resolution.state],
            "explanation": self._explain_figures(resolution),
        }

    def _explain_figures(self, resolution):
        """Return how the figures of a resolution stand to its rule, as sentences."""
        there = resolution.present + resolution.represented
        members = max(self.assembly_id.convocation_id.roll_votes or 0, there)
        decision = decide(
            # Votes of the categories are told by the vote itself.
            replace(self._get_rule_of(resolution), by_category=False),
            Tally(
                yes=resolution.votes_for,
                no=resolution.votes_against,
                abstain=resolution.abstained,
            ),
            present=there,
            members=members,
        )
        Poll = self.env["coop.poll"]
        return [Poll._tell_reason(reason.code, reason.params) for reason in decision.reasons]

    def _get_rule_of(self, resolution):
        if self.class_id:
            return self.class_id._get_rule_for(self.assembly_id)
        numerator, denominator, strict = MAJORITIES[resolution.majority]
        return Rule(numerator, denominator, strict=strict)
