from odoo import fields, models


class CoopAssemblyQuestionHide(models.TransientModel):
    """Asks why a question is hidden: only abuse is, and who asked reads the reason."""

    _name = "coop.assembly.question.hide"
    _description = "Hide a Question"

    question_id = fields.Many2one("coop.assembly.question", required=True, ondelete="cascade")
    reason = fields.Text(required=True)

    def action_hide(self):
        """Hide it."""
        self.ensure_one()
        self.question_id._hide(self.reason)
        return {"type": "ir.actions.act_window_close"}
