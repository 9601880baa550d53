from odoo import fields, models
from odoo.fields import Command


class CoopPurchaseCampaign(models.Model):
    """Who bought for private use, or without an Activity, pays an invoice, with its VAT."""

    _inherit = "coop.purchase.campaign"

    def _invoice_private(self, charges):
        """Invoice charges without an Activity: one document for each pledge; a credit if less."""
        # The customer's own rules decide on the VAT; the clearing account gets the net amount.
        vals_list, parts = [], []
        for pledge, part in charges.grouped("pledge_id").items():
            total = self.currency_id.round(sum(part.mapped("amount")))
            vals_list.append(self._prepare_private_invoice(pledge, part, -1 if total < 0 else 1))
            parts.append(part)
        if not vals_list:
            return
        invoices = self._create_in_books(vals_list)
        for part, invoice in zip(parts, invoices, strict=True):
            part.move_id = invoice

    def _prepare_private_invoice(self, pledge, charges, sign):
        return {
            "move_type": "out_invoice" if sign > 0 else "out_refund",
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "partner_id": pledge.partner_id.id,
            "invoice_date": fields.Date.context_today(self),
            "invoice_origin": self.name,
            "invoice_line_ids": [
                Command.create(self._prepare_private_line(pledge, charge, sign))
                for charge in charges
            ],
        }

    def _prepare_private_line(self, pledge, charge, sign):
        one = charge.allocation_id
        product = one.campaign_product_id.product_id
        quantity = self._format_quantity(one.kept, one.uom_id)
        label = dict(charge._fields["kind"]._description_selection(self.env))[charge.kind]
        name = f"{product.display_name}: {quantity}"
        position = (
            self.env["account.fiscal.position"]
            .with_company(self.company_id)
            ._get_fiscal_position(pledge.partner_id)
        )
        taxes = position.map_tax(
            product.taxes_id.filtered(lambda tax: tax.company_id == self.company_id)
        )
        amount = sign * charge.amount
        if taxes:
            # Where prices include their VAT, the net amount must still be the charge.
            sums = taxes.with_context(round=False).compute_all(
                amount, currency=self.currency_id, handle_price_include=False
            )
            if any(taxes.mapped("price_include")):
                amount = sums["total_included"]
        return {
            "name": name if charge.kind == "goods" else f"{label}: {product.display_name}",
            "product_id": product.id if charge.kind == "goods" else False,
            "quantity": 1,
            "product_uom_id": False,
            "price_unit": amount,
            "tax_ids": [Command.set(taxes.ids)],
            "analytic_distribution": {str(self._get_clearing_account().id): 100.0},
        }
