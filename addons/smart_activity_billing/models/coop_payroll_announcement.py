from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..lib.money import is_whole
from .coop_budget_reservation import LARGEST_AMOUNT

MONTHS_AHEAD = 12


class CoopPayrollAnnouncement(models.Model):
    """A salary that an Activity will pay in a month to come, with its whole cost.

    Announced, it holds the budget until the payroll run of that month books what it really costs
    and gives the rest back. A salary that nobody announced is booked all the same.
    """

    _name = "coop.payroll.announcement"
    _description = "Announced Salary"
    _inherit = ["coop.member.spending.mixin"]
    _order = "date_from desc, id desc"
    _rec_names_search = ["name", "activity_id.name", "partner_id.name"]
    _reference_letter = "N"
    _company_source = "activity_id"
    _reservation_kind = "payroll"

    partner_id = fields.Many2one(help="Whose salary it is.")
    date_from = fields.Date(
        "Month",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(day=1),
        tracking=True,
        help="The month that is worked; any day of it.",
    )
    amount = fields.Monetary(
        "Cost",
        required=True,
        tracking=True,
        help="What it costs the Activity: gross wage, employer's contributions and other costs.",
    )
    note = fields.Text()
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Announced"),
            ("approved", "Approved"),
            ("posted", "Booked"),
            ("refused", "Refused"),
            ("cancelled", "Withdrawn"),
        ]
    )
    run_id = fields.Many2one(
        "coop.payroll.run",
        "Payroll Run",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="The run that booked it.",
    )
    booked_amount = fields.Monetary(
        "Booked", readonly=True, copy=False, help="What it really cost the Activity."
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND amount < 'Infinity')", "Announce an amount of more than zero."
    )
    _whole_month = models.Constraint(
        "CHECK (date_from = date_trunc('month', date_from)::date)",
        "A salary is announced for a month.",
    )
    _posted_with_run = models.Constraint(
        "CHECK ((state = 'posted') = (run_id IS NOT NULL))", "What is booked has its payroll run."
    )
    _once = models.UniqueIndex(
        "(activity_id, partner_id, date_from) WHERE state IN ('submitted', 'approved', 'posted')",
        "The salary of this person for this Activity and month is announced already: withdraw the "
        "other announcement, or change the month.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "date_from")
    @api.depends_context("lang")
    def _compute_display_name(self):
        # Whose salary it is shows on its page only: other managers see what holds the money.
        for announcement in self:
            announcement.display_name = " ".join(
                filter(None, (announcement.name, announcement._get_month_name()))
            )

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
        return super().write(vals)

    @api.model
    def _clean(self, vals):
        """Take the first day of the month, and refuse an amount before the field rounds it.

        :raise ValidationError: not a number, not positive, beyond all reason, or parts of a cent
        """
        if vals.get("date_from"):
            vals["date_from"] = fields.Date.to_date(vals["date_from"]).replace(day=1)
        if "amount" not in vals:
            return
        currency = self.currency_id[:1] or self._get_company(vals).currency_id
        if not is_whole(vals["amount"], currency.rounding, LARGEST_AMOUNT):
            raise ValidationError(
                self.env._(
                    "%(amount)s cannot be announced: enter an amount of more than zero with at "
                    "most %(decimals)s decimals, for example 2150.00.",
                    amount=vals["amount"],
                    decimals=currency.decimal_places,
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        """Announce salaries and hold the budget for them.

        :raise UserError: the month has passed, the person does not manage the Activity, or the
            Activity does not have the amount
        """
        self.check_access("write")
        self._announce(self.env.user.partner_id)
        return True

    def action_withdraw(self):
        """Give the budget back: this salary will not be paid."""
        self.check_access("write")
        self._withdraw()
        return True

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _announce(self, person):
        self._check_state("draft")
        for announcement in self:
            announcement._check_month()
            announcement._check_payee()
            announcement._check_once()
        self._hand_in(person)

    def _check_month(self):
        """Refuse a month that has passed, or that nobody can plan.

        :raise UserError: saying what to do
        """
        first = fields.Date.context_today(self).replace(day=1)
        if self.date_from < first:
            raise UserError(
                self.env._(
                    "%(announcement)s: this month has passed. Its salaries are booked by the "
                    "payroll run, announced or not.",
                    announcement=self.display_name,
                )
            )
        if self.date_from > first + relativedelta(months=MONTHS_AHEAD):
            raise UserError(
                self.env._(
                    "%(announcement)s: announce a salary at most %(months)s months ahead.",
                    announcement=self.display_name,
                    months=MONTHS_AHEAD,
                )
            )

    def _check_payee(self):
        """Only who manages the Activity is paid by it.

        :raise UserError: naming the member
        """
        activity = self.activity_id
        if self.partner_id not in (activity.manager_ids | activity.partner_id):
            raise UserError(
                self.env._(
                    "%(member)s does not manage %(activity)s: choose another Activity, or make "
                    "%(member)s a manager of it first.",
                    member=self.partner_id.name,
                    activity=activity.display_name,
                )
            )

    def _check_once(self):
        """Refuse in words what the database refuses: one announcement for a salary.

        :raise UserError: naming the other announcement
        """
        # Others count too, whatever the user may read.
        other = self.sudo().search(
            [
                ("activity_id", "=", self.activity_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("date_from", "=", self.date_from),
                ("state", "in", ("submitted", "approved", "posted")),
            ],
            limit=1,
        )
        if other:
            raise UserError(
                self.env._(
                    "This salary is announced already, as %(other)s of %(amount)s. Withdraw that "
                    "one first, or choose another month.",
                    other=other.display_name,
                    amount=other.currency_id.format(other.amount),
                )
            )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_spent_amount(self):
        return self.amount

    def _get_reserved_until(self):
        # The run of a month comes in the month after it.
        return self.date_from + relativedelta(months=2, days=-1)

    def _get_month_name(self):
        return self.date_from and format_date(self.env, self.date_from, date_format="MMMM yyyy")

    def _decided_fields(self):
        return super()._decided_fields() | {"run_id", "booked_amount"}

    def _spending_fields(self):
        return super()._spending_fields() | {"date_from", "amount"}
