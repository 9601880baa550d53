from odoo import fields, models


class CoopAssembly(models.Model):
    """A General Assembly of the members."""

    _name = "coop.assembly"
    _description = "General Assembly"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    kind = fields.Selection(
        [("yearly", "Yearly"), ("extraordinary", "Extraordinary")],
        required=True,
        default="yearly",
        tracking=True,
    )
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Authentic Language",
        required=True,
        default=lambda self: self.env.lang or "en_US",
        help="The language of the minutes and of the authentic texts.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("convoked", "Convoked"),
            ("held", "Held"),
            ("closed", "Closed"),
        ],
        string="Status",
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    resolution_ids = fields.One2many("coop.resolution", "assembly_id", "Resolutions")
