from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    ethics_reply_days = fields.Integer(
        "Reply to an Opinion (days)",
        default=60,
        help="How long the Board has to reply to a published opinion of the ethics committee.",
    )
    ethics_quorum = fields.Integer(
        "Quorum of the Ethics Committee (%)",
        default=50,
        help="How many of those who may vote must vote on an opinion.",
    )

    _ethics_reply_days = models.Constraint(
        "CHECK(ethics_reply_days > 0)", "The Board has at least one day to reply."
    )
    _ethics_quorum = models.Constraint(
        "CHECK(ethics_quorum BETWEEN 0 AND 100)", "A quorum is between 0 and 100 %."
    )
