from odoo import fields, models
from odoo.exceptions import UserError

# Without one of these a separation cannot be booked.
BOOKS = ("coop_exit_account_id", "coop_exit_deferred_account_id", "coop_exit_journal_id")


class ResCompany(models.Model):
    """What the statutes of a cooperative say about members who leave."""

    _inherit = "res.company"

    coop_exit_window_months = fields.Integer(
        "Resignation Window",
        default=6,
        required=True,
        help="Members resign in the first months of the financial year; who resigns later leaves "
        "in the next one (WVV/CSA 6:120). 12 means all year.",
    )
    coop_exit_effective_month = fields.Integer(
        "Resignations Take Effect",
        default=6,
        required=True,
        help="On the last day of this month of the financial year.",
    )
    coop_exit_founder_year = fields.Integer(
        "Founders May Resign from Year",
        default=3,
        required=True,
        help="Financial year in which founders may resign for the first time; that of the "
        "foundation is year 1. 0 or 1 means that they are free.",
    )
    coop_exit_payment_months = fields.Integer(
        "Months to Pay",
        default=1,
        required=True,
        help="The separation amount is due so many months after the exit takes effect.",
    )
    coop_exit_amount_method = fields.Selection(
        [
            ("lower", "Lower of paid in and net asset value"),
            ("paid", "What was paid in"),
            ("net_asset", "Net asset value"),
        ],
        string="Separation Amount",
        default="lower",
        required=True,
        help="The net asset value is taken from the last report of the Board, in proportion to "
        "the capital that is paid up. Without any report, what was paid in counts.",
    )
    coop_exit_nominal_cap = fields.Boolean(
        "At Most the Nominal Amount",
        default=True,
        help="A social enterprise never pays out more than the shares were issued at.",
    )
    coop_exit_partial = fields.Boolean(
        "Members May Return Part of Their Shares",
        help="By law an exit is with all shares, unless the statutes allow a part (WVV/CSA 6:120).",
    )
    coop_share_concentration = fields.Float(
        "Large Holder (%)",
        default=25,
        required=True,
        help="Who holds more than this part of all shares is reported to the membership managers. "
        "0 turns the warning off.",
    )
    coop_exit_account_id = fields.Many2one(
        "account.account",
        "Separation Account",
        check_company=True,
        domain="[('account_type', '=', 'liability_payable')]",
        help="Where amounts stand that former members will be paid.",
    )
    coop_exit_deferred_account_id = fields.Many2one(
        "account.account",
        "Deferred Separation Account",
        check_company=True,
        domain="[('account_type', 'in', ('liability_current', 'liability_non_current'))]",
        help="Where amounts stand that may not be paid yet. No payment order takes them from here.",
    )
    coop_exit_reserve_account_id = fields.Many2one(
        "account.account",
        "Separation Reserve",
        check_company=True,
        domain="[('account_type', 'in', ('equity', 'equity_unaffected'))]",
        help="Takes the difference between the capital and what is paid out for it.",
    )
    coop_exit_journal_id = fields.Many2one(
        "account.journal",
        "Separation Journal",
        check_company=True,
        domain="[('type', '=', 'general')]",
    )
    coop_few_members_warned = fields.Boolean(readonly=True, copy=False)

    _coop_exit_months = models.Constraint(
        """CHECK(
            coop_exit_window_months BETWEEN 1 AND 12
            AND coop_exit_effective_month BETWEEN 1 AND 12
            AND coop_exit_payment_months >= 0 AND coop_exit_founder_year >= 0
        )""",
        "The resignation window and the month of effect lie between 1 and 12; the months to pay "
        "and the year of the founders are not negative.",
    )

    def _check_exit_books(self, reserve=False):
        """Make sure that separations can be booked.

        :param bool reserve: whether there is a difference for the reserve
        :raise UserError: naming what is missing
        """
        self.ensure_one()
        wanted = BOOKS + (("coop_exit_reserve_account_id",) if reserve else ())
        for name in wanted:
            if not self[name]:
                raise UserError(
                    self.env._(
                        "%(field)s of %(company)s is not filled in: choose it under "
                        "Settings / Cooperative exits.",
                        field=self._fields[name]._description_string(self.env),
                        company=self.display_name,
                    )
                )
