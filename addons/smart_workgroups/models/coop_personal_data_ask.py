from odoo import api, models

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """What was asked of a person goes with the person."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        return super()._get_erasure_rules() | {
            "coop.ask": Rule("delete"),
            "coop.hours": Rule("delete"),
        }
