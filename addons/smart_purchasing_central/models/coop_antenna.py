from odoo import fields, models


class CoopAntenna(models.Model):
    """An antenna is where members collect what they bought together."""

    _inherit = "coop.antenna"

    stock_location_id = fields.Many2one(
        "stock.location",
        check_company=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Where goods wait for the members who collect them. Made with the first transfer.",
    )

    def _get_stock_location(self, warehouse):
        """Return where the goods of this pick-up point wait; made where there is none yet."""
        self.ensure_one()
        if not self.stock_location_id:
            # The location is part of the pick-up point: who delivers there need not be its editor.
            antenna = self.sudo()
            antenna.stock_location_id = antenna.env["stock.location"].create(
                {
                    "name": antenna.name,
                    "usage": "internal",
                    "location_id": warehouse.view_location_id.id,
                    "company_id": antenna.company_id.id,
                }
            )
        return self.stock_location_id
