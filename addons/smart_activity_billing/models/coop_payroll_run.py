import base64
import hashlib

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..lib.money import is_whole
from .coop_budget_reservation import LARGEST_AMOUNT

MAX_BYTES = 10 * 1024 * 1024
# What the check depends on: changed, it is to be done again.
CHECKED_FIELDS = {"mapping_id", "date_from", "date", "file", "control_total"}
# What the check counts.
COUNTED_FIELDS = {
    "row_count",
    "error_count",
    "warning_count",
    "gross",
    "employer",
    "other",
    "net",
    "cost",
    "announced",
    "previous",
}


class CoopPayrollRun(models.Model):
    """The wage costs of a month, from the file of the social secretariat into the books.

    The check reads the file, compares it with what was announced and with the month before, and
    writes nothing but its own findings, as often as one likes. What it found to be right is
    posted as one entry, all of it or nothing; what is posted is taken back by a reversing entry.
    """

    _name = "coop.payroll.run"
    _description = "Payroll Run"
    _inherit = ["coop.entry.mixin", "coop.reference.mixin", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _reference_letter = "W"
    _company_source = "mapping_id"

    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("checked", "Checked"),
            ("posted", "Posted"),
            ("reversed", "Reversed"),
        ]
    )
    mapping_id = fields.Many2one(
        "coop.payroll.mapping",
        "Provider",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self._default_mapping(),
        help="The social secretariat: how its file reads and where its costs are booked.",
    )
    date_from = fields.Date(
        "Month",
        required=True,
        default=lambda self: (
            fields.Date.context_today(self).replace(day=1) - relativedelta(months=1)
        ),
        tracking=True,
        help="The month that was worked; any day of it.",
    )
    date = fields.Date(
        "Booking Date",
        compute="_compute_date",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        tracking=True,
    )
    file = fields.Binary(attachment=True, copy=False, help="CSV or XLSX, at most 10 MB.")
    file_name = fields.Char(copy=False)
    file_hash = fields.Char("SHA-256 of the File", readonly=True, copy=False)
    control_total = fields.Monetary(
        copy=False,
        help="The cost of the month according to the letter of the social secretariat. 0: not "
        "compared.",
    )
    line_ids = fields.One2many("coop.payroll.run.line", "run_id", "Salaries", readonly=True)
    finding_ids = fields.One2many("coop.payroll.finding", "run_id", "Findings", readonly=True)
    checked_at = fields.Datetime("Checked on", readonly=True, copy=False)
    row_count = fields.Integer("Rows", readonly=True, copy=False)
    error_count = fields.Integer("To Correct", readonly=True, copy=False)
    warning_count = fields.Integer("To Look at", readonly=True, copy=False)
    gross = fields.Monetary("Gross Wages", readonly=True, copy=False)
    employer = fields.Monetary("Employer's Contributions", readonly=True, copy=False)
    other = fields.Monetary("Other Costs", readonly=True, copy=False)
    net = fields.Monetary("Net Wages", readonly=True, copy=False)
    cost = fields.Monetary(readonly=True, copy=False)
    announced = fields.Monetary(readonly=True, copy=False)
    previous = fields.Monetary("Month Before", readonly=True, copy=False)
    announcement_ids = fields.One2many("coop.payroll.announcement", "run_id", readonly=True)
    posted_by_id = fields.Many2one(
        "res.partner", "Posted by", readonly=True, copy=False, ondelete="restrict"
    )
    reversal_reason = fields.Text(readonly=True, copy=False, tracking=True)
    reversed_by_id = fields.Many2one(
        "res.partner", "Reversed by", readonly=True, copy=False, ondelete="restrict"
    )

    _whole_month = models.Constraint(
        "CHECK (date_from = date_trunc('month', date_from)::date)", "A run is of a month."
    )
    _file_once = models.UniqueIndex(
        "(company_id, file_hash) WHERE state = 'posted'",
        "This very file was posted already: reverse that run first, if it is to be done again.",
    )
    _posted_with_entry = models.Constraint(
        "CHECK ((state IN ('posted', 'reversed')) = (move_id IS NOT NULL))",
        "What is posted has its entry.",
    )
    _reversed_with_reason = models.Constraint(
        """CHECK (
            (state = 'reversed') = (reversal_move_id IS NOT NULL)
            AND (state <> 'reversed' OR COALESCE(reversal_reason, '') <> '')
        )""",
        "What is reversed has its entry and a reason.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for run in self:
            run.display_name = " ".join(filter(None, (run.name, run._get_month_name())))

    @api.depends("date_from")
    def _compute_date(self):
        for run in self:
            run.date = run.date_from and run.date_from + relativedelta(day=31)

    def _default_mapping(self):
        mappings = self.env["coop.payroll.mapping"].search(
            [("company_id", "=", self.env.company.id)], limit=2
        )
        return mappings if len(mappings) == 1 else False

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._clean(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._clean(vals)
        again = self.filtered(lambda run: run.state == "checked")
        result = super().write(vals)
        if again and CHECKED_FIELDS & vals.keys():
            again._forget_check()
        return result

    @api.model
    def _clean(self, vals):
        """Take the first day of the month and the hash of the file; refuse what is none.

        :raise ValidationError: the file is too large, or the control total no amount
        """
        if vals.get("date_from"):
            vals["date_from"] = fields.Date.to_date(vals["date_from"]).replace(day=1)
        vals.pop("file_hash", None)
        if "file" in vals:
            try:
                content = base64.b64decode(vals["file"] or b"")
            except ValueError:
                message = self.env._("The file did not arrive: add it again.")
                raise ValidationError(message) from None
            if len(content) > MAX_BYTES:
                raise ValidationError(
                    self.env._("The file is larger than 10 MB: it is no file of wages.")
                )
            vals["file_hash"] = hashlib.sha256(content).hexdigest() if content else False
        total = vals.get("control_total")
        currency = self.currency_id[:1] or self.env.company.currency_id
        if total and not is_whole(total, currency.rounding, LARGEST_AMOUNT):
            raise ValidationError(
                self.env._(
                    "%(total)s is no total: enter an amount with at most %(decimals)s decimals.",
                    total=total,
                    decimals=currency.decimal_places,
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_check(self):
        """Read the file and tell what is in it; nothing is booked.

        :raise UserError: it is posted already, or has no file
        """
        self.check_access("write")
        for run in self:
            run._take_turn()
            run._check_state("draft", "checked")
            run._check()
        return True

    def action_post(self):
        """Check the file once more, and book it: one entry, or nothing.

        :raise UserError: it was not checked, or something is to be corrected
        """
        self.check_access("write")
        for run in self:
            run._take_turn()
            run._check_state("checked")
            run._post(self.env.user.partner_id)
        return True

    def action_reverse(self, reason=None):
        """Take posted runs back by a reversing entry; without a reason, ask for it.

        :raise UserError: not posted
        """
        self.check_access("write")
        self._check_state("posted")
        if not (reason or "").strip():
            return {
                "name": self.env._("Reverse the Payroll Run"),
                "type": "ir.actions.act_window",
                "res_model": "coop.payroll.reversal",
                "view_mode": "form",
                "target": "new",
                "context": {"default_run_ids": self.ids},
            }
        for run in self:
            run._take_turn()
            run._check_state("posted")
            run._reverse(self.env.user.partner_id, reason.strip())
        return True

    def action_view_lines(self):
        """Open the salaries of these runs, to filter and to compare them."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_payroll_run_line_action"
        )
        return action | {"domain": [("run_id", "in", self.ids)], "context": {}}

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _forget_check(self):
        self._clear_check()
        self._write_decision({"state": "draft", "checked_at": False})

    def _clear_check(self):
        # The check writes its own findings; nobody does by hand.
        self.sudo().line_ids.unlink()
        self.sudo().finding_ids.unlink()

    def _get_month_name(self):
        return self.date_from and format_date(self.env, self.date_from, date_format="MMMM yyyy")

    def _decided_fields(self):
        decided = {"posted_by_id", "reversal_reason", "reversed_by_id", "checked_at"}
        return super()._decided_fields() | COUNTED_FIELDS | decided

    def _locked_fields(self):
        locked = super()._locked_fields()
        if self.state in ("draft", "checked"):
            return locked
        return locked | CHECKED_FIELDS | {"file_name", "file_hash"}
