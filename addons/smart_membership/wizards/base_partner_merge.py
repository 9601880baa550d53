from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class BasePartnerMerge(models.TransientModel):
    """The register of shares is never rewritten: who stands in it stays when contacts merge."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        holders = self._get_holders_of_shares(partner_ids)
        if len(holders) > 1:
            raise UserError(
                self.env._(
                    "%(names)s stand in the register of shares, which is never rewritten. Let one "
                    "transfer the shares to the other, then archive the contact that is not used "
                    "any more.",
                    names=", ".join(holders.mapped("display_name")),
                )
            )
        return super()._merge(partner_ids, holders or dst_partner, extra_checks)

    def _get_holders_of_shares(self, partner_ids):
        """Return the contacts among these that the register or a certificate names."""
        ids = list(partner_ids)
        # The rule holds even for who may not read the register.
        movements = (
            self.env["coop.share.movement"]
            .sudo()
            .search(Domain("partner_from_id", "in", ids) | Domain("partner_to_id", "in", ids))
        )
        certificates = self.env["coop.share.certificate"].sudo().search([("partner_id", "in", ids)])
        named = movements.partner_from_id | movements.partner_to_id | certificates.partner_id
        return self.env["res.partner"].browse(ids) & named.sudo(False)
