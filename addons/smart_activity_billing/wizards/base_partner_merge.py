from odoo import models
from odoo.exceptions import UserError


class BasePartnerMerge(models.TransientModel):
    """Statements are never rewritten: who is named in one stays when contacts merge."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        # The rule holds even for who may not read statements.
        statements = (
            self.env["coop.activity.statement"]
            .sudo()
            ._read_group([("partner_id", "in", list(partner_ids))], ["partner_id"])
        )
        named = self.env["res.partner"].browse(partner.id for (partner,) in statements)
        fixed = named | self._get_holders_of_shares(partner_ids)
        if named and len(fixed) > 1:
            raise UserError(
                self.env._(
                    "%(names)s stand in statements or in the register of shares, which are never "
                    "rewritten. Archive the contact that is not used any more.",
                    names=", ".join(fixed.mapped("display_name")),
                )
            )
        return super()._merge(partner_ids, named or dst_partner, extra_checks)
