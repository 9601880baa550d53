from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    ask_snooze_until = fields.Date(
        "No Requests Until", help="The member asked for rest: digests of requests stop until then."
    )
