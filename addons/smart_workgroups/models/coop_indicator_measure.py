from odoo import fields, models


class CoopIndicatorMeasure(models.Model):
    """The value of an indicator in one period."""

    _name = "coop.indicator.measure"
    _description = "Measure of an Indicator"

    indicator_id = fields.Many2one("coop.indicator", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="indicator_id.company_id", store=True, index=True)
