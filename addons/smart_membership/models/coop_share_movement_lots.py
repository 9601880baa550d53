from decimal import Decimal

from odoo import api, models

from ..lib.holding import Entry, lots_after


class CoopShareMovement(models.Model):
    """The lots behind a holding: which shares somebody holds, at the prices they were issued at."""

    _inherit = "coop.share.movement"

    @api.model
    def _held_lots(self, partner, share_class):
        """Return the lots of a class that a contact holds by the register, the oldest first."""
        movements = self.search_fetch(
            [
                ("company_id", "=", share_class.company_id.id),
                ("share_class_id", "=", share_class.id),
                "|",
                ("partner_from_id", "=", partner.id),
                ("partner_to_id", "=", partner.id),
            ],
            order="number",
        )
        return lots_after([movement._as_entry(partner) for movement in movements])

    def _as_entry(self, partner):
        """Return this line of the register as one of its two parties sees it."""
        self.ensure_one()
        origin = (self.res_model, self.res_id) if self.res_id else (self._name, self.id)
        return Entry(
            incoming=self.partner_to_id == partner,
            kind=self.kind,
            quantity=self.quantity,
            unit_price=self._as_decimal(self.unit_price),
            paid_up=self._as_decimal(self.paid_up),
            origin=origin,
            date=self.date,
        )

    def _as_decimal(self, amount):
        """Return an amount exactly as the database holds it."""
        return Decimal(f"{amount:.{self.currency_id.decimal_places}f}")

    @api.model
    def _lots_of(self, partner, company):
        """Return ``{share class: [Lot, ...]}`` of all that a contact holds."""
        held = self._holdings_at(None, company, partner)
        classes = self.env["coop.share.class"].browse(sorted(class_id for _id, class_id in held))
        return {share_class: self._held_lots(partner, share_class) for share_class in classes}
