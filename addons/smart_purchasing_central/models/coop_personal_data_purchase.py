from odoo import api, models
from odoo.fields import Domain

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """Needs and notices go with a person; pledges stay with what was bought for them."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        trail = self.env._("what was bought together, and who got and paid which part")
        return super()._get_erasure_rules() | {
            "coop.purchase.need": Rule("delete"),
            "coop.purchase.notice": Rule("delete"),
            "coop.purchase.pledge": Rule("keep", trail),
        }

    @api.model
    def _get_open_domains(self, partner):
        own = Domain("partner_id", "=", partner.id) & Domain("state", "=", "active")
        return super()._get_open_domains(partner) | {"coop.purchase.pledge": own}
