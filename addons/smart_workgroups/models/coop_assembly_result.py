from odoo import models


class CoopAssemblyPoint(models.Model):
    """What came out of a point, and how it follows from the rule: for minutes and members."""

    _inherit = "coop.assembly.point"

    def _get_results(self):
        """Return what was decided, each with its outcome and its explanation, as plain data.

        :return: a list of ``{"name", "how", "outcome", "explanation"}``
        """
        self.ensure_one()
        resolution = self.resolution_id
        # What was put before another Assembly afterwards, was decided there.
        if resolution.state not in (False, "draft") and resolution.assembly_id == self.assembly_id:
            return [self._tell_resolution(self.resolution_id)]
        results = [self._tell_poll(poll) for poll in self._get_polls()]
        return results + [self._tell_named(poll) for poll in self._get_named_polls()]

    def _get_polls(self):
        own = self.assembly_id.poll_ids.filtered(
            lambda one: self.resolution_id and one.resolution_id == self.resolution_id
        )
        return (self.poll_id | own).filtered(self._has_result_here)

    def _has_result_here(self, poll):
        """Tell whether the result of a vote belongs to this Assembly, not to one after it."""
        here = not poll.assembly_id or poll.assembly_id == self.assembly_id
        return here and poll.state == "published"

    def _get_named_polls(self):
        return self.assembly_id.named_poll_ids.filtered(
            lambda one: one.state == "closed" and self in one._get_agenda_points()
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
        if resolution.poll_id:
            how = self.env._("Secret vote")
        elif resolution.named_poll_id:
            how = self.env._("Vote by open hand")
        else:
            how = self.env._("Figures of the meeting")
        return {
            "name": resolution.name,
            "how": how,
            "outcome": labels[resolution.state],
            "explanation": (resolution.explanation or "").split("\n"),
        }

    def _get_minutes_content(self):
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        spoken = self.assembly_id.speaker_ids.filtered(
            lambda one: one.point_id == self and one.state == "spoken"
        ).sorted("started_on")
        return {
            "title": self.title,
            "kind": self._get_kind_name(),
            "rule": self.class_id.name or "",
            "text": str(self.text or self.resolution_id.text or ""),
            "notes": str(self.notes or ""),
            "outcome": outcomes.get(self.outcome, ""),
            "results": self._get_results(),
            "speakers": [
                {
                    "name": one.partner_id.name,
                    "language": one.lang_id.name or "",
                    "minutes": one.minutes,
                }
                for one in spoken
            ],
        }
