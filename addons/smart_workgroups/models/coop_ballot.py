from odoo import fields, models


class CoopBallot(models.Model):
    """One ballot in the box: sealed until the count, and without a member, a time or a trace.

    Nobody has a right on it, not even administrators: it is written and read by the steps of the
    vote, in SQL. After the count all rows of a vote are written anew in another order.
    """

    _name = "coop.ballot"
    _description = "Ballot of a Secret Vote"
    _order = "commitment"
    _log_access = False

    poll_id = fields.Many2one("coop.poll", required=True, index=True, ondelete="restrict")
    commitment = fields.Char(required=True, help="The hash that the voter keeps.")
    sealed = fields.Char(help="For the scrutineers together; always of the same length.")
    choice = fields.Char(help="In clear, after the count.")
    nonce = fields.Char(help="In clear, after the count: with the choice it gives the commitment.")

    _commitment_once = models.UniqueIndex("(commitment)", "A ballot is cast once.")
