from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.impact import period_of


class CoopIndicatorMeasure(models.Model):
    """The value of an indicator in one period."""

    _name = "coop.indicator.measure"
    _description = "Measure of an Indicator"
    _order = "indicator_id, date_to desc, id desc"

    indicator_id = fields.Many2one("coop.indicator", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="indicator_id.company_id", store=True, index=True)
    axis = fields.Selection(related="indicator_id.axis", store=True)
    date_from = fields.Date("From", required=True)
    date_to = fields.Date("Until", required=True, index=True)
    period = fields.Char(compute="_compute_period")
    value = fields.Float(digits=(16, 2), required=True, aggregator="avg")
    computed = fields.Boolean(readonly=True)
    note = fields.Char(help="Where the figure comes from, and what is special about it.")

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A period ends after it starts."
    )
    _once = models.UniqueIndex(
        "(indicator_id, date_from, date_to)", "This period of the indicator is measured already."
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("date_from", "date_to")
    def _compute_period(self):
        for measure in self:
            day, measure.period = measure.date_from, ""
            if not day or not measure.date_to:
                continue
            span = (day, measure.date_to)
            if span == period_of(day, "year"):
                measure.period = str(day.year)
            elif span == period_of(day, "quarter"):
                measure.period = f"{day.year} Q{(day.month + 2) // 3}"
            elif span == period_of(day, "month"):
                measure.period = f"{day:%Y-%m}"
            else:
                measure.period = f"{day} – {measure.date_to}"

    @api.depends("indicator_id", "date_from", "date_to")
    def _compute_display_name(self):
        for measure in self:
            measure.display_name = f"{measure.indicator_id.name or ''} {measure.period}".strip()

    # ------------------------------------------------------------------
    # CRUD: what is computed is nobody's to type
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Fill in a measure of an indicator that is not computed."""
        if not self.env.su:
            vals_list = [vals | {"computed": False} for vals in vals_list]
        measures = super().create(vals_list)
        if not self.env.su:
            measures._check_manual()
        return measures

    def write(self, vals):
        """Correct a measure that somebody filled in."""
        if not self.env.su:
            self.check_access("write")
            self._check_manual()
            vals = {name: value for name, value in vals.items() if name != "computed"}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_manual(self):
        if not self.env.su:
            self._check_manual()

    def _check_manual(self):
        for measure in self:
            if measure.computed or measure.indicator_id.source != "manual":
                raise UserError(
                    self.env._(
                        "%(measure)s is computed: correct what it is computed from, and measure "
                        "again.",
                        measure=measure.display_name,
                    )
                )
