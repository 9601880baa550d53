from odoo import Command, models
from odoo.exceptions import UserError

from ..lib.plan_input import in_units


class CoopPurchaseCampaign(models.Model):
    """Requests for quotation on paper, for suppliers without a page: alternatives of one another.

    They say what is wanted and are sent as any request. Who is selected gets its own request back
    as the order; the others are cancelled with the ordering.
    """

    _inherit = "coop.purchase.campaign"

    def action_request_quotations(self):
        """Make a request for quotation to each invited supplier that has none yet.

        :raise UserError: the demand is not final, or nobody is invited that was not asked
        """
        self.ensure_one()
        self.check_access("write")
        self._take_turn()
        self._check_state("frozen")
        former = self._get_requests()
        asked = former.partner_id.commercial_partner_id
        suppliers = self.supplier_ids.filtered(
            lambda partner: partner.commercial_partner_id not in asked
        )
        if not suppliers:
            raise UserError(
                self.env._(
                    "Everybody who is invited to %(campaign)s was asked: invite suppliers first.",
                    campaign=self.display_name,
                )
            )
        requests = self.env["purchase.order"].create(
            [self._prepare_request(supplier) for supplier in suppliers]
        )
        together = former | requests
        if len(together) > 1:
            former.purchase_group_id.unlink()
            self.env["purchase.order.group"].create({"order_ids": [Command.set(together.ids)]})
        return self.action_view_orders()

    def _get_requests(self):
        """Return the requests for quotation that wait for an answer."""
        return self.order_ids.filtered(lambda order: order.state in ("draft", "sent"))

    def _prepare_request(self, supplier):
        return {
            "campaign_id": self.id,
            "company_id": self.company_id.id,
            "partner_id": supplier.id,
            "origin": self.name,
            "user_id": (self.user_id or self.env.user).id,
            "order_line": [
                Command.create(
                    {
                        "product_id": product.product_id.id,
                        "name": product.product_id.with_context(lang=supplier.lang).display_name,
                        "product_qty": float(in_units(demand, product.step)),
                        "product_uom_id": product.uom_id.id,
                        "price_unit": 0.0,
                    }
                )
                for product, (demand, _tolerance) in self._get_demand().items()
                if demand
            ],
        }
