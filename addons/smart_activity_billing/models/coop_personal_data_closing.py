from odoo import api, models
from odoo.fields import Domain

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """Closings and approvals stay as a trail, without what was written in them."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        trail = self.env._("who decided on documents of the books, and how")
        books = self.env._("how an Activity ended, as the books show it")
        return super()._get_erasure_rules() | {
            "coop.activity.closing": Rule("clear", books, ("reason",)),
            "coop.approval": Rule("keep", trail),
        }

    @api.model
    def _get_open_domains(self, partner):
        own = Domain("member_id", "=", partner.id)
        under_way = Domain("state", "in", ("draft", "asked", "progress"))
        return super()._get_open_domains(partner) | {"coop.activity.closing": own & under_way}
