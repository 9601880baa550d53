from odoo import api, models
from odoo.fields import Domain

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule

from ..books import as_books


class CoopPersonalData(models.AbstractModel):
    """Expenses are settled before a person is erased; what is booked stays with its receipt."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_erasure_rules(self):
        books = self.env._("the books, with the receipts that prove them")
        return super()._get_erasure_rules() | {
            "coop.expense": Rule("clear", books, ("description", "refusal_reason"))
        }

    @api.model
    def _get_open_domains(self, partner):
        own = Domain("partner_id", "=", partner.id)
        waiting = Domain("state", "in", ("draft", "submitted", "approved"))
        return super()._get_open_domains(partner) | {"coop.expense": own & waiting}

    def _forget_chatter(self, records):
        if records._name == "coop.expense":
            # What was booked has its proof at the entry, which stays.
            as_books(records.attachment_ids).unlink()
        return super()._forget_chatter(records)
