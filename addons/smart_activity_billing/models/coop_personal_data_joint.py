from odoo import api, models
from odoo.fields import Domain

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """Pledges and buy-outs are settled before a person is erased; who owned what stays."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        books = self.env._("the books: who invested, who left and at what value")
        return super()._get_erasure_rules() | {
            "coop.investment": Rule("clear", books, ("purpose", "use_rules", "end_reason")),
            "coop.investment.pledge": Rule("keep", books),
            "coop.investment.invitation": Rule("clear", books, ("refusal_reason",)),
            "coop.investment.buyout": Rule("clear", books, ("reason", "refusal_reason")),
            "coop.investment.buyout.line": Rule("clear", books, ("refusal_reason",)),
            "coop.investment.booking": Rule(
                "clear", self.env._("the calendar, without notes"), ("note",)
            ),
        }

    @api.model
    def _get_open_domains(self, partner):
        return super()._get_open_domains(partner) | {
            "coop.investment.pledge": Domain("person_id", "=", partner.id)
            & Domain("state", "=", "active"),
            "coop.investment.buyout": Domain("submitted_by_id", "=", partner.id)
            & Domain("state", "=", "submitted"),
        }
