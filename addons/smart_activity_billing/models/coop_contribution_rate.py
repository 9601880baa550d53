import math

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

HIGHEST_TYPED = 1000


class CoopContributionRate(models.Model):
    """One percentage of every invoiced amount, the same for every member and every invoice.

    It holds from a date until the next rate. There is no other place where a rate can be set:
    not on a member, an Activity or an invoice.
    """

    _name = "coop.contribution.rate"
    _description = "Contribution Rate"
    _inherit = ["mail.thread"]
    _order = "company_id, date_from desc"

    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    date_from = fields.Date(string="From", required=True, tracking=True)
    rate = fields.Float(
        string="Rate (%)",
        required=True,
        digits=(7, 4),
        aggregator=None,
        tracking=True,
        help="Percentage of the invoiced amount, VAT excluded. 6.5 means 6.5 %.",
    )
    note = fields.Char(string="Decided by", help="Where the rate was decided, and when.")
    line_ids = fields.One2many("account.move.line", "contribution_rate_id", readonly=True)
    is_used = fields.Boolean(compute="_compute_is_used")

    _rate_range = models.Constraint(
        "CHECK (rate >= 0 AND rate <= 100)",
        "A contribution rate is a percentage between 0 and 100.",
    )
    _unique_date = models.Constraint(
        "UNIQUE (company_id, date_from)",
        "There is already a contribution rate from that day. Choose another day.",
    )

    @api.depends("rate", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        point = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").decimal_point or "."
        for rate in self:
            rate.display_name = self.env._(
                "%(rate)s %% from %(date)s",
                rate=f"{rate.rate:g}".replace(".", point),
                date=format_date(self.env, rate.date_from),
            )

    @api.depends("line_ids")
    def _compute_is_used(self):
        used = dict(
            # Who may see the rates may know that one is in use, without reading entries.
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [("contribution_rate_id", "in", self.ids)], ["contribution_rate_id"], ["__count"]
            )
        )
        for rate in self:
            rate.is_used = rate in used

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_rate_value(vals)
        rates = super().create(vals_list)
        rates._check_not_retroactive()
        return rates

    def write(self, vals):
        self._check_rate_value(vals)
        if {"rate", "date_from", "company_id"} & set(vals):
            self._check_unused()
        result = super().write(vals)
        if {"date_from", "company_id"} & set(vals):
            self._check_not_retroactive()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    @api.model
    def _get_rate(self, company, date):
        """Return the rate of ``company`` in force on ``date``, or an empty recordset."""
        return self._get_rates(company).filtered(lambda rate: rate.date_from <= date)[:1]

    @api.model
    def _get_rates(self, company):
        """Return all rates of ``company``, the latest first."""
        # The one rate of all is no secret: whoever may invoice may use it.
        return self.sudo().search_fetch(
            [("company_id", "=", company.id)], ["date_from", "rate"], order="date_from desc"
        )

    @api.model
    def _check_rate_value(self, vals):
        if "rate" not in vals:
            return
        try:
            value = float(vals["rate"])
            # Beyond the range, the database's own constraint names it, unless it is beyond all.
            valid = math.isfinite(value) and abs(value) < HIGHEST_TYPED
        except (TypeError, ValueError):
            valid = False
        if not valid:
            raise ValidationError(
                self.env._("A contribution rate is a number, for example 6.5 for 6.5 %.")
            )

    def _check_unused(self):
        for rate in self:
            if rate.is_used:
                raise UserError(
                    self.env._(
                        "The rate %(rate)s is used by posted invoices: it can neither change nor "
                        "be deleted. Add a new rate from a later day instead.",
                        rate=rate.display_name,
                    )
                )

    def _check_not_retroactive(self):
        """A new rate may not cover the day of an invoice that contributed at another one."""
        for rate in self:
            later = self.search(
                [("company_id", "=", rate.company_id.id), ("date_from", ">", rate.date_from)],
                order="date_from",
                limit=1,
            )
            domain = [
                ("display_type", "=", "contribution"),
                ("parent_state", "=", "posted"),
                ("company_id", "=", rate.company_id.id),
                ("contribution_rate_id", "not in", rate.ids + [False]),
                ("move_id.invoice_date", ">=", rate.date_from),
                ("move_id.reversed_entry_id", "=", False),
            ]
            if later:
                domain.append(("move_id.invoice_date", "<", later.date_from))
            # The check must see every invoice, also those that the user may not read.
            line = self.env["account.move.line"].sudo().search(domain, limit=1)
            if line:
                raise UserError(
                    self.env._(
                        "A rate from %(date)s would change invoice %(invoice)s of "
                        "%(invoice_date)s, which is posted already. Choose a later day.",
                        date=format_date(self.env, rate.date_from),
                        invoice=line.move_id.name,
                        invoice_date=format_date(self.env, line.move_id.invoice_date),
                    )
                )
