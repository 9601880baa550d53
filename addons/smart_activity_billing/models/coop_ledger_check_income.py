from odoo import fields, models

from .coop_ledger_check import NAMED

# No invoice took the contribution, and nobody looked at it yet.
WAITING = [("without_contribution", "=", True), ("income_review_id", "=", False)]


class CoopLedgerCheck(models.Model):
    """The night tells of income without a contribution: it may be right, so nothing has failed."""

    _inherit = "coop.ledger.check"

    income_move_ids = fields.Many2many(
        "account.move",
        "coop_ledger_check_income_move",
        "check_id",
        "move_id",
        "New Income without Contribution",
        readonly=True,
        help="Entries that were posted since the check of the night before.",
    )

    def _tell_accountants(self):
        super()._tell_accountants()
        for check in self:
            moves = check._find_new_income()
            if moves:
                check.income_move_ids = moves
                check._put_on_lists(
                    "mail.mail_activity_data_todo",
                    self.env._("Entries with income to review: %(count)s", count=len(moves)),
                    check._list_names(moves[:NAMED].mapped("display_name"), len(moves)),
                )

    def _find_new_income(self):
        """Return the entries to review that no check told of since they were posted."""
        waiting = self.env["coop.activity.analysis"]._read_group(
            [("company_id", "=", self.company_id.id), *WAITING], ["move_id"], ["booked_at:max"]
        )
        ids = [move.id for move, _booked_at in waiting]
        told = dict(
            self._read_group(
                [("income_move_ids", "in", ids)], ["income_move_ids"], ["create_date:max"]
            )
        )
        return self.env["account.move"].union(
            *(move for move, booked_at in waiting if move not in told or told[move] < booked_at)
        )
