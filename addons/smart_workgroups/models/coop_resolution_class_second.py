from dataclasses import replace

from odoo import fields, models


class CoopResolutionClass(models.Model):
    """What a second call needs: of some rules, no quorum any more."""

    _inherit = "coop.resolution.class"

    second_call_without_quorum = fields.Boolean(
        "No Quorum at a Second Call",
        help="When an Assembly is convoked anew because its quorum was missed, this decision is "
        "taken however many are there.",
    )

    def _get_rule_for(self, assembly, subject):
        """Return the rule as it holds in an Assembly, or anywhere when it is none.

        :param subject: what is decided on: a point of the agenda, a resolution or a vote
        """
        rule = self._get_rule()
        if self.second_call_without_quorum and assembly._waives_quorum(self, subject):
            return replace(rule, quorum="none")
        return rule
