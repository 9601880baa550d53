from odoo import api, fields, models
from odoo.exceptions import UserError

from ..books import written_by_books
from .account_analytic_line_closing import LATE


class AccountMove(models.Model):
    """What closed an Activity stays, and what comes after it is the cooperative's.

    The closing is reopened, not its entry undone. What the balance was counted from stays too: a
    credit note takes it back, and the cooperative bears it.
    """

    _inherit = "account.move"

    coop_late_closing_id = fields.Many2one(
        "coop.activity.closing",
        "Settles after the Closing",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Something was booked on the Activity after it was closed, for example a credit note: "
        "by this entry the cooperative gets or bears it.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if any(vals.get("coop_late_closing_id") for vals in vals_list):
            self._check_settles_by_itself()
        return super().create(vals_list)

    def write(self, vals):
        if "coop_late_closing_id" in vals:
            self._check_settles_by_itself()
        return super().write(vals)

    def _check_settles_by_itself(self):
        if not written_by_books(self):
            raise UserError(
                self.env._("What comes after a closing is settled by itself, never by hand.")
            )

    def _post(self, soft=True):
        posted = super()._post(soft)
        late = self.env.cr.precommit.data.pop(LATE, None)
        if late:
            # Whoever books something has it settled.
            self.env["coop.activity.closing"].sudo()._settle_late(late)
        return posted

    def button_draft(self):
        self._check_no_closing()
        self._check_not_counted()
        return super().button_draft()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        if not written_by_books(self):
            self._check_no_closing()
        return super()._reverse_moves(default_values_list, cancel)

    def _check_no_closing(self):
        """Refuse to touch the entries of closings.

        :raise UserError: naming the entry and its closing
        """
        entries = self.filtered(lambda move: move.move_type == "entry")
        if not entries:
            return
        # The rule holds even for who cannot see the closing.
        entries = entries.sudo()
        closing = entries.coop_late_closing_id[:1] or self.env[
            "coop.activity.closing"
        ].sudo().search(
            ["|", ("move_id", "in", entries.ids), ("reversal_move_id", "in", entries.ids)], limit=1
        )
        if closing:
            raise UserError(
                self.env._(
                    "%(entry)s is an entry of the closing %(closing)s and stays as it is. Reopen "
                    "the Activity instead.",
                    entry=(closing._get_entries() & entries)[:1].display_name,
                    closing=closing.display_name,
                )
            )

    def _check_not_counted(self):
        """Refuse to take back what the balance of a closed Activity was counted from.

        :raise UserError: naming the document, the Activity and its closing
        """
        for move in self.filtered(lambda move: move.state == "posted"):
            activities = move.line_ids._by_activity_account().values()
            closings = self.env["coop.activity"].union(*activities).sudo().closing_ids
            for closing in closings.filtered(lambda closing: closing.state == "closed"):
                raise UserError(
                    self.env._(
                        "%(entry)s is part of what %(closing)s settled when %(activity)s was "
                        "closed. Reverse it instead, for example with a credit note: the "
                        "cooperative bears it. Or open the Activity again first.",
                        entry=move.display_name,
                        closing=closing.name,
                        activity=closing.activity_id.display_name,
                    )
                )
