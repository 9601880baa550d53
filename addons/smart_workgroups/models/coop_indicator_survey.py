from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# Fewer answers than this would tell of somebody.
FEWEST_ANSWERS = 5
VALUES = {"scale": "value_scale", "numerical_box": "value_numerical_box"}


class CoopIndicator(models.Model):
    """Indicators that follow from a question of a survey: the average of its answers."""

    _inherit = "coop.indicator"

    survey_question_id = fields.Many2one(
        "survey.question",
        "Question",
        domain="[('question_type', 'in', ['scale', 'numerical_box'])]",
        index="btree_not_null",
        ondelete="restrict",
        help="Of a survey: the average of the answers of a period, if at least five people answer.",
    )

    @api.constrains("source", "survey_question_id")
    def _check_question(self):
        for indicator in self:
            kind = indicator.survey_question_id.question_type
            if indicator.source == "survey" and kind not in VALUES:
                raise ValidationError(
                    self.env._(
                        "%(indicator)s: choose the question of a survey, one that is answered on a "
                        "scale or with a number.",
                        indicator=indicator.display_name,
                    )
                )

    def _measure_period(self, date_from, date_to):
        self.ensure_one()
        if self.source != "survey":
            return super()._measure_period(date_from, date_to)
        # Only an average of at least so many leaves this method.
        question = self.sudo().survey_question_id
        field = VALUES[question.question_type]
        domain = (
            Domain("question_id", "=", question.id)
            & Domain("skipped", "=", False)
            & Domain("user_input_id.state", "=", "done")
            & Domain("user_input_id.test_entry", "=", False)
            & Domain("user_input_id.end_datetime", ">=", date_from)
            & Domain("user_input_id.end_datetime", "<", fields.Date.add(date_to, days=1))
        )
        Line = self.env["survey.user_input.line"].sudo()
        [[count, average]] = Line._read_group(domain, aggregates=["__count", f"{field}:avg"])
        return average if count >= FEWEST_ANSWERS else None
