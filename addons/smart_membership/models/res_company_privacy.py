from odoo import fields, models


class ResCompany(models.Model):
    """How long a cooperative keeps data of persons that it could do without."""

    _inherit = "res.company"

    coop_accounting_years = fields.Integer(
        "Keep Documents of the Books",
        default=7,
        required=True,
        help="Years after the financial year in which documents name the person who was erased. "
        "Ask your accountant which period holds for you.",
    )
    coop_unproven_days = fields.Integer(
        "Keep Abandoned Requests",
        default=30,
        required=True,
        help="Days after which a request whose e-mail address was never proven is deleted.",
    )

    _coop_privacy_periods = models.Constraint(
        "CHECK(coop_accounting_years >= 0 AND coop_unproven_days >= 2)",
        "A period is not negative, and a newcomer has two days to open the link in the mail.",
    )
