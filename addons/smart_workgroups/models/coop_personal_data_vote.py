from odoo import api, models

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """Ballots lead to nobody, so they are in no export; rolls and open votes are records."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_lines(self):
        """Ballots are lines of nobody: not of the scrutineers of their vote either."""
        return {
            model: {line: field for line, field in lines.items() if line != "coop.ballot"}
            for model, lines in super()._get_lines().items()
        }

    @api.model
    def _get_erasure_rules(self):
        record = self.env._("who could vote, and how the cooperative decided")
        return super()._get_erasure_rules() | {
            "coop.poll.roll": Rule("keep", record),
            "coop.poll.option": Rule("keep", record),
            "coop.named.vote": Rule("keep", record),
            "coop.proxy": Rule("keep", record),
            "coop.poll": Rule("keep", record),
            "coop.assembly.question": Rule(
                "keep", self.env._("what was asked before an Assembly, and answered")
            ),
            "coop.candidate": Rule("keep", self.env._("who stood in an election, and the result")),
        }
