from odoo import fields, models


class ProductTemplate(models.Model):
    """What is known of the CO2 of a product, whoever delivers it."""

    _inherit = "product.template"

    co2_grams = fields.Integer(
        "CO2 of One Unit (g)",
        help="By an emission factor; counts where a supplier declares nothing. Zero: unknown.",
    )
    co2_source = fields.Char("Source of the CO2", help="Which table, version and row says so.")

    _co2_not_negative = models.Constraint("CHECK(co2_grams >= 0)", "CO2 is not negative.")
