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

    _voter_once = models.UniqueIndex("(poll_id, partner_id)", "A member votes once.")

    @api.model_create_multi
    def create(self, vals_list):
        """Write votes down while the vote is open, of members only."""
        votes = super().create(vals_list)
        votes._check_open()
        votes._check_voters()
        return votes

    def write(self, vals):
        """Correct what was written down, while the vote is open."""
        self._check_open()
        result = super().write(vals)
        if {"poll_id", "partner_id"} & vals.keys():
            self._check_open()
            self._check_voters()
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

    def _check_voters(self):
        for poll, votes in self.grouped("poll_id").items():
            for person in votes.partner_id - poll._find_voters(votes.partner_id):
                raise UserError(
                    self.env._(
                        "%(person)s has no vote in %(poll)s: only members with a share have one.",
                        person=person.name,
                        poll=poll.display_name,
                    )
                )
