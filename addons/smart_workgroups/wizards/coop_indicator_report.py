from odoo import api, fields, models

from ..lib.impact import change_percent


class CoopIndicatorReport(models.TransientModel):
    """The social impact of one year, as a document."""

    _name = "coop.indicator.report"
    _description = "Report of Social Impact"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, ondelete="cascade"
    )
    year = fields.Integer(required=True, default=lambda self: self._default_year())

    @api.model
    def _default_year(self):
        return fields.Date.context_today(self).year - 1

    @api.depends("year")
    def _compute_display_name(self):
        for report in self:
            report.display_name = self.env._("Social impact %(year)s", year=report.year)

    def action_print(self):
        """Print the report of the year."""
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("smart_workgroups.action_report_impact").report_action(self)

    def _get_axes(self):
        """Return ``[(axis, rows)]`` of what is shown to members, with the year before."""
        self.ensure_one()
        # What is shown to members, in figures that tell of nobody.
        indicators = (
            self.env["coop.indicator"]
            .sudo()
            .search([("company_id", "=", self.company_id.id), ("published", "=", True)])
        )
        now, before = [indicators._get_year_values(year) for year in (self.year, self.year - 1)]
        labels = dict(indicators._fields["axis"]._description_selection(self.env))
        return [
            (
                labels[axis],
                [
                    {
                        "indicator": one,
                        "now": one._format(now[one]),
                        "before": one._format(before[one]),
                        "change": change_percent(before[one], now[one]),
                    }
                    for one in members
                ],
            )
            for axis, members in indicators.grouped("axis").items()
        ]
