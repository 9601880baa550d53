from odoo import models
from odoo.exceptions import UserError


class CoopResolution(models.Model):
    """A proposal is decided on once, however many resolutions were prepared about it."""

    _inherit = "coop.resolution"

    def _record(self):
        """Record the decision, unless another one on the same proposal came first.

        Of two at once the second one is replayed, for both write the state of the proposal.
        """
        proposal = self.proposal_id
        if proposal and proposal.state != "ready":
            decided = proposal.resolution_ids.filtered(lambda one: one.state != "draft") - self
            raise UserError(
                self.env._(
                    "%(proposal)s is not before the Assembly any more: see %(other)s. Make another "
                    "proposal if it is to be decided anew.",
                    proposal=proposal.name,
                    other=(decided or proposal)[0].display_name,
                )
            )
        return super()._record()
