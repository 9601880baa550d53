from odoo import api, fields, models


class CoopActionReport(models.TransientModel):
    """Reports how an action stands."""

    _name = "coop.action.report"
    _description = "Report on an Action"

    action_id = fields.Many2one("coop.action", required=True, readonly=True, ondelete="cascade")
    date = fields.Date(required=True, default=fields.Date.context_today)
    text = fields.Text("What Happened", required=True)
    by_hand = fields.Boolean(compute="_compute_by_hand")
    progress = fields.Integer("Progress (%)")

    @api.depends("action_id")
    def _compute_by_hand(self):
        for report in self:
            report.by_hand = bool(report.action_id) and report.action_id._is_by_hand()

    def action_report(self):
        self.ensure_one()
        progress = self.progress if self.by_hand else None
        self.action_id._report(self.text, progress, self.date)
        return {"type": "ir.actions.act_window_close"}
