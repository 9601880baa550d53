from odoo import fields, models


class ResCompany(models.Model):
    """What the statutes of a cooperative say about its shares."""

    _inherit = "res.company"

    coop_share_issue = fields.Selection(
        [("paid", "When they are fully paid"), ("first", "At the first payment")],
        string="Shares are issued",
        default="paid",
        required=True,
        help="By law shares are fully paid up at issue, unless the statutes say otherwise "
        "(WVV/CSA 6:109).",
    )
    coop_one_member_one_vote = fields.Boolean(
        "One member, one vote",
        default=True,
        help="Without this article in the statutes each share has a vote.",
    )
