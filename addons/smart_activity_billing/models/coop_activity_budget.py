import operator as py_operator
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib.money import exact

COMPARISONS = {
    "<": py_operator.lt,
    "<=": py_operator.le,
    ">": py_operator.gt,
    ">=": py_operator.ge,
}
COMPUTED_AMOUNTS = ("balance", "unpaid_amount", "available")


class CoopActivity(models.Model):
    """The budget of an Activity: what the ledger says, what is reserved, what is available."""

    _inherit = "coop.activity"

    balance = fields.Monetary(
        compute="_compute_balance",
        search="_search_balance",
        aggregator="sum",
        help="All that was invoiced, less contributions and costs, in posted entries.",
    )
    reserved_amount = fields.Monetary(
        string="Reserved",
        readonly=True,
        copy=False,
        default=0.0,
        help="Promised to spendings that are not booked yet. Moved by reservations only.",
    )
    unpaid_amount = fields.Monetary(
        string="Not yet paid",
        compute="_compute_unpaid_amount",
        aggregator="sum",
        help="The part of the balance that comes from invoices which clients have not paid yet, "
        "after the contribution.",
    )
    available = fields.Monetary(
        compute="_compute_available",
        search="_search_available",
        aggregator="sum",
        help="What may still be spent: the balance less what is reserved and, where the company "
        "chose so, less what clients have not paid yet.",
    )
    reservation_ids = fields.One2many("coop.budget.reservation", "activity_id")

    _reserved_not_negative = models.Constraint(
        "CHECK (reserved_amount >= 0)", "An Activity cannot have a negative amount reserved."
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    # Analytic lines and payments invalidate these amounts by `_invalidate_amounts`: a dependency on
    # the lines of the ledger would look for the Activity of each line that is created.
    @api.depends("analytic_account_id")
    def _compute_balance(self):
        column = self._analytic_column()
        # Members see the totals of their Activity, not the analytic ledger.
        ledger = self.sudo()
        groups = (
            self.env["account.analytic.line"]
            .sudo()
            ._read_group([(column, "in", ledger.analytic_account_id.ids)], [column], ["amount:sum"])
            if column
            else []
        )
        balances = {account.id: amount for account, amount in groups}
        accounts = {activity.id: activity.analytic_account_id.id for activity in ledger}
        self._set_amount("balance", lambda activity: balances.get(accounts[activity.id], 0.0))

    @api.depends("balance")
    def _compute_unpaid_amount(self):
        unpaid = self._query_unpaid_amounts()
        self._set_amount("unpaid_amount", lambda activity: unpaid.get(activity._origin.id, 0.0))

    @api.depends("balance", "reserved_amount", "company_id.activity_available_basis")
    def _compute_available(self):
        # The basis is a rule of the game, known to every member.
        on_paid_basis = self.sudo().company_id.filtered(
            lambda company: company.activity_available_basis == "paid"
        )
        company_ids = set(on_paid_basis.ids)
        self._set_amount(
            "available",
            lambda activity: (
                activity.balance
                - activity.reserved_amount
                - (activity.unpaid_amount if activity.company_id.id in company_ids else 0.0)
            ),
        )

    def _set_amount(self, name, get_amount):
        """Give each record the amount that ``get_amount(record)`` returns.

        An assignment looks up the currency of the record in two new environments; these were half
        of the time of a list.
        """
        field = self._fields[name]
        for activity in self:
            amount, currency = get_amount(activity), activity.currency_id
            field._update_cache(activity, currency.round(amount) if currency else amount)

    def _search_balance(self, operator, value):
        return self._search_computed_amount("balance", operator, value)

    def _search_available(self, operator, value):
        return self._search_computed_amount("available", operator, value)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_budget_untouched(vals_list)
        # Given explicitly, so that no default in a context reserves anything.
        return super().create([{**vals, "reserved_amount": 0.0} for vals in vals_list])

    def write(self, vals):
        self._check_budget_untouched([vals])
        if vals.get("state") == "closed":
            # What stands in the way is told to nobody else.
            self.check_access("write")
            self.filtered(lambda activity: activity.state != "closed")._check_ended()
        return super().write(vals)

    def _read_group_select(self, aggregate_spec, query):
        # Amounts that live in the ledger are summed from the records of each group.
        if aggregate_spec.split(":")[0] in COMPUTED_AMOUNTS:
            return super()._read_group_select("id:recordset", query)
        return super()._read_group_select(aggregate_spec, query)

    def _read_group_postprocess_aggregate(self, aggregate_spec, raw_values):
        name = aggregate_spec.split(":")[0]
        if name in COMPUTED_AMOUNTS:
            groups = super()._read_group_postprocess_aggregate("id:recordset", raw_values)
            return (sum(records.mapped(name)) for records in groups)
        return super()._read_group_postprocess_aggregate(aggregate_spec, raw_values)

    # ------------------------------------------------------------------
    # Reserving
    # ------------------------------------------------------------------

    def _reserve(self, amount, kind, origin=None, override_reason=None, date_until=None):
        """Reserve budget for a spending, or refuse.

        The Activity's row is bumped before anything is summed: of two transactions that reserve
        at once, the second fails to serialize and is replayed with the first one's result.

        :param amount: positive amount in the company's currency
        :param str kind: a key of ``coop.budget.reservation.kind``
        :param origin: the record that will be spent for, if any
        :param str override_reason: why an override of the budget is granted
        :param date date_until: until when it holds the money, where that is known
        :return: the ``coop.budget.reservation``
        :raise UserError: the Activity is not open, or does not have the amount available
        """
        return self._reserve_parts(
            [{"amount": amount, "date_until": date_until}],
            kind,
            origin=origin,
            override_reason=override_reason,
        )

    def _reserve_parts(self, parts, kind, origin=None, override_reason=None, booked=False):
        """Reserve several amounts for one origin, all or none.

        :param parts: list of values for the reservations, each with a positive ``amount``
        :param bool booked: what the books gave back is held without asking: they are never blocked
        :return: the ``coop.budget.reservation``, in the order of the parts
        :raise UserError: as of ``_reserve``
        """
        self.ensure_one()
        Reservation = self.env["coop.budget.reservation"]
        amounts = [Reservation._check_amount(part["amount"], self.currency_id) for part in parts]
        total = self.currency_id.round(sum(amounts))
        self._bump_reserved(0)
        if booked:
            overdraft = self._measure_overdraft(total)
        else:
            self._check_open()
            overdraft = self._check_overdraft(total, override_reason)
        self._bump_reserved(total)
        lacking = overdraft.pop("overdraft_amount", 0.0)
        vals_list = []
        for part, amount in reversed(list(zip(parts, amounts, strict=True))):
            # What comes last is what there was no money for.
            beyond = self.currency_id.round(min(amount, lacking))
            lacking = self.currency_id.round(lacking - beyond)
            vals_list.append(
                {
                    **part,
                    "activity_id": self.id,
                    "kind": kind,
                    "amount": amount,
                    "remaining": amount,
                    "res_model": origin._name if origin else False,
                    "res_id": origin.id if origin else False,
                    **({"overdraft_amount": beyond, **overdraft} if beyond else {}),
                }
            )
        # Whoever may spend does not need a right to write reservations by hand.
        return Reservation.sudo().create(vals_list[::-1])

    def _check_open(self):
        """Refuse to spend from what is not open.

        :raise UserError: naming the Activity
        """
        if self.state != "open" or not self.active:
            raise UserError(
                self.env._(
                    "%(activity)s is not open, so nothing can be spent from it.",
                    activity=self.display_name,
                )
            )

    def _bump_reserved(self, change):
        """Change the reserved amount of one Activity by ``change``, holding its row."""
        self.flush_recordset(["reserved_amount"])
        # Losing a race is normal life: the server replays the request, without an error in the log.
        self.env.cr.execute(
            SQL(
                "UPDATE coop_activity SET reserved_amount = reserved_amount + %s "
                "WHERE id = %s RETURNING reserved_amount",
                str(change),
                self.id,
            ),
            log_exceptions=False,
        )
        self.invalidate_recordset(["reserved_amount", *COMPUTED_AMOUNTS])

    def _query_unpaid_amounts(self):
        """Return ``{activity id: amount}`` of what clients still owe, after the contribution.

        Each invoice counts for what it brought to the Activity, in proportion to its residual.
        """
        Line = self.env["account.move.line"]
        Line.flush_model(["activity_id", "contribution_base", "balance", "parent_state"])
        self.env["account.move"].flush_model(["amount_residual_signed", "amount_total_signed"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.activity_id,
                       (line.contribution_base - line.balance)
                       * move.amount_residual_signed / move.amount_total_signed
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                 WHERE line.activity_id = ANY(%s)
                   AND line.parent_state = 'posted'
                   AND move.amount_residual_signed <> 0
                   AND move.amount_total_signed <> 0
                """,
                self.ids,
            )
        )
        units = {activity._origin.id: activity.currency_id.rounding for activity in self}
        unpaid = defaultdict(float)
        for activity_id, amount in rows:
            unpaid[activity_id] += float(exact(amount, units[activity_id]))
        return unpaid

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _invalidate_amounts(self):
        """Forget the amounts read from the ledger, because it changed."""
        self.invalidate_model(COMPUTED_AMOUNTS, flush=False)

    def _check_budget_untouched(self, vals_list):
        if any("reserved_amount" in vals for vals in vals_list):
            raise UserError(
                self.env._("The reserved amount is moved by reservations only, not by hand.")
            )

    def _check_ended(self):
        for activity in self.sorted("id"):
            activity._bump_reserved(0)
        self._check_nothing_reserved()
        self._check_nothing_left()

    def _check_nothing_reserved(self):
        for activity in self.filtered("reserved_amount"):
            raise UserError(
                self.env._(
                    "%(activity)s still has %(amount)s reserved. Book or cancel these spendings "
                    "before closing it.",
                    activity=activity.display_name,
                    amount=activity.currency_id.format(activity.reserved_amount),
                )
            )

    def _check_nothing_left(self):
        """Refuse to end with a balance: the last step of a closing moves it.

        :raise UserError: naming the Activity and what is left
        """
        for activity in self.filtered("balance"):
            raise UserError(
                self.env._(
                    "%(activity)s has a balance of %(amount)s. Begin its closing instead: that "
                    "moves what is left, to another Activity of the member or to the cooperative.",
                    activity=activity.display_name,
                    amount=activity.currency_id.format(activity.balance),
                )
            )

    def _search_computed_amount(self, name, operator, value):
        compare = COMPARISONS.get(operator)
        if not compare:
            return NotImplemented
        activities = self.with_context(active_test=False).search([])
        return [
            ("id", "in", activities.filtered(lambda activity: compare(activity[name], value)).ids)
        ]
