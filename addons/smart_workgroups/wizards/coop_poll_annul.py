from odoo import fields, models


class CoopPollAnnul(models.TransientModel):
    """Asks why a vote is annulled: the reason stays, and voters read it."""

    _name = "coop.poll.annul"
    _description = "Annul a Vote"

    poll_id = fields.Many2one("coop.poll", required=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_annul(self):
        """Annul it; a new vote is made by duplicating this one."""
        self.poll_id._annul(self.reason)
        return {"type": "ir.actions.act_window_close"}
