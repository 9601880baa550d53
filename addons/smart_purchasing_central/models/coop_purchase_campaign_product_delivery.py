from odoo import fields, models


class CoopPurchaseCampaignProduct(models.Model):
    """How a product is handed over."""

    _inherit = "coop.purchase.campaign.product"

    catch_weight = fields.Boolean(
        "Weighed at the Hand-over",
        help="No two pieces weigh the same: what is paid is what the scales say.",
    )
    weight_tolerance = fields.Float(
        "Weight Tolerance (%)",
        default=10.0,
        help="By how much the scales may differ from what was shared without a reason being given.",
    )

    _weight_tolerance_possible = models.Constraint(
        "CHECK (weight_tolerance BETWEEN 0 AND 100)", "A weight differs by 0 to 100 %."
    )
