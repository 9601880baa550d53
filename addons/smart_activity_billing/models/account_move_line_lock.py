from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..books import written_by_books

# Only the posting of an invoice writes these, through no screen, import or remote call.
BOOKED_FIELDS = ("activity_id", "contribution_base", "contribution_rate", "contribution_rate_id")
BOOKED_DEFAULTS = {f"default_{name}" for name in BOOKED_FIELDS}
FIXED_NUMBERS = ("balance", "price_unit", "quantity", "discount")
NUMBERS = (*FIXED_NUMBERS, "amount_currency", "debit", "credit")
# A contribution goes from the Activity to the shared services, and nowhere else.
FIXED_OF_CONTRIBUTIONS = {"account_id", "analytic_distribution", "currency_id"}
# Entries of the bank may change: what was booked with a statement goes with it.
LIQUIDITY = ("bank", "cash", "credit")
# Beyond this, cents are lost and no such amount is meant.
LARGEST_NUMBER = 1e13


def is_possible(value):
    """Tell whether the value of a number's field is finite and within reason."""
    try:
        # "Not a number" is not smaller than anything.
        return abs(float(value)) < LARGEST_NUMBER
    except (OverflowError, TypeError, ValueError):
        return False


def check_numbers(lines, vals, names):
    """Refuse what is not a number before any amount is computed from it.

    :param lines: those that are written, or none yet
    :param names: the fields of ``vals`` that are numbers
    :raise ValidationError: not a number, infinite or beyond all reason
    """
    for name in names:
        if vals.get(name) and not is_possible(vals[name]):
            raise ValidationError(
                lines.env._(
                    "%(field)s of the line “%(line)s” is not a possible number: correct it.",
                    field=lines._fields[name]._description_string(lines.env),
                    line=vals.get("name") or lines[:1].name or "",
                )
            )


class AccountMoveLine(models.Model):
    """What is booked stays as it is booked: contributions, and amounts of Activities."""

    _inherit = "account.move.line"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """No default in a context (of a button, of a call) decides on a contribution."""
        if not BOOKED_DEFAULTS.isdisjoint(self.env.context):
            fields = [name for name in fields if name not in BOOKED_FIELDS]
        return super().default_get(fields)

    @api.model_create_multi
    def create(self, vals_list):
        if not written_by_books(self):
            for vals in vals_list:
                self._check_not_booked_by_hand(vals)
        lines = super().create(vals_list)
        if not written_by_books(self):
            if any(line.display_type == "contribution" for line in lines):
                raise self._error_by_hand()
            lines._check_nothing_added()
        return lines

    def write(self, vals):
        if written_by_books(self):
            return super().write(vals)
        self._check_not_booked_by_hand(vals)
        if "display_type" in vals and any(line.display_type == "contribution" for line in self):
            raise self._error_by_hand()
        self._check_place(vals)
        if not any(name in vals for name in NUMBERS):
            return super().write(vals)
        locked = self._get_lines_with_fixed_amount()
        before = {line: [line[name] for name in FIXED_NUMBERS] for line in locked}
        result = super().write(vals)
        for line in locked:
            if [line[name] for name in FIXED_NUMBERS] != before[line]:
                raise self._error_posted(line)
        return result

    def unlink(self):
        if not written_by_books(self):
            self._check_nothing_added()
        return super().unlink()

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _compute_analytic_distribution(self):
        """On a posted line no model of distribution moves money to another Activity."""
        kept = self._get_lines_with_fixed_amount()
        return super(AccountMoveLine, self - kept)._compute_analytic_distribution()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _sanitize_vals(self, vals):
        self._check_numbers(vals)
        return super()._sanitize_vals(vals)

    def _check_numbers(self, vals):
        check_numbers(self, vals, NUMBERS)

    def _check_not_booked_by_hand(self, vals):
        if vals.get("display_type") == "contribution" or any(
            name in vals and (self or vals[name]) for name in BOOKED_FIELDS
        ):
            raise self._error_by_hand()

    def _get_lines_with_fixed_amount(self):
        """Return the posted lines that are contributions or name an Activity."""
        posted = self.filtered(lambda line: line.parent_state == "posted")
        activities = posted._by_activity_account() if posted else {}
        return posted.filtered(
            lambda line: line.display_type == "contribution" or line._get_activity_keys(activities)
        )

    def _check_nothing_added(self):
        """Refuse to add to a posted entry of an Activity or to take from it."""
        for line in self._get_lines_with_fixed_amount():
            if line.journal_id.type not in LIQUIDITY:
                raise self._error_posted(line)

    def _check_place(self, vals):
        """Refuse to move what is booked to another entry, or a contribution to other accounts."""
        if vals.keys().isdisjoint(FIXED_OF_CONTRIBUTIONS | {"move_id"}):
            return
        for line in self._get_lines_with_fixed_amount():
            names = {"move_id"}
            if line.display_type == "contribution":
                names |= FIXED_OF_CONTRIBUTIONS
            if any(line.move_id._field_will_change(line, vals, name) for name in names & set(vals)):
                raise self._error_posted(line)

    def _error_by_hand(self):
        return UserError(
            self.env._(
                "Contributions are booked by posting an invoice, with the rate of its date; they "
                "are not entered by hand."
            )
        )

    def _error_posted(self, line):
        return UserError(
            self.env._(
                "%(entry)s is posted: the amounts of its Activities cannot change any more. Reset "
                "it to draft, or reverse it.",
                entry=line.move_id.display_name,
            )
        )
