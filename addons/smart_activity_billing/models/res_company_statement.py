from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    activity_statement_mail = fields.Boolean(
        "Mail about Statements",
        default=True,
        help="Members get a mail when a statement of their Activity is there.",
    )
