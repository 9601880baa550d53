from odoo import api, fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    can_be_investment = fields.Boolean(
        "Durable",
        compute="_compute_can_be_investment",
        store=True,
        readonly=False,
        help="A purchase of it is an investment, from the amount in the settings on. Untick it for "
        "what is used up or sold on.",
    )

    @api.depends("type")
    def _compute_can_be_investment(self):
        for product in self:
            product.can_be_investment = product.type == "consu"
