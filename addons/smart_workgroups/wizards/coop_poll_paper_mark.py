from odoo import fields, models


class CoopPollPaperMark(models.TransientModel):
    """Marks on the roll who gets a paper; what is on it, nobody asks."""

    _name = "coop.poll.paper.mark"
    _description = "Votes on Paper"

    poll_id = fields.Many2one("coop.poll", required=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", "Voter", required=True, ondelete="cascade")

    def action_mark(self):
        """Mark the voter; whoever voted on screen already is refused."""
        self.poll_id._mark_paper(self.partner_id)
        return {"type": "ir.actions.act_window_close"}
