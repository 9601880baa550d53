from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopNamedVote(models.Model):
    """What one member said by open hand."""

    _name = "coop.named.vote"
    _description = "Open Vote of a Member"
    _order = "poll_id, id"

    poll_id = fields.Many2one("coop.named.poll", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="poll_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, index=True, ondelete="restrict"
    )
    choice = fields.Selection(
        [("yes", "Yes"), ("no", "No"), ("abstain", "Abstains")], required=True, default="yes"
    )

    votes = fields.Integer(
        required=True, readonly=True, default=1, help="As many as the roll of the Assembly says."
    )

    _voter_once = models.UniqueIndex("(poll_id, partner_id)", "A member votes once.")

    @api.model_create_multi
    def create(self, vals_list):
        """Write votes down while the vote is open, of members only."""
        votes = super().create([self._without_weight(vals) for vals in vals_list])
        votes._check_open()
        votes._weigh()
        return votes

    def write(self, vals):
        """Correct what was written down, while the vote is open."""
        self._check_open()
        result = super().write(self._without_weight(vals))
        if {"poll_id", "partner_id"} & vals.keys():
            self._check_open()
            self._weigh()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_open(self):
        self._check_open()

    def _check_open(self):
        for poll in self.poll_id:
            if poll.state != "open":
                raise UserError(
                    self.env._(
                        "%(poll)s is not open: votes are written down while it is.",
                        poll=poll.display_name,
                    )
                )

    @api.model
    def _without_weight(self, vals):
        """Return what a caller gives, without how many votes that is: the roll says so."""
        return {name: value for name, value in vals.items() if name != "votes"}

    def _weigh(self):
        """Note how many votes each has.

        :raise UserError: somebody has none
        """
        for poll, hands in self.grouped("poll_id").items():
            votes = poll.assembly_id._get_votes(poll.company_id, hands.partner_id)
            for hand in hands:
                if hand.partner_id.id not in votes:
                    raise UserError(poll.assembly_id._tell_no_vote(hand.partner_id, poll))
                count = votes[hand.partner_id.id]
                if hand.votes != count:
                    super(CoopNamedVote, hand).write({"votes": count})  # pylint: disable=super-method-mismatch
