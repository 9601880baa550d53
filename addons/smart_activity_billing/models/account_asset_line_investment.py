from collections import defaultdict

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date

from ..books import as_books
from ..lib.write_off import split_write_off


class AccountAssetLine(models.Model):
    """A depreciation of an investment: one entry, with a line for each share, to the cent."""

    _inherit = "account.asset.line"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        # In a locked period the entry gets a later day; nothing is written off without an entry.
        skipped = lines.filtered(
            lambda line: (
                line.init_entry and line.type == "depreciate" and line.asset_id.coop_investment_ids
            )
        )
        if skipped:
            skipped.init_entry = False
        return lines

    def write(self, vals):
        if vals.get("init_entry"):
            for line in self.filtered(lambda line: line.type == "depreciate"):
                if line.asset_id.coop_investment_ids:
                    raise UserError(
                        self.env._(
                            "%(asset)s is an investment: what it loses in value reaches the "
                            "budget by an entry, so no depreciation is without one.",
                            asset=line.asset_id.display_name,
                        )
                    )
        return super().write(vals)

    # ------------------------------------------------------------------
    # Booking
    # ------------------------------------------------------------------

    def create_move(self):
        """Book depreciations; those of investments in one go."""
        ours = self.filtered("asset_id.coop_investment_ids")
        others = self - ours
        created = super(AccountAssetLine, others).create_move() if others else []
        return created + ours._book_depreciations().ids

    def _book_depreciations(self):
        """Book depreciations of investments, and take each share's part out of its reservation.

        :return: the posted entries
        :raise UserError: an investment is not in use any more
        """
        # Who may book a depreciation books it on the budgets.
        investments = self.asset_id.sudo().coop_investment_ids
        investments._take_turn()
        self.invalidate_recordset(["move_id", "move_check"])
        lines = self.filtered(lambda line: not line.move_id).sorted(
            lambda line: (line.line_date, line.id)
        )
        lines.asset_id.sudo().coop_investment_ids._check_state("active")
        parts = lines._split_over_shares()
        context = {"allow_asset": True, "tracking_disable": True}
        moves = (
            self.env["account.move"]
            .with_context(**context)
            .create([line._prepare_depreciation(parts[line]) for line in lines])
        )
        moves._post(soft=False)
        rows = []
        for line, move in zip(lines, moves, strict=True):
            line.with_context(allow_asset_line_update=True).move_id = move
            rows += [
                {"share": share, "written_off": part, "move": move, "date": move.date}
                for share, part in parts[line].items()
            ]
        investments.share_ids._record("depreciation", rows)
        lines.asset_id._close_written_off()
        return moves

    def _split_over_shares(self):
        """Return ``{line: {share: Decimal}}``; several months of one asset follow each other.

        :raise UserError: naming the asset, of which somebody planned more than is left
        """
        borne = defaultdict(int)
        parts = {}
        for line in self:
            shares = line.asset_id.sudo().coop_investment_ids.share_ids
            costs = [share.share_amount for share in shares]
            so_far = [share._exact(share.written_off) + borne[share] for share in shares]
            try:
                split = split_write_off(line.amount, costs, so_far, line.currency_id.rounding)
            except ValueError:
                raise line._error_not_left() from None
            parts[line] = {share: part for share, part in zip(shares, split, strict=True) if part}
            for share, part in parts[line].items():
                borne[share] += part
        return parts

    def _error_not_left(self):
        return UserError(
            self.env._(
                "The depreciation of %(date)s of “%(asset)s” is %(amount)s, which does not fit "
                "what is left to write off. Compute the depreciation board of the asset anew.",
                date=format_date(self.env, self.line_date),
                asset=self.asset_id.display_name,
                amount=self.currency_id.format(self.amount),
            )
        )

    def _prepare_depreciation(self, parts):
        """Return the values of the entry: one line for each share, and the sum of them."""
        profile = self.asset_id.profile_id
        no_move = self.env["account.move"]
        expense = self._setup_move_line_data(
            self.line_date, profile.account_expense_depreciation_id, "expense", no_move
        )
        counterpart = self._setup_move_line_data(
            self.line_date, profile.account_depreciation_id, "depreciation", no_move
        )
        # Without the supplier: else its next bill would be proposed on the depreciations.
        common = {"name", "account_id", "asset_id"}
        expense = {name: expense[name] for name in common}
        counterpart = {name: counterpart[name] for name in common}
        commands = [Command.create(counterpart | {"balance": -self.amount})]
        for share, part in parts.items():
            commands.append(Command.create(expense | share._prepare_budget_line(part)))
        return {
            **self._setup_move_data(self.line_date),
            "move_type": "entry",
            "company_id": self.company_id.id,
            "line_ids": commands,
        }

    # ------------------------------------------------------------------
    # Taking back
    # ------------------------------------------------------------------

    def unlink_move(self):
        """Delete or reverse depreciations; the budgets get back what they bore."""
        ours = self.filtered("asset_id.coop_investment_ids")
        for line in ours.filtered(lambda line: not line.asset_id.profile_id.allow_reversal):
            line._give_back(line.move_id)
        return super(AccountAssetLine, as_books(self)).unlink_move()

    def _give_back(self, entry, move=None):
        """Record that an entry does not write off any more.

        :param entry: what wrote off
        :param move: what takes it back; none when the entry is deleted
        :raise UserError: the asset has gone meanwhile
        """
        self.ensure_one()
        investment = self.asset_id.sudo().coop_investment_ids
        investment._take_turn()
        investment._check_state("active")
        movements = investment.movement_ids.filtered(
            lambda movement: movement.move_id == entry and movement.kind == "depreciation"
        )
        rows = [
            {
                "share": movement.share_id,
                "written_off": -movement.share_id._exact(movement.written_off),
                "move": move,
                "date": (move or entry).date,
                "note": self.env._("%(entry)s is taken back", entry=entry.name),
            }
            for movement in movements
        ]
        if not move:
            movements.move_id = False
        investment.share_ids._record("depreciation", rows)


class AccountAsset(models.Model):
    _inherit = "account.asset"

    def _close_written_off(self):
        """Nothing is left to write off of these: their boards are done."""
        for asset in self:
            if asset.state == "open" and asset.currency_id.is_zero(asset.value_residual):
                asset.state = "close"
