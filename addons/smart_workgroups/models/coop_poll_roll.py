from odoo import fields, models


class CoopPollRoll(models.Model):
    """Who may vote in one secret vote, and whether that was done; never what, and never when.

    Nobody has a right on it: rows change by the cast alone, in SQL. A time, a user or a chatter
    would let a row be joined with a ballot.
    """

    _name = "coop.poll.roll"
    _description = "Roll of a Secret Vote"
    _order = "poll_id, number"
    _log_access = False

    poll_id = fields.Many2one("coop.poll", required=True, ondelete="restrict")
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict")
    number = fields.Integer("Member Number", required=True)
    category = fields.Char(help="Of the member, when votes are counted by category.")
    state = fields.Selection(
        [("eligible", "May vote"), ("voted", "Voted"), ("paper", "Voted on paper")],
        required=True,
        default="eligible",
    )

    _voter_once = models.UniqueIndex("(poll_id, partner_id)", "A member is on a roll once.")
    _number_once = models.UniqueIndex("(poll_id, number)", "A member number is on a roll once.")
