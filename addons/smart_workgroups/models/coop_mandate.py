from odoo import fields, models


class CoopMandate(models.Model):
    """Somebody sits in a body, from one day until another."""

    _name = "coop.mandate"
    _description = "Mandate in a Body"

    body_id = fields.Many2one("coop.body", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="body_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Holder", required=True, index=True, ondelete="restrict"
    )
    date_start = fields.Date("From", required=True, default=fields.Date.context_today)
    date_end = fields.Date("Until", help="The last day of the mandate.")
