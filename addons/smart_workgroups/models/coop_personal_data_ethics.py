from odoo import api, models

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """What the committee treated stays, with who asked and who voted."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        committee = self.env._("what the ethics committee was asked, and how it decided")
        return super()._get_erasure_rules() | {
            "coop.ethics.case": Rule("keep", committee),
            "coop.ethics.conflict": Rule("keep", committee),
            "coop.ethics.vote": Rule("keep", committee),
        }
