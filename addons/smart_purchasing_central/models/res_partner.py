from odoo import fields, models


class ResPartner(models.Model):
    """Who does not want to be told of campaigns is not."""

    _inherit = "res.partner"

    purchase_mail_off = fields.Boolean(
        "No Digests of Purchases",
        copy=False,
        groups="smart_purchasing_central.group_purchasing_user",
        help="Gets no e-mail about purchase campaigns; the portal shows them all the same.",
    )
