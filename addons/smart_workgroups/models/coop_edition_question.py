from odoo import fields, models
from odoo.exceptions import UserError


class CoopEditionQuestion(models.Model):
    """What an edition asks its members."""

    _name = "coop.edition.question"
    _description = "Question of an Edition"
    _inherit = ["coop.translated.mixin"]
    _order = "edition_id, sequence, id"

    edition_id = fields.Many2one("coop.edition", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="edition_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Question", required=True, translate=True)

    def write(self, vals):
        self.check_access("write")
        if vals.keys() & {"name", "edition_id"}:
            for question in self:
                if question.edition_id.state not in ("draft", "call"):
                    raise UserError(
                        self.env._(
                            "%(edition)s works on its questions already: they stay as they are.",
                            edition=question.edition_id.display_name,
                        )
                    )
        return super().write(vals)
