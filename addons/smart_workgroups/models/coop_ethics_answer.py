from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopEthicsAnswer(models.Model):
    """What the committee found on one question."""

    _name = "coop.ethics.answer"
    _description = "Answer of the Ethics Committee"
    _order = "case_id, question_id"

    case_id = fields.Many2one("coop.ethics.case", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(
        related="case_id.company_id", store=True, index=True, precompute=True
    )
    question_id = fields.Many2one(
        "coop.ethics.question", required=True, index=True, ondelete="restrict"
    )
    axis = fields.Selection(related="question_id.axis", store=True)
    finding = fields.Selection(
        [
            ("good", "In line"),
            ("mixed", "With reserves"),
            ("bad", "Not in line"),
            ("none", "Does not apply"),
        ]
    )
    text = fields.Text("What Was Found")

    _once = models.UniqueIndex("(case_id, question_id)", "A question is answered once in a case.")

    @api.depends("question_id")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = answer.question_id.display_name

    def write(self, vals):
        """Write what was found, while the case is examined."""
        self.check_access("write")
        cases = self.case_id
        cases._check_state("draft", "asked", "examination")
        if {"case_id", "question_id"} & vals.keys():
            raise UserError(self.env._("The questions of a case stay: write what was found."))
        return super().write(vals)
