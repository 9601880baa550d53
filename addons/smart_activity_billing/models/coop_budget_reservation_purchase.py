from odoo import fields, models


class CoopBudgetReservation(models.Model):
    """Money that is held for a line of a purchase order."""

    _inherit = "coop.budget.reservation"

    purchase_line_id = fields.Many2one(
        "purchase.order.line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The line of the order whose bills take this money out.",
    )
