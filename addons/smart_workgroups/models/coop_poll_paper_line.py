from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CoopPollPaperLine(models.Model):
    """How many papers of a bundle mark one option."""

    _name = "coop.poll.paper.line"
    _description = "Votes in a Bundle of Papers"
    _order = "count_id, number"

    count_id = fields.Many2one(
        "coop.poll.paper.count", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="count_id.company_id", store=True, index=True)
    option_id = fields.Many2one("coop.poll.option", required=True, index=True, ondelete="restrict")
    number = fields.Integer(related="option_id.number", store=True)
    votes = fields.Integer()

    _option_once = models.UniqueIndex("(count_id, option_id)", "An option stands in a count once.")
    _not_negative = models.Constraint(
        "CHECK(COALESCE(votes, 0) >= 0)", "Votes are not less than zero."
    )

    @api.constrains("count_id", "option_id")
    def _check_option(self):
        for line in self:
            if line.option_id.poll_id != line.count_id.poll_id:
                raise ValidationError(
                    self.env._(
                        "%(option)s is no option of %(poll)s: count what is on its papers.",
                        option=line.option_id.name,
                        poll=line.count_id.poll_id.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD: only with the count that it belongs to
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Only who counts adds what was counted."""
        lines = super().create(vals_list)
        lines._check_count()
        return lines

    def write(self, vals):
        """Only who counted changes it, and it stays in a count of the same person."""
        self.check_access("write")
        self._check_count()
        result = super().write(vals)
        self._check_count()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_own(self):
        self._check_count()

    def _check_count(self):
        self.count_id._check_counting(self.count_id.poll_id)
        self.count_id._check_own()
