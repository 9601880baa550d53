from odoo import api, models

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """The sums of the months go with the books that they sum up."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        return super()._get_erasure_rules() | {
            "coop.transparency.month": Rule("keep", self.env._("the sums of the books by month")),
        }
