from odoo import fields, models


class CoopTraceLink(models.Model):
    """What led to what, with the text that was handed over."""

    _name = "coop.trace.link"
    _description = "Link of a Trace"

    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
