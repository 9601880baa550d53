from odoo import api, models
from odoo.fields import Domain

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule

# Everybody's, however many wrote, support or answer it: one has a part in it.
SHARED = {
    "coop.action",
    "coop.board.publication",
    "coop.board.review",
    "coop.proposal",
    "coop.recommendation",
    "coop.resolution",
}


class CoopPersonalData(models.AbstractModel):
    """What was recommended and decided stays; whom it concerns is told of it no more."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        way = self.env._("the way from recommendations to actions, which is public to members")
        decided = self.env._("who decided what in the name of the co-operative")
        return super()._get_erasure_rules() | {
            "coop.action": Rule("keep", way),
            "coop.action.update": Rule("keep", way),
            "coop.board.publication": Rule("keep", decided),
            "coop.board.review": Rule("keep", decided),
            "coop.governance.notice": Rule("delete"),
            "coop.proposal": Rule("keep", way),
            "coop.recommendation": Rule("keep", way),
            "coop.recommendation.amendment": Rule("keep", way),
            "coop.recommendation.version": Rule("keep", way),
            "coop.resolution": Rule("keep", decided),
        }

    @api.model
    def _get_open_domains(self, partner):
        own = Domain("owner_id", "=", partner.id) & Domain("state", "in", ("planned", "running"))
        return super()._get_open_domains(partner) | {"coop.action": own}

    @api.model
    def _get_own_fields(self, model, names):
        """Nobody takes the discussion of all along, or takes it away by being erased."""
        return set() if model in SHARED else super()._get_own_fields(model, names)
