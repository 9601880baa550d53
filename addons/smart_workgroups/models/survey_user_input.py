from odoo import fields, models


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    panel_id = fields.Many2one(
        "coop.survey.panel", readonly=True, index="btree_not_null", ondelete="set null"
    )

    def _mark_done(self):
        """Note that who was asked has answered: no reminder follows, and the time counts."""
        result = super()._mark_done()
        for answer in self.filtered("panel_id"):
            self.env["coop.ask"]._answered(answer.panel_id, answer.partner_id)
        return result
