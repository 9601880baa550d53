from odoo import fields, models


class CoopEthicsDecline(models.TransientModel):
    """Why the committee does not take a case up."""

    _name = "coop.ethics.decline"
    _description = "Do Not Take a Case Up"

    case_id = fields.Many2one("coop.ethics.case", required=True, ondelete="cascade")
    reason = fields.Char(required=True, help="Who asked reads it.")

    def action_decline(self):
        """Close the case with this reason."""
        self.ensure_one()
        self.case_id._decline(self.reason)
