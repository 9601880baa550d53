from odoo import api, models
from odoo.fields import Domain

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """Activities close before who led them is erased; the books keep their figures."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        books = self.env._("the figures of the books, without what was written about them")
        return super()._get_erasure_rules() | {
            "coop.activity": Rule("clear", books, ("description",)),
            "coop.activity.statement": Rule(
                "keep", self.env._("the statements, as documents of the books")
            ),
        }

    @api.model
    def _get_open_domains(self, partner):
        own = Domain("partner_id", "=", partner.id) & Domain("state", "!=", "closed")
        return super()._get_open_domains(partner) | {"coop.activity": own}
