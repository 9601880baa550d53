from datetime import timedelta
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_date
from odoo.tools.misc import clean_context

from ..books import as_books
from ..lib.money import allocate

SOLD = ("sale", "exit")


class CoopInvestment(models.Model):
    """How an investment ends: sold, discarded, lost, or taken over by who leaves."""

    _inherit = "coop.investment"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_dispose(self):
        """Ask how the investment ends."""
        return self._open_wizard("coop.investment.end", self.env._("End of Use"))

    def action_transfer(self):
        """Ask which Activity takes over a share."""
        return self._open_wizard("coop.investment.transfer", self.env._("Transfer a Share"))

    def _open_wizard(self, model, title):
        self.ensure_one()
        self.check_access("write")
        self._check_state("active")
        return {
            "name": title,
            "type": "ir.actions.act_window",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_investment_id": self.id},
        }

    # ------------------------------------------------------------------
    # End of use
    # ------------------------------------------------------------------

    def _dispose(self, kind, date, proceeds=0.0, account=None, note=None):
        """End the use: write off what is left, and share what it was sold for.

        Each Activity bears what it had not written off yet, less its part of the proceeds; its
        reservation ends. So what it has available grows by its part of the proceeds.

        :param kind: a key of ``end_kind``
        :param date: the last day of use
        :param proceeds: what it was sold for, without taxes
        :param account: the ``account.account`` on which the sale was booked, without Activity
        :param note: why, for the trail
        :return: the posted entry, or none where there is nothing to book
        :raise UserError: a date in the future or before the last depreciation, or an account of
            the profile is missing
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("active")
        self._check_end(date, proceeds, account)
        asset = as_books(self.asset_id)
        if asset.state == "draft":
            asset.compute_depreciation_board()
            asset.validate()
        # The month of the last day is written off in part, by the removal.
        asset._get_due_lines(date - timedelta(days=1)).create_move()
        entry = self._remove_asset(asset, self._get_removal_date(date), proceeds, account)
        shares = self.share_ids
        sold = self._split_proceeds(proceeds)
        self._write_decision(
            {
                "state": "closed",
                "end_kind": kind,
                "date_end": date,
                "proceeds": proceeds,
            }
        )
        shares._record(
            "disposal",
            [
                {
                    "share": share,
                    "written_off": share._exact(share.book_value),
                    "proceeds": sold[share],
                    "move": entry,
                    "date": date,
                    "note": note,
                }
                for share in shares
            ],
        )
        return entry

    def _get_removal_date(self, date):
        """Return the day from which on nothing is written off: after the last depreciation.

        :raise UserError: depreciations are booked beyond the last day of use
        """
        booked = self.asset_id.depreciation_line_ids.filtered(
            lambda line: line.type == "depreciate" and line.move_check
        )
        last = max(booked.mapped("line_date"), default=None)
        if last and last > date:
            raise UserError(
                self.env._(
                    "%(investment)s is written off up to %(last)s: choose that day or a later one, "
                    "or delete depreciations in the board of its asset first.",
                    investment=self.display_name,
                    last=format_date(self.env, last),
                )
            )
        return date + timedelta(days=1) if last == date else date

    def _check_end(self, date, proceeds, account):
        if date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "%(investment)s cannot end in the future: choose today or an earlier day.",
                    investment=self.display_name,
                )
            )
        if proceeds < 0 or (proceeds and not account):
            raise UserError(
                self.env._(
                    "Enter what %(investment)s was sold for, without taxes, and the account on "
                    "which the sale is booked.",
                    investment=self.display_name,
                )
            )

    def _remove_asset(self, asset, date, proceeds, account):
        """Let the OCA addon remove the asset; post its entry, of which the shares get their part.

        :return: the posted entry
        """
        profile = asset.profile_id
        context = {"active_id": asset.id, "active_ids": asset.ids}
        if asset._get_left_to_write_off():
            context["early_removal"] = True
        # Only who may end investments gets here; the entry is booked by the system.
        remover = (
            self.env["account.asset.remove"]
            .with_context(**clean_context(self.env.context), **context)
            .create(
                {
                    "date_remove": date,
                    "company_id": self.company_id.id,
                    "sale_value": proceeds,
                    "account_sale_id": account.id if account else False,
                    "account_plus_value_id": profile.account_plus_value_id.id,
                    "account_min_value_id": profile.account_min_value_id.id,
                    "posting_regime": "gain_loss_on_sale",
                }
            )
        )
        remover.remove()
        removal = asset.depreciation_line_ids.filtered(lambda line: line.type == "remove")
        removal.move_id._post(soft=False)
        return removal.move_id

    def _split_proceeds(self, proceeds):
        """Return ``{share: Decimal}``: to each its part of the cost, cents by largest remainder."""
        shares = self.share_ids
        weights = shares.mapped("share_amount")
        if not proceeds or not any(weights):
            return dict.fromkeys(shares, Decimal(0))
        parts = allocate(proceeds, weights, self.currency_id.rounding)
        return dict(zip(shares, parts, strict=True))

    def _prepare_removal_lines(self, proceeds, sale_account, plus_account, min_account):
        """Return commands for the entry that takes the asset out of the books.

        The value that is left, less the proceeds, is the loss (or the gain) of each share.
        """
        profile = self.asset_id.profile_id
        written_off = sum(share._exact(share.written_off) for share in self.share_ids)
        cost = sum(share._exact(share.share_amount) for share in self.share_ids)
        sold = self._split_proceeds(proceeds)
        losses = {share: share._exact(share.book_value) - sold[share] for share in self.share_ids}
        gain = sum(losses.values()) < 0
        account = plus_account if gain else min_account
        if any(losses.values()) and not account:
            raise UserError(
                self.env._(
                    "The asset profile %(profile)s has no account for the gain or the loss of what "
                    "is sold or lost: add both to it.",
                    profile=profile.name,
                )
            )
        lines = [
            {"account_id": profile.account_depreciation_id.id, "balance": float(written_off)},
            {"account_id": profile.account_asset_id.id, "balance": -float(cost)},
            {"account_id": sale_account.id, "balance": float(sum(sold.values()))},
            *(
                share._prepare_budget_line(loss) | {"account_id": account.id}
                for share, loss in losses.items()
            ),
        ]
        common = {"name": self.asset_id.name, "asset_id": self.asset_id.id}
        return [Command.create(common | line) for line in lines if line["balance"]]

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _book_entry(self, date, name, lines):
        """Post one entry in the journal of the profile.

        :param lines: list of values of journal items
        """
        asset = self.asset_id
        common = {"name": asset.name, "asset_id": asset.id}
        # The context of who presses the button decides on nothing in the books.
        context = clean_context(self.env.context) | {"allow_asset": True}
        entry = (
            self.env["account.move"]
            .with_context(**context)
            .create(
                {
                    "move_type": "entry",
                    "company_id": self.company_id.id,
                    "journal_id": asset.profile_id.journal_id.id,
                    "date": date,
                    "ref": name,
                    "line_ids": [Command.create(common | line) for line in lines],
                }
            )
        )
        entry._post(soft=False)
        return entry
