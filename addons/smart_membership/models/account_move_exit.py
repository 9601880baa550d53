from odoo import api, fields, models
from odoo.exceptions import UserError

from ..capital import written_as_capital
from .account_move import FIXED_FIELDS


class AccountMove(models.Model):
    """Entries of exits stand as long as the exit does, and their payment pays it."""

    _inherit = "account.move"

    share_exit_id = fields.Many2one(
        "coop.share.exit",
        "Exit of a Member",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not written_as_capital(self):
            for vals in vals_list:
                # Given explicitly, so that nobody books an exit by hand.
                vals["share_exit_id"] = False
        return super().create(vals_list)

    def write(self, vals):
        if not written_as_capital(self) and (FIXED_FIELDS | {"share_exit_id"}) & vals.keys():
            for move in self:
                if (move.share_exit_id or vals.get("share_exit_id")) and any(
                    self._field_will_change(move, vals, name)
                    for name in (FIXED_FIELDS | {"share_exit_id"}) & vals.keys()
                ):
                    raise self._error_exit(move)
        return super().write(vals)

    def _settle_shares(self):
        super()._settle_shares()
        # As for subscriptions: payments are made known by people and banks.
        self.sudo().share_exit_id._follow_payment()

    def _check_no_capital(self):
        super()._check_no_capital()
        if not written_as_capital(self):
            for move in self.filtered("share_exit_id"):
                raise self._error_exit(move)

    def _error_exit(self, move):
        return UserError(
            self.env._(
                "%(document)s books the exit of a member: the register holds the same. It cannot "
                "be changed; correct it with another entry.",
                document=move.display_name or self.env._("This document"),
            )
        )
