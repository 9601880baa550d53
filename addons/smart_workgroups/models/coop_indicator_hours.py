from odoo import api, models


class CoopIndicator(models.Model):
    """The hours that members gave are an indicator too."""

    _inherit = "coop.indicator"

    @api.model
    def _selection_computation(self):
        return [*super()._selection_computation(), ("hours", self.env._("Hours given by members"))]

    def _measure_hours(self, date_from, date_to):
        """Sum up the hours that members gave."""
        domain = [
            ("company_id", "=", self.company_id.id),
            ("date", ">=", date_from),
            ("date", "<=", date_to),
        ]
        # A sum over all members.
        [[total]] = self.env["coop.hours"].sudo()._read_group(domain, aggregates=["hours:sum"])
        return total or 0.0
