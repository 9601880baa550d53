from odoo import api, models
from odoo.exceptions import AccessError, UserError


class CoopPurchaseCharge(models.Model):
    """Charges are booked once: nobody writes or changes one by hand."""

    _inherit = "coop.purchase.charge"

    @api.depends("campaign_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for charge in self:
            charge.display_name = f"{charge.campaign_id.name} {kinds.get(charge.kind, '')}"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Charges are made when a campaign is settled."))
        return super().create(vals_list)

    def write(self, vals):
        # Only the entry is filled in, once, in the transaction that books it.
        if vals.keys() - {"move_id"} or any(charge.move_id for charge in self):
            raise UserError(
                self.env._(
                    "Charges stay as they were booked: settle the campaign again to charge what "
                    "changed."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "Charges stay as they were booked: settle the campaign again to charge what "
                "changed."
            )
        )
