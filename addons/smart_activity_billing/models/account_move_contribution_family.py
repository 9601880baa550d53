from odoo import api, models
from odoo.tools import SQL

from ..lib.contribution import ContributionFamily


class AccountMove(models.Model):
    """An invoice and all that reverses it contribute together, so that refunds net to nothing."""

    _inherit = "account.move"

    def _get_contribution_families(self, lock=False):
        """Return ``{document: ContributionFamily}``, what its family has contributed so far.

        :param bool lock: hold the invoices at the root of families with several members, so
            that two credit notes posted at once cannot both forget the other
        """
        roots = {move: move for move in self}
        climbing = self.filtered("reversed_entry_id")
        while climbing:
            for move in climbing:
                roots[move] = roots[move].reversed_entry_id
            climbing = climbing.filtered(lambda move: roots[move].reversed_entry_id)
        root_of = {root: root for root in roots.values()}
        level = self.browse(root.id for root in root_of)
        while level := level.reversal_move_ids:
            root_of.update({move: root_of[move.reversed_entry_id] for move in level})
        if lock:
            self._bump([root for move, root in root_of.items() if move != root])
        families = self._read_contribution_families(root_of)
        return {move: families[root] for move, root in roots.items()}

    @api.model
    def _bump(self, moves):
        """Update rows without changing them, so that a concurrent posting is replayed."""
        if moves:
            self.env.cr.execute(
                SQL(
                    "UPDATE account_move SET id = id WHERE id = ANY(%s)",
                    sorted({move.id for move in moves}),
                ),
                log_exceptions=False,
            )

    @api.model
    def _read_contribution_families(self, root_of):
        """Return ``{root: ContributionFamily}`` from the posted lines of all members."""
        families = {
            root: ContributionFamily(root.company_id.currency_id.rounding)
            for root in root_of.values()
        }
        posted = [move._origin.id for move in root_of if move.posted_before]
        if not posted:
            return families
        # Who posts a credit note books against the invoice, whoever posted that.
        lines = (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("move_id", "in", posted),
                    ("display_type", "=", "contribution"),
                    ("activity_id", "!=", False),
                    ("parent_state", "=", "posted"),
                ],
                order="move_id, id",
            )
        )
        by_id = {move._origin.id: root for move, root in root_of.items()}
        for line in lines:
            root = by_id[line.move_id.id]
            families[root].remember(
                line.activity_id,
                line.contribution_base,
                line.contribution_rate_id,
                line.balance,
                is_root=line.move_id.id == root._origin.id,
            )
        return families
