from odoo import api, models

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """Rolls, proofs of sending and minutes of Assemblies stay: a court may ask for them."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        record = self.env._("who was convoked to which Assembly, and took part")
        return super()._get_erasure_rules() | {
            "coop.assembly": Rule("keep", record),
            "coop.assembly.voter": Rule("keep", record),
            "coop.assembly.sending": Rule("clear", record, ("email",)),
            "coop.assembly.speaker": Rule("keep", record),
        }
