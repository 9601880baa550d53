from odoo import fields, models


class CoopBody(models.Model):
    """Who decides in the co-operative: the Board, the ethics committee, the Assembly."""

    _name = "coop.body"
    _description = "Body of the Co-operative"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("board", "Board of Directors"),
            ("ethics", "Ethics Committee"),
            ("assembly", "General Assembly"),
            ("steering", "Steering Committee"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
        index=True,
    )
    seats = fields.Integer(help="How many may sit in it at once; 0 for no limit.")
