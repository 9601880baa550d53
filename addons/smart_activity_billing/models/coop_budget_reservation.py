import math

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.smart_membership.lib.selection_order import in_order

# Beyond this no budget of an Activity makes sense: most likely a typing error.
LARGEST_AMOUNT = 1_000_000_000


class CoopBudgetReservation(models.Model):
    """Money of an Activity that is promised to a spending which is not booked yet.

    Made by ``coop.activity._reserve``. The entry that books the spending consumes it, so that
    what is available does not move at posting; what is not needed is released.
    """

    _name = "coop.budget.reservation"
    _description = "Budget Reservation"
    _order = "create_date desc, id desc"
    _check_company_auto = True

    activity_id = fields.Many2one(
        "coop.activity", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="activity_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="activity_id.currency_id")
    kind = fields.Selection(
        [
            ("expense", "Expense"),
            ("purchase", "Purchase"),
            ("pledge", "Purchase pledge"),
            ("transfer", "Transfer"),
            ("investment", "Investment"),
            ("payroll", "Payroll"),
        ],
        required=True,
        readonly=True,
        group_expand=in_order("kind"),
    )
    amount = fields.Monetary(required=True, readonly=True)
    remaining = fields.Monetary(required=True, readonly=True)
    state = fields.Selection(
        [("active", "Active"), ("done", "Done"), ("cancelled", "Cancelled")],
        string="Status",
        default="active",
        required=True,
        readonly=True,
        index=True,
        group_expand=in_order("state"),
    )
    res_model = fields.Char(string="Origin Model", readonly=True)
    res_id = fields.Many2oneReference(string="Origin", model_field="res_model", readonly=True)
    reference = fields.Char(
        compute="_compute_reference", help="What the money is held for, by its own name."
    )
    date_until = fields.Date(
        "Until", readonly=True, help="Until when it holds the money, where that is known."
    )
    override_reason = fields.Char(readonly=True)
    override_by_id = fields.Many2one(
        "res.users",
        "Overridden by",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Who let it pass although the budget did not have it.",
    )
    overdraft_amount = fields.Monetary(
        "Overdraft", readonly=True, help="The part of the amount that was not available."
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND amount < 'Infinity')", "A reservation is a positive amount."
    )
    _remaining_range = models.Constraint(
        "CHECK (remaining >= 0 AND remaining <= amount)",
        "A reservation cannot give more than it holds.",
    )
    _remaining_state = models.Constraint(
        "CHECK ((state = 'active') = (remaining > 0))",
        "Only an active reservation holds money.",
    )

    @api.depends("kind", "activity_id")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for reservation in self:
            reservation.display_name = self.env._(
                "%(kind)s for %(activity)s",
                kind=labels.get(reservation.kind),
                activity=reservation.activity_id.display_name,
            )

    @api.depends("res_model", "res_id")
    def _compute_reference(self):
        origins = self._get_origins()
        for reservation in self:
            origin = origins.get(reservation)
            reservation.reference = origin.display_name if origin else False

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Reservations are kept as a trail: release them instead."))

    def action_open_origin(self):
        """Open what the money is held for.

        :raise UserError: it is held for nothing that is on record
        :raise AccessError: the user may not read it
        """
        self.ensure_one()
        self.check_access("read")
        origin = self._get_origins().get(self)
        if not origin:
            raise UserError(
                self.env._(
                    "%(reservation)s has nothing to open: it was made without a document.",
                    reservation=self.display_name,
                )
            )
        origin.with_env(self.env).check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": origin._name,
            "res_id": origin.id,
            "view_mode": "form",
        }

    def _get_origins(self):
        """Return ``{reservation: record}`` of what exists, the records with superuser rights."""
        origins = {}
        for model, reservations in self.grouped("res_model").items():
            if model not in self.env:
                continue
            # Whoever sees that money is held may know what for, by its name.
            records = self.env[model].sudo().browse(reservations.mapped("res_id")).exists()
            known = {record.id: record for record in records}
            for reservation in reservations:
                if reservation.res_id in known:
                    origins[reservation] = known[reservation.res_id]
        return origins

    def _consume(self, amount=None):
        """Take money out because its spending is booked.

        Bookkeeping is never blocked: a spending that cost more than was reserved takes all there
        is, the rest lowers what is available.

        :param amount: positive amount that was booked; by default all that remains
        :return: the amount taken
        """
        self.ensure_one()
        self._hold()
        currency = self.currency_id
        wanted = self.remaining if amount is None else self._check_amount(amount, currency)
        taken = currency.round(min(wanted, self.remaining))
        if not taken:
            return 0.0
        self.activity_id._bump_reserved(-taken)
        remaining = currency.round(self.remaining - taken)
        # The booking spends what was granted when it was reserved, whoever books.
        self.sudo().write({"remaining": remaining, "state": "active" if remaining else "done"})
        return taken

    def _release(self):
        """Give back what remains, because the spending will not come."""
        for reservation in self:
            reservation._hold()
            if reservation.state != "active":
                continue
            reservation.activity_id._bump_reserved(-reservation.remaining)
            # Giving back needs no right of its own: the spending's owner decides.
            reservation.sudo().write({"remaining": 0.0, "state": "cancelled"})

    def _hold(self):
        """Bump the Activity's row, then read this reservation as the last transaction left it."""
        self.activity_id._bump_reserved(0)
        self.invalidate_recordset(["remaining", "state"])

    @api.model
    def _check_amount(self, amount, currency):
        """Return ``amount`` rounded to the currency.

        :raise ValidationError: not a number, not positive, or beyond all reason
        """
        try:
            amount = float(amount)
        except (TypeError, ValueError):
            amount = math.nan
        if not math.isfinite(amount) or amount >= LARGEST_AMOUNT:
            raise ValidationError(self.env._("Enter an amount of money, for example 125.50."))
        amount = currency.round(amount)
        if amount <= 0:
            raise ValidationError(self.env._("The amount must be more than zero."))
        return amount
