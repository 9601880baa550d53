from odoo import api, models
from odoo.fields import Domain

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """Salaries are paid or withdrawn before a person is erased; what was booked has its proof."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_own_fields(self, model, names):
        """A run is not about who posted it: it holds the wages of others."""
        return set() if model == "coop.payroll.run" else super()._get_own_fields(model, names)

    @api.model
    def _get_erasure_rules(self):
        wages = self.env._("the books, with the wages that prove them")
        return super()._get_erasure_rules() | {
            "coop.payroll.announcement": Rule("clear", wages, ("note", "refusal_reason")),
            "coop.payroll.finding": Rule("delete"),
            "coop.payroll.run": Rule("keep", wages),
            "coop.payroll.run.line": Rule("keep", wages),
        }

    @api.model
    def _get_open_domains(self, partner):
        own = Domain("partner_id", "=", partner.id)
        return super()._get_open_domains(partner) | {
            "coop.payroll.announcement": own & Domain("state", "in", ("draft", "submitted")),
            "coop.payroll.run.line": own & Domain("state", "=", "checked"),
        }
