import json

from odoo import models


class CoopPoll(models.Model):
    """The result of a vote on a resolution is the figures of that resolution."""

    _inherit = "coop.poll"

    def action_publish(self):
        """Publish; the resolution has the figures from then on."""
        result = super().action_publish()
        for poll in self.filtered("resolution_id"):
            counted = json.loads(poll.result)
            poll.resolution_id._take_vote(
                "poll_id", poll, counted["tally"], counted["present"], poll.roll_count
            )
        return result

    def _annul(self, reason):
        """Annul; what was not recorded yet is no figure any more."""
        result = super()._annul(reason)
        resolution = self.resolution_id
        if resolution.poll_id == self and resolution.state == "draft":
            resolution._write_decision({"poll_id": False})
        return result

    def _check_prepared(self):
        """Refuse to freeze a vote that its resolution could not follow."""
        result = super()._check_prepared()
        if self.resolution_id:
            self.resolution_id._check_vote(self, self.class_id)
        return result
