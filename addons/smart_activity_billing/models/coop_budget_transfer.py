from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib.money import is_whole
from .coop_budget_reservation import LARGEST_AMOUNT


class CoopBudgetTransfer(models.Model):
    """Budget that one Activity hands over to another one of the same company.

    A manager of the source asks, which reserves the amount; a manager of the destination accepts,
    which books it: one balanced entry, without contribution and without tax. Who manages both does
    it in one step. What was booked can be reversed, which costs the destination its budget.
    """

    _name = "coop.budget.transfer"
    _description = "Budget Transfer"
    _inherit = ["coop.entry.mixin", "coop.spending.mixin"]
    _rec_names_search = ["name", "source_id.name", "destination_id.name"]
    _spender_field = "source_id"
    _reservation_kind = "transfer"
    _reference_letter = "M"
    _company_source = "source_id"

    source_id = fields.Many2one(
        "coop.activity",
        "From",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    destination_id = fields.Many2one(
        "coop.activity",
        "To",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    amount = fields.Monetary(required=True, tracking=True)
    reason = fields.Text("What For", help="Who accepts reads it, and the movements show it.")
    date = fields.Date(
        "Booking Date",
        copy=False,
        help="The day of the entry. Empty: the day on which it is accepted. In a locked period, it "
        "is the first day on which the books are open.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "To Accept"),
            ("approved", "Accepted"),
            ("posted", "Posted"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ]
    )
    reversal_reason = fields.Text(readonly=True, copy=False, tracking=True)
    reversed_by_id = fields.Many2one(
        "res.partner", "Reversed by", readonly=True, copy=False, ondelete="restrict"
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND amount < 'Infinity')", "Move an amount of more than zero."
    )
    _two_activities = models.Constraint(
        "CHECK (source_id <> destination_id)", "Choose two different Activities."
    )
    _posted_with_entry = models.Constraint(
        "CHECK (state <> 'posted' OR move_id IS NOT NULL)", "A posted transfer has its entry."
    )
    _reversed_with_reason = models.Constraint(
        """CHECK (
            reversal_move_id IS NULL
            OR (state = 'cancelled' AND move_id IS NOT NULL AND COALESCE(reversal_reason, '') <> '')
        )""",
        "What is reversed was posted, and has a reason.",
    )

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("name", "source_id.name", "destination_id.name")
    def _compute_display_name(self):
        for transfer in self:
            # Each side knows the name of the other, whose Activity it may not read.
            sides = transfer.sudo()
            names = (sides.source_id.name, sides.destination_id.name)
            both = " → ".join(name for name in names if name)
            transfer.display_name = f"{transfer.name or ''} {both}".strip()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_typed_amount(vals)
            self._check_two_activities(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_typed_amount(vals)
        for transfer in self:
            transfer._check_two_activities(vals)
        return super().write(vals)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_spent_amount(self):
        return self.amount

    def _decided_fields(self):
        return super()._decided_fields() | {"reversal_reason", "reversed_by_id"}

    def _spending_fields(self):
        return super()._spending_fields() | {"destination_id", "amount", "reason", "date"}

    @api.model
    def _check_typed_amount(self, vals):
        """Refuse an amount before the field rounds it.

        :raise ValidationError: not a number, not positive, beyond all reason, or parts of a cent
        """
        if "amount" not in vals:
            return
        source = self.env["coop.activity"].browse(vals.get("source_id"))
        # How many decimals a currency has, is no secret.
        currency = source.sudo().currency_id or self.currency_id[:1] or self.env.company.currency_id
        if not is_whole(vals["amount"], currency.rounding, LARGEST_AMOUNT):
            raise ValidationError(
                self.env._(
                    "%(amount)s cannot be moved: enter an amount of more than zero with at most "
                    "%(decimals)s decimals, for example 125.50.",
                    amount=vals["amount"],
                    decimals=currency.decimal_places,
                )
            )

    def _check_two_activities(self, vals):
        """Refuse a transfer to itself in words, before the database does.

        :raise ValidationError: naming the Activity
        """
        source_id = vals.get("source_id", self.source_id.id)
        if source_id and source_id == vals.get("destination_id", self.destination_id.id):
            raise ValidationError(
                self.env._(
                    "%(activity)s cannot move budget to itself: choose two different Activities.",
                    activity=self.env["coop.activity"].browse(source_id).display_name,
                )
            )
