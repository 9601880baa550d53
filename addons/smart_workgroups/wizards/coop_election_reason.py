from odoo import fields, models


class CoopElectionReason(models.TransientModel):
    """Asks for the reason of a step in an election: it stays, and is read."""

    _name = "coop.election.reason"
    _description = "Reason of a Step in an Election"

    step = fields.Selection(
        [
            ("cancel", "Cancel the election"),
            ("refuse", "Do not admit the candidate"),
            ("withdraw", "The candidate withdraws"),
            ("decline", "The elected person refuses the seat"),
        ],
        required=True,
        readonly=True,
    )
    election_id = fields.Many2one("coop.election", readonly=True, ondelete="cascade")
    candidate_id = fields.Many2one("coop.candidate", readonly=True, ondelete="cascade")
    reason = fields.Text(required=True)

    _about_one = models.Constraint(
        "CHECK ((step = 'cancel') = (election_id IS NOT NULL) "
        "AND (step = 'cancel') = (candidate_id IS NULL))",
        "A step is about an election or about a candidate.",
    )

    def action_confirm(self):
        """Go the step with this reason."""
        self.ensure_one()
        if self.step == "cancel":
            self.election_id._cancel(self.reason)
            return {"type": "ir.actions.act_window_close"}
        candidate = self.candidate_id
        candidate.check_access("write")
        steps = {
            "refuse": candidate._refuse,
            "withdraw": candidate._withdraw,
            "decline": candidate._decline,
        }
        steps[self.step](self.reason)
        return {"type": "ir.actions.act_window_close"}
