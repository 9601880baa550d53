from collections import defaultdict
from decimal import Decimal

from odoo import api, models

from ..lib.money import exact


class CoopInvestmentShare(models.Model):
    """How the value of a share changes: by movements, and its reservation with it."""

    _inherit = "coop.investment.share"

    def _exact(self, amount):
        """Return an amount of this share as an exact number of cents."""
        return exact(amount, self.currency_id.rounding)

    def _prepare_budget_line(self, amount):
        """Return the values of a journal item that takes ``amount`` from the share's budget."""
        return {
            "balance": float(amount),
            "analytic_distribution": {str(self.activity_id.sudo().analytic_account_id.id): 100.0},
        }

    @api.model
    def _record(self, kind, rows):
        """Change the value of shares, and hold in their budgets what is not written off yet.

        The only way in which a share changes. The investments were bumped by the caller.

        :param kind: a key of ``coop.investment.movement.kind``
        :param rows: list of ``{share, cost, written_off, proceeds, move, date, note}``, the
            amounts as ``Decimal`` changes
        """
        changes = defaultdict(lambda: [Decimal(0), Decimal(0)])
        vals_list = []
        for row in rows:
            share, move = row["share"], row.get("move")
            cost, written_off = row.get("cost", Decimal(0)), row.get("written_off", Decimal(0))
            changes[share][0] += cost
            changes[share][1] += written_off
            vals_list.append(
                {
                    "share_id": share.id,
                    "kind": kind,
                    "date": row["date"],
                    "cost": float(cost),
                    "written_off": float(written_off),
                    "proceeds": float(row.get("proceeds", 0)),
                    "move_id": move.id if move else False,
                    "note": row.get("note"),
                }
            )
        # Rights were checked where the value changed; this is the trail of it.
        self.env["coop.investment.movement"].sudo().create(vals_list)
        shares = self.browse(share.id for share in changes).sudo()
        for share in shares:
            cost, written_off = changes[share]
            share.write(
                {
                    "share_amount": float(share._exact(share.share_amount) + cost),
                    "written_off": float(share._exact(share.written_off) + written_off),
                }
            )
        shares._hold_book_value()

    def _hold_book_value(self):
        """Reserve exactly what is not written off yet, whether the budgets have it or not.

        What was bought is bought: bookkeeping is never blocked by a lack of budget, the Activity
        shows negative. Activities are bumped in the order of their ids, so that two batches never
        wait for each other.
        """
        by_activity = self.grouped("activity_id")
        missing = self.browse()
        for activity in self.activity_id.sorted("id"):
            activity._bump_reserved(0)
            shares = by_activity[activity]
            shares.reservation_id.invalidate_recordset(["remaining", "state"])
            change = sum(
                share._exact(share.book_value) - share._exact(share.reservation_id.remaining)
                for share in shares
            )
            if change > 0:
                activity._log_held_investment(float(change))
            if change:
                activity._bump_reserved(float(change))
            for share in shares:
                if share.reservation_id:
                    share.reservation_id._hold_exactly(share.book_value)
                elif share.book_value:
                    missing |= share
        missing._create_reservations()

    def _create_reservations(self):
        """Create the reservations of amounts that the Activities already hold."""
        reservations = self.env["coop.budget.reservation"].create(
            [
                {
                    "activity_id": share.activity_id.id,
                    "kind": "investment",
                    "amount": share.book_value,
                    "remaining": share.book_value,
                    "res_model": share.investment_id._name,
                    "res_id": share.investment_id.id,
                }
                for share in self
            ]
        )
        for share, reservation in zip(self, reservations, strict=True):
            share.reservation_id = reservation
