from odoo import api, fields, models
from odoo.fields import Domain


class CoopTermMixin(models.AbstractModel):
    """What runs from one day until another, or on and on: ``date_start`` and ``date_end``."""

    _name = "coop.term.mixin"
    _description = "With a Term"

    state = fields.Selection(
        [("coming", "Coming"), ("running", "Running"), ("ended", "Ended")],
        string="Status",
        compute="_compute_state",
        search="_search_state",
    )

    @api.depends("date_start", "date_end")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for one in self:
            if one.date_start and one.date_start > today:
                one.state = "coming"
            else:
                one.state = "ended" if one.date_end and one.date_end < today else "running"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        domains = {
            "coming": Domain("date_start", ">", today),
            "running": self._active_domain(today),
            "ended": Domain("date_end", "<", today),
        }
        return Domain.OR([domains[state] for state in value if state in domains])

    def _active(self, day=None):
        """Return those of these that run on a day, today unless told otherwise."""
        return self.filtered_domain(self._active_domain(day))

    @api.model
    def _active_domain(self, day=None):
        """Return the domain of what runs on a day, today unless told otherwise."""
        day = day or fields.Date.context_today(self)
        open_end = Domain("date_end", "=", False) | Domain("date_end", ">=", day)
        return Domain("date_start", "<=", day) & open_end
