from odoo import fields, models


class ProductTemplate(models.Model):
    """What a product on a bill is to a campaign, where it is not what members ordered."""

    _inherit = "product.template"

    campaign_cost_kind = fields.Selection(
        [("freight", "Delivery"), ("deposit", "Deposit on packaging"), ("other", "Other costs")],
        "In Purchase Campaigns",
        help="How its cost is shared where it is on a bill beside what members ordered: delivery "
        "by the rule of the campaign, deposits by the packaging that is not back yet, other costs "
        "by value. Empty: as delivery.",
    )
