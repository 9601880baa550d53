from odoo import fields, models


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

    def write(self, vals):
        """Only with the count that it belongs to."""
        self.check_access("write")
        self.count_id._check_counting(self.count_id.poll_id)
        self.count_id._check_own()
        return super().write(vals)
