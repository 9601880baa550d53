from decimal import Decimal

from odoo import api, models
from odoo.tools import SQL

from ..lib.shares import Lot


class CoopShareMovement(models.Model):
    """What a holder has, by the price at which it was issued."""

    _inherit = "coop.share.movement"

    @api.model
    def _lots_of(self, partner, company, share_class=None):
        """Return ``{share class: [Lot, ...]}`` of a holder, the first acquired first.

        Shares of one class that were issued at one price are one lot, however often the holder
        bought: what later paid them up, or took a payment back, belongs to all of them.
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT share_class_id, unit_price,
                       SUM(CASE WHEN partner_to_id = %(holder)s THEN quantity ELSE -quantity END),
                       SUM(CASE WHEN partner_to_id = %(holder)s THEN paid_up ELSE -paid_up END)
                  FROM coop_share_movement
                 WHERE company_id = %(company)s
                   AND %(holder)s IN (partner_to_id, partner_from_id)
                   AND (%(share_class)s IS NULL OR share_class_id = %(share_class)s)
                 GROUP BY share_class_id, unit_price
                HAVING SUM(
                       CASE WHEN partner_to_id = %(holder)s THEN quantity ELSE -quantity END) > 0
                 ORDER BY share_class_id, MIN(number)
                """,
                holder=partner.id,
                company=company.id,
                share_class=share_class.id if share_class else None,
            )
        )
        lots = {}
        for class_id, unit_price, quantity, paid_up in rows:
            lot = Lot(Decimal(str(unit_price)), int(quantity), Decimal(str(paid_up)))
            lots.setdefault(self.env["coop.share.class"].browse(class_id), []).append(lot)
        return lots
