from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..books import written_by_books

# What decides on the contribution of a posted document, beside its lines.
DECIDING_FIELDS = ("move_type", "invoice_date", "reversed_entry_id")


class AccountMove(models.Model):
    """An entry with Activities is posted and taken back by its actions only.

    These book and remove contributions and analytic lines. Written directly, the state would
    leave an invoice without contribution, or a budget without invoice.
    """

    _inherit = "account.move"

    @api.constrains("reversed_entry_id")
    def _check_reversal_chain(self):
        if self._has_cycle("reversed_entry_id"):
            raise ValidationError(
                self.env._(
                    "%(entry)s cannot reverse a document that reverses it.",
                    entry=self[:1].display_name,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_numbers_of_lines(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_numbers_of_lines(vals)
        if not written_by_books(self):
            for move in self:
                changed = move._get_locked_changes(vals)
                if changed and move.line_ids._by_activity_account():
                    raise move._error_locked_change(changed)
        return super().write(vals)

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._check_balances()
        return posted

    def onchange(self, values, field_names, fields_spec):
        self._check_numbers_of_lines(values)
        return super().onchange(values, field_names, fields_spec)

    def _check_numbers_of_lines(self, vals):
        """Refuse impossible numbers before the lines are computed."""
        for name in ("invoice_line_ids", "line_ids"):
            for command in vals.get(name) or ():
                if len(command) == 3 and isinstance(command[2], dict):
                    self.env["account.move.line"]._check_numbers(command[2])

    def _check_balances(self):
        """Refuse to post what would give an Activity money that nobody has.

        The accounting checks it too, unless the context of a remote call tells it not to.

        :raise UserError: naming the entry
        """
        for move in self:
            total = sum(move.line_ids.mapped("balance"))
            if not move.company_currency_id.is_zero(total) and move.line_ids._by_activity_account():
                raise UserError(
                    self.env._(
                        "%(entry)s does not balance: debit and credit differ by %(amount)s. "
                        "Correct its lines, then post it.",
                        entry=move.display_name,
                        amount=move.company_currency_id.format(abs(total)),
                    )
                )

    def _get_locked_changes(self, vals):
        """Return the names of the fields in ``vals`` that may not change in this way."""
        if "state" in vals and vals["state"] != self.state:
            return ["state"]
        if self.state != "posted":
            return []
        return [name for name in DECIDING_FIELDS if self._field_will_change(self, vals, name)]

    def _error_locked_change(self, names):
        return UserError(
            self.env._(
                "%(entry)s is for an Activity: %(fields)s cannot be changed directly. Use the "
                "buttons to post it, to reset it to draft or to reverse it.",
                entry=self.display_name,
                fields=", ".join(
                    self._fields[name]._description_string(self.env) for name in names
                ),
            )
        )
