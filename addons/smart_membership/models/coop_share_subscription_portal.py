from odoo import api, fields, models


class CoopShareSubscription(models.Model):
    """What members ask for in the portal: a page that is sent twice makes one subscription."""

    _inherit = "coop.share.subscription"

    page_key = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)

    _page_key_unique = models.UniqueIndex("(page_key)", "A page makes one subscription.")

    @api.model
    def _ask(self, page_key, partner, company, share_class, quantity):
        """Return the subscription that a page of the portal made, and submit it the first time.

        :raise UserError: the class is not for the member, or the quantity is not possible
        """
        known = self.search([("page_key", "=", page_key)])
        if known:
            return known
        subscription = self.create(
            {
                "page_key": page_key,
                "partner_id": partner.id,
                "company_id": company.id,
                "share_class_id": share_class.id,
                "quantity": quantity,
            }
        )
        subscription.action_submit()
        return subscription
