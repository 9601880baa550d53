from odoo import fields, models


class ResCompany(models.Model):
    """What a cooperative asks of newcomers, and how long it keeps what they sent."""

    _inherit = "res.company"

    coop_national_number_required = fields.Boolean(
        "Ask for the National Number",
        help="The public page asks every person for it; otherwise it may be left empty.",
    )
    coop_national_number_days = fields.Integer(
        "Keep National Numbers",
        default=365,
        help="Days after the decision; then they are deleted. 0: as long as the request.",
    )
    coop_request_days = fields.Integer(
        "Keep Requests",
        default=365,
        help="Days after the decision that refused requests and identity documents are kept. "
        "0: no limit.",
    )
