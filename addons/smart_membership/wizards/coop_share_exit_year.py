from odoo import api, fields, models


class CoopShareExitYear(models.TransientModel):
    """The Board's yearly report to the Assembly: who left, with how much, and what is deferred.

    Source: WVV/CSA art. 6:120 par. 3.
    """

    _name = "coop.share.exit.year"
    _description = "Yearly Report of Exits"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    date = fields.Date(
        "A Day in the Financial Year",
        required=True,
        default=fields.Date.context_today,
        help="The report is about the financial year in which this day lies.",
    )
    date_from = fields.Date(compute="_compute_date_from")
    date_to = fields.Date(compute="_compute_date_from")
    exit_ids = fields.Many2many("coop.share.exit", compute="_compute_exit_ids", string="Exits")

    @api.depends("company_id", "date")
    def _compute_date_from(self):
        for report in self:
            year = report.company_id.compute_fiscalyear_dates(report.date or fields.Date.today())
            report.date_from, report.date_to = year["date_from"], year["date_to"]

    @api.depends("date_from", "date_to")
    def _compute_exit_ids(self):
        for report in self:
            report.exit_ids = self.env["coop.share.exit"].search(
                [
                    ("company_id", "=", report.company_id.id),
                    ("state", "in", ("deferred", "payable", "paid")),
                    ("effective_date", ">=", report.date_from),
                    ("effective_date", "<=", report.date_to),
                ],
                order="effective_date, id",
            )

    def action_print(self):
        """Print the report."""
        self.ensure_one()
        return self.env.ref("smart_membership.coop_share_exit_year_report").report_action(self)

    def action_open(self):
        """Open the exits of the year, to sort, group and export them."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "smart_membership.coop_share_exit_action"
        )
        return action | {"domain": [("id", "in", self.exit_ids.ids)], "context": {}}

    def _get_totals(self):
        """Return ``[(kind, number, shares, amount, deferred)]`` for the kinds that occur."""
        labels = dict(self.env["coop.share.exit"]._fields["kind"]._description_selection(self.env))
        return [
            (
                labels[kind],
                len(exits),
                sum(exits.mapped("quantity")),
                sum(exits.mapped("amount")),
                sum(exits.filtered(lambda one: one.state == "deferred").mapped("amount")),
            )
            for kind, exits in self.exit_ids.grouped("kind").items()
        ]
