from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.statement import read_lines


class CoopActivityStatement(models.Model):
    """The statement of an Activity over a calendar month: made once, then the same for ever.

    A statement tells what changed in the ledger since the one before it. Of each analytic line of
    the Activity the statements so far told some amount (none at first), and the ledger says what
    it is worth now: its amount when it is on the Activity and dated up to ``date_to``, else
    nothing. Where the two differ, the statement takes back what was told (a line that ``corrects``
    the earlier statement) and tells what is now. So, by construction:

    * each analytic line is in exactly one statement, the first that is made after it was booked
      for its month or an earlier one; lines dated before ``date_from`` are *booked later*;
    * what disappears from the ledger, because its entry was reset to draft, is taken back by the
      next statement; posted again it is another analytic line, which the next statement tells;
    * ``opening + invoiced + contributed + spent + other = closing``, the opening is the closing
      of the month before (zero at first), and the closing is the balance of the ledger up to
      ``date_to`` at the moment of making;
    * the lines of all statements of an Activity sum to the closing of the last one.

    Amounts have the sign of the budget: what leaves it is negative. Lines of 0.00 are left out.

    Rows come from ``_make`` alone. A trigger lets them follow each other, month by month, and
    gives each the SHA-256 of its content and of the statement before it; another refuses every
    change (``coop_activity_statement_triggers``).
    """

    _name = "coop.activity.statement"
    _description = "Activity Statement"
    _inherit = ["coop.kept.mixin"]
    _order = "date_to desc, activity_id, id desc"
    # When a statement was made is part of it, and nobody changes it after that.
    _log_access = False

    name = fields.Char("Number", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    activity_id = fields.Many2one(
        "coop.activity", required=True, readonly=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", "Member", required=True, readonly=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True, ondelete="restrict")
    # As they were called: the statement reads the same when they are called otherwise.
    company_name = fields.Char("Cooperative", readonly=True)
    activity_name = fields.Char("Name of the Activity", readonly=True)
    activity_code = fields.Char("Code of the Activity", readonly=True)
    partner_name = fields.Char("Name of the Member", readonly=True)
    date_from = fields.Date("First Day", required=True, readonly=True)
    date_to = fields.Date("Month", required=True, readonly=True, help="The last day of the month.")
    opening = fields.Monetary(required=True, readonly=True, aggregator=None)
    invoiced = fields.Monetary(required=True, readonly=True)
    contributed = fields.Monetary(required=True, readonly=True)
    spent = fields.Monetary(required=True, readonly=True)
    other = fields.Monetary(
        "Other Movements",
        required=True,
        readonly=True,
        help="Budget that came from other Activities or went there, and all else.",
    )
    booked_later = fields.Monetary(
        required=True,
        readonly=True,
        help="The part of the movements that is dated before this month: booked, or taken back, "
        "after the statement of its own month was made.",
    )
    closing = fields.Monetary(required=True, readonly=True, aggregator=None)
    reserved = fields.Monetary(
        required=True,
        readonly=True,
        aggregator=None,
        help="What was reserved for spendings to come when the statement was made. It is not on "
        "record where that was later than in the month after its own.",
    )
    reserved_known = fields.Boolean(compute="_compute_reserved_known")
    reserved_by_kind = fields.Json(readonly=True)
    # As JSON text, see `read_lines`: the hash is over this very text, and a column of its own is
    # much faster than hundreds of rows.
    lines = fields.Text(readonly=True)
    line_count = fields.Integer("Movements", required=True, readonly=True)
    lines_html = fields.Html("What Moved the Budget", compute="_compute_lines_html", sanitize=False)
    made_at = fields.Datetime("Made on", required=True, readonly=True)
    previous_hash = fields.Char("Hash of the Previous Statement", readonly=True)
    hash = fields.Char(readonly=True)

    _month_unique = models.UniqueIndex(
        "(activity_id, date_to)", "An Activity has one statement of each month."
    )
    _name_unique = models.UniqueIndex(
        "(company_id, name)", "The number of a statement is given once."
    )
    _company_month_idx = models.Index("(company_id, date_to)")
    _adds_up = models.Constraint(
        "CHECK(opening + invoiced + contributed + spent + other = closing)",
        "A statement adds up.",
    )
    _whole_month = models.Constraint(
        "CHECK(date_from = date_trunc('month', date_from)::date "
        "AND date_to = (date_from + interval '1 month' - interval '1 day')::date)",
        "A statement is about a calendar month.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("lines", "reserved_by_kind")
    @api.depends_context("lang")
    def _compute_lines_html(self):
        for statement in self:
            statement.lines_html = self.env["ir.qweb"]._render(
                "smart_activity_billing.statement_lines", {"statement": statement}
            )

    @api.depends("made_at", "date_to")
    def _compute_reserved_known(self):
        for statement in self:
            until = self._get_reserved_until(statement.date_to)
            statement.reserved_known = statement.made_at < until

    # ------------------------------------------------------------------
    # CRUD: made from the ledger, never changed
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse: a statement is what the ledger says, and nobody enters it."""
        if vals_list:
            raise UserError(
                self.env._("Statements are made from the ledger: choose “Make the statements”.")
            )
        return super().create(vals_list)

    def _error_kept(self):
        return UserError(
            self.env._(
                "Statement %(number)s was made and stays as it is. Correct the books: the next "
                "statement shows the correction.",
                number=", ".join(self[:5].mapped("name")),
            )
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_download_pdf(self):
        """Download the statement in the language of the member."""
        return self._download("pdf")

    def action_download_xlsx(self):
        """Download the lines of the statement as a spreadsheet."""
        return self._download("xlsx")

    def _download(self, extension):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self._get_url(extension), "target": "self"}

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _get_url(self, page=""):
        """Return the page of the statement in the portal, or one of its files."""
        url = f"/my/activities/{self.activity_id.id}/statements/{self.id}"
        return f"{url}/{page}" if page else url

    def _get_lines(self):
        """Return the ``StatementLine`` of this statement, with running balances."""
        self.ensure_one()
        return read_lines(self.lines, self.opening, self.date_from, self.currency_id.rounding)

    def _get_label(self, line):
        """Return what a line is called in the language of who reads it."""
        label = line.label
        if line.kind == "contribution":
            # The stored label is in the language of whoever posted the invoice.
            label = self.env._("Contribution to the shared services")
        if line.corrects:
            return self.env._("%(label)s (corrects %(number)s)", label=label, number=line.corrects)
        return label

    def _get_reserved(self):
        """Return a list of (kind in words, amount) of what was reserved."""
        kinds = self.env["coop.budget.reservation"]._fields["kind"]._description_selection(self.env)
        amounts = self.reserved_by_kind or {}
        return [(label, amounts[kind]) for kind, label in kinds if kind in amounts]

    @api.model
    def _get_reserved_until(self, date_to):
        """Return until when what is reserved counts for a month: the end of the one after it."""
        return fields.Datetime.to_datetime(date_to + relativedelta(days=1, months=1))

    def _get_sums(self):
        """Return a list of (kind of movement in words, its sum)."""
        names = self.env["coop.activity"]._get_movement_kinds()
        names["other"] = self.env._("Transfers and other")
        sums = {
            "invoice": self.invoiced,
            "contribution": self.contributed,
            "expense": self.spent,
            "other": self.other,
        }
        return [(names[kind], amount) for kind, amount in sums.items()]

    def _get_table(self):
        """Return ``(title, headers, rows)`` for a spreadsheet."""
        kinds = self.env["coop.activity"]._get_movement_kinds()
        rows = [
            (
                line.date,
                line.document,
                self._get_label(line),
                kinds[line.kind],
                line.amount,
                line.running,
            )
            for line in self._get_lines()
        ]
        opening = (self.date_from, "", self.env._("Opening"), "", None, self.opening)
        closing = (self.date_to, "", self.env._("Closing"), "", None, self.closing)
        headers = [
            self.env._("Date"),
            self.env._("Document"),
            self.env._("Label"),
            self.env._("Kind"),
            self.env._("Amount"),
            self.env._("Running balance"),
        ]
        return self.name.replace("/", "-"), headers, [opening, *rows, closing]
