from odoo import api, models

from odoo.addons.smart_membership.models.coop_personal_data_rules import Rule


class CoopPersonalData(models.AbstractModel):
    """What a client never paid stays in the books, as do the invoices."""

    _inherit = "coop.personal.data"

    @api.model
    def _get_own_fields(self, model, names):
        """A recovery is about the client of its write-off, not about who booked it."""
        if model == "coop.bad.debt.recovery":
            return set()
        return super()._get_own_fields(model, names)

    @api.model
    def _get_erasure_rules(self):
        books = self.env._("the books")
        return super()._get_erasure_rules() | {
            "coop.bad.debt": Rule("keep", books),
            "coop.bad.debt.recovery": Rule("keep", books),
            "coop.bad.debt.share": Rule("keep", books),
        }
