from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from odoo.addons.smart_membership.lib.selection_order import in_order

from ..lib.impact import bars, change_percent, period_of, year_value
from .coop_ethics_question import AXES

# How many periods a chart shows.
MOST_SHOWN = 8


class CoopIndicator(models.Model):
    """What is measured of the social impact of the co-operative, and how.

    Computed indicators come from the books (`coop_indicator_books.py`) or from answers to a survey
    (`coop_indicator_survey.py`); nobody types their measures.
    """

    _name = "coop.indicator"
    _description = "Indicator of Social Impact"
    _inherit = ["coop.translated.mixin"]
    _order = "axis, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(copy=False, help="For the report, for example W1.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    definition = fields.Html(translate=True, help="What it measures, and what it does not.")
    axis = fields.Selection(
        [*AXES, ("cooperation", "Co-operation")],
        required=True,
        default="cooperation",
        index=True,
        group_expand=in_order("axis"),
    )
    source = fields.Selection(
        [("books", "The books"), ("survey", "A survey"), ("manual", "Filled in")],
        required=True,
        default="manual",
    )
    source_note = fields.Char("Where It Comes From", translate=True)
    computation = fields.Selection("_selection_computation", "Computed as")
    frequency = fields.Selection(
        [("month", "Month"), ("quarter", "Quarter"), ("year", "Year")],
        "Measured Each",
        required=True,
        default="year",
    )
    aggregation = fields.Selection(
        [("sum", "Sum"), ("mean", "Average"), ("last", "Last")],
        "Value of a Year",
        required=True,
        default="sum",
    )
    is_amount = fields.Boolean("Amount of Money")
    unit = fields.Char(translate=True, help="For example: members, tonnes of CO2, %.")
    decimals = fields.Integer(default=0)
    target = fields.Float(help="What the co-operative wants to reach in a year; 0 for none.")
    sdg = fields.Selection(
        [(str(number), f"SDG {number}") for number in range(1, 18)],
        "Sustainable Development Goal",
    )
    iris_code = fields.Char("IRIS+ Code", help="Of the catalogue of the GIIN, for example OI3160.")
    published = fields.Boolean("Shown to Members", help="In the portal and in the yearly report.")
    measure_ids = fields.One2many("coop.indicator.measure", "indicator_id", "Measures")
    last_value = fields.Char(compute="_compute_last")
    last_period = fields.Char(compute="_compute_last")

    _code_unique = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL AND code <> ''",
        "Two indicators of a company cannot have the same code.",
    )
    _decimals = models.Constraint(
        "CHECK(decimals BETWEEN 0 AND 4)", "Choose between no and four decimals."
    )
    _computed = models.Constraint(
        "CHECK((source = 'books') = (computation IS NOT NULL))",
        "Say how an indicator from the books is computed; others are not computed.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.model
    def _selection_computation(self):
        return []

    @api.depends("measure_ids.value", "measure_ids.date_to")
    def _compute_last(self):
        for indicator in self:
            last = indicator.measure_ids.sorted("date_to")[-1:]
            indicator.last_value = indicator._format(last.value) if last else False
            indicator.last_period = last.period if last else False

    @api.onchange("source")
    def _onchange_source(self):
        if self.source != "books":
            self.computation = False

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_measure(self):
        """Measure the present period and the one before it, as far as it is computed."""
        self.check_access("write")
        computed = self.filtered(lambda one: one.source != "manual")
        if not computed:
            raise UserError(
                self.env._(
                    "%(indicator)s is filled in by hand: add its measures below.",
                    indicator=self[:1].display_name,
                )
            )
        computed._measure(fields.Date.context_today(self))

    def action_view_measures(self):
        """Open the measures of these as a graph."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_workgroups.coop_indicator_measure_action"
        )
        return action | {"domain": [("indicator_id", "in", self.ids)], "context": {}}

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _cron_measure(self):
        """Measure all that is computed, every night."""
        cron = self.env["ir.cron"]
        indicators = self.search([("source", "!=", "manual")])
        cron._commit_progress(remaining=len(indicators))
        for indicator in indicators:
            indicator._measure(fields.Date.context_today(self))
            if not cron._commit_progress(1):
                return

    def _measure(self, day):
        """Write the measures of the period of a day and of the one before, which may have grown."""
        for indicator in self:
            date_from, date_to = period_of(day, indicator.frequency)
            before = period_of(fields.Date.subtract(date_from, days=1), indicator.frequency)
            for period in (before, (date_from, date_to)):
                value = indicator._measure_period(*period)
                if value is not None:
                    indicator._note(*period, value)

    def _measure_period(self, date_from, date_to):
        """Return the value in a period; None where there is none to tell.

        Each source extends it.
        """
        self.ensure_one()
        return None

    def _note(self, date_from, date_to, value):
        """Write a computed measure, over the one that was there."""
        # Computed for everybody, whoever asked for it.
        measures = self.sudo().measure_ids
        known = measures.filtered(lambda one: (one.date_from, one.date_to) == (date_from, date_to))
        if known:
            known.value = value
        else:
            measures.create(
                {
                    "indicator_id": self.id,
                    "date_from": date_from,
                    "date_to": date_to,
                    "value": value,
                    "computed": True,
                }
            )

    def _format(self, value):
        """Return a value as people read it, with its unit."""
        self.ensure_one()
        if value is None:
            return ""
        # The currency of a company is no secret.
        if self.is_amount:
            currency = self.sudo().currency_id
            return formatLang(self.env, value, digits=self.decimals, currency_obj=currency)
        return f"{formatLang(self.env, value, digits=self.decimals)} {self.unit or ''}".strip()

    def _get_year_values(self, year):
        """Return ``{indicator: value}`` of a year; None where nothing was measured."""
        measures = self.measure_ids.filtered(lambda one: one.date_to.year == year)
        by_indicator = measures.sorted("date_to").grouped("indicator_id")
        return {
            indicator: year_value(
                by_indicator.get(indicator, measures.browse()).mapped("value"),
                indicator.aggregation,
            )
            for indicator in self
        }

    def _get_charts(self):
        """Return ``{indicator: chart}``, in a fixed number of queries."""
        self.measure_ids.fetch(["date_from", "date_to", "value"])
        return {indicator: indicator._get_chart() for indicator in self}

    def _get_chart(self):
        """Return the last periods with their values, as bars, and how much the last one changed."""
        self.ensure_one()
        measures = self.measure_ids.sorted("date_to")[-MOST_SHOWN:]
        values = measures.mapped("value")
        chart = bars(values)
        for bar, measure in zip(chart["bars"], measures, strict=True):
            bar |= {"period": measure.period, "value": self._format(measure.value)}
        change = change_percent(values[-2], values[-1]) if len(values) > 1 else None
        return chart | {
            "last": self._format(values[-1]) if values else "",
            "period": measures[-1:].period,
            "change": change,
        }
