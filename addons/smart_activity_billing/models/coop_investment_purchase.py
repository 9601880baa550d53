from odoo import models
from odoo.exceptions import UserError

from ..lib.money import allocate
from ..lib.write_off import split_credit


class CoopInvestment(models.Model):
    """From the bill to the asset, and back by a credit note."""

    _inherit = "coop.investment"

    def _start(self, line, asset, cost):
        """Be in use: the bill is posted and the asset made; share the cost, and reserve it.

        Shares agreed on before keep their proportion; else the distribution of the line says who
        shares it.

        :param line: the ``account.move.line`` of the bill
        :param asset: the ``account.asset``
        :param cost: ``Decimal``, untaxed, with taxes that cannot be deducted
        :raise UserError: an Activity that shares it is closed or archived
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("draft", "funded")
        bill = line.move_id
        weights = {share: share.share_amount for share in self.share_ids if share.share_amount}
        if not weights:
            weights = self._make_shares(line._get_share_weights(line._by_activity_account()))
        self._check_can_bear(weights, bill)
        self.share_ids.share_amount = 0.0
        parts = allocate(cost, list(weights.values()), self.currency_id.rounding)
        self._write_decision(
            {
                "state": "active",
                "purchase_value": float(cost),
                "asset_id": asset.id,
                "bill_line_id": line.id,
                "date_start": bill.date,
            }
        )
        self.share_ids._record(
            "purchase",
            [
                {"share": share, "cost": part, "move": bill, "date": bill.date}
                for share, part in zip(weights, parts, strict=True)
            ],
        )

    def _hold_until(self):
        """Tell the reservations until when they hold: the last depreciation."""
        for investment in self:
            planned = investment.asset_id.depreciation_line_ids.filtered(
                lambda line: line.type == "depreciate"
            )
            if planned:
                reservations = investment.share_ids.reservation_id
                reservations.date_until = max(planned.mapped("line_date"))

    def _make_shares(self, weights):
        """Create an empty share for each Activity, and return ``{share: weight}``."""
        # Shares follow the bill, whoever posts it.
        shares = self.env["coop.investment.share"].create(
            [
                {"investment_id": self.id, "activity_id": activity.id, "share_amount": 0.0}
                for activity in weights
            ]
        )
        return dict(zip(shares, weights.values(), strict=True))

    def _check_can_bear(self, shares, bill):
        """Refuse to let a closed Activity bear the months to come: it has nothing left.

        :raise UserError: naming the bill and the Activity
        """
        for share in shares:
            activity = share.activity_id
            if activity.state == "closed" or not activity.active:
                raise UserError(
                    self.env._(
                        "%(activity)s is closed or archived, so %(bill)s buys no investment for "
                        "it. Choose another Activity on the line, or open this one again.",
                        activity=activity.display_name,
                        bill=bill.display_name,
                    )
                )

    def _stop(self):
        """Be no longer in use, because the bill is reset to draft.

        :raise UserError: its shares moved since, or a credit note took a part back
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("active")
        bill = self.bill_id
        # What came and went again leaves the shares as the bill made them.
        later = self.movement_ids.filtered(
            lambda movement: movement.kind not in ("purchase", "depreciation")
        )
        if later or any(self.share_ids.mapped("written_off")):
            raise UserError(
                self.env._(
                    "%(investment)s changed after %(bill)s was posted: credit notes, transfers and "
                    "depreciations stay. Take it back with a credit note instead.",
                    investment=self.display_name,
                    bill=bill.display_name,
                )
            )
        self.bill_line_id.coop_investment_id = self._get_state_without_bill() == "funded" and self
        self._write_without_bill(bill)

    def _write_without_bill(self, bill):
        """Give the reservations back; what was funded by pledges keeps its shares and waits."""
        state = self._get_state_without_bill()
        planned = {share: share.share_amount for share in self.share_ids}
        rows = [
            {"share": share, "cost": -share._exact(amount), "move": bill, "date": bill.date}
            for share, amount in planned.items()
        ]
        self._write_decision(
            {
                "state": state,
                "asset_id": False,
                "bill_line_id": False,
                "date_start": False,
                **({} if state == "funded" else {"purchase_value": 0.0}),
            }
        )
        self.share_ids._record("purchase", rows)
        if state == "funded":
            for share, amount in planned.items():
                share.share_amount = amount
            self.share_ids._hold_book_value()

    def _get_state_without_bill(self):
        """Return the state of an investment of which the bill is reset to draft."""
        return "cancelled"

    def _credit(self, amount, refund):
        """Lower the cost by what a posted credit note takes back.

        First goes what is not written off; beyond that, the budgets get back what they bore.

        :param amount: positive ``Decimal``, untaxed
        :param refund: the ``account.move`` that takes back
        :raise UserError: it is no longer in use, or takes back more than the cost
        """
        self.ensure_one()
        self._take_turn()
        self._check_state("active")
        if not 0 < amount <= self.share_ids[:1]._exact(self.purchase_value):
            raise UserError(
                self.env._(
                    "%(refund)s takes back %(amount)s of %(investment)s, which cost %(cost)s by "
                    "now. Lower the amount, or book the rest on a line of its own.",
                    refund=refund.display_name,
                    amount=self.currency_id.format(float(amount)),
                    investment=self.display_name,
                    cost=self.currency_id.format(self.purchase_value),
                )
            )
        shares = self.share_ids
        split = split_credit(
            amount,
            shares.mapped("share_amount"),
            shares.mapped("written_off"),
            self.currency_id.rounding,
        )
        given_back = {share: back for share, (_cost, back) in zip(shares, split, strict=True)}
        entry = self._give_back_depreciation(given_back, refund)
        self._write_decision(
            {"purchase_value": self.currency_id.round(self.purchase_value - float(amount))}
        )
        rows = [
            {"share": share, "cost": -cost, "move": refund, "date": refund.date}
            for share, (cost, _back) in zip(shares, split, strict=True)
            if cost
        ]
        rows += [
            {"share": share, "written_off": -back, "move": entry, "date": entry.date}
            for share, back in given_back.items()
            if back
        ]
        shares._record("credit", rows)
        self.asset_id._lower_value(amount, refund.date)
        if not self.purchase_value:
            self._write_decision({"state": "closed", "end_kind": "credit", "date_end": refund.date})

    def _give_back_depreciation(self, parts, refund):
        """Book what the budgets get back of what they bore, and show it in the asset's board.

        :param parts: ``{share: Decimal}``
        :return: the posted entry, or none where nothing comes back
        """
        total = sum(parts.values())
        if not total:
            return self.env["account.move"]
        asset, profile = self.asset_id, self.asset_id.profile_id
        name = self.env._("%(asset)s: taken back", asset=asset.name)
        lines = [
            {"account_id": profile.account_depreciation_id.id, "balance": float(total)},
            *(
                share._prepare_budget_line(-part)
                | {"account_id": profile.account_expense_depreciation_id.id}
                for share, part in parts.items()
                if part
            ),
        ]
        entry = self._book_entry(refund.date, name, lines)
        self.env["account.asset.line"].create(
            {
                "asset_id": asset.id,
                "name": refund.name[:64],
                "amount": -float(total),
                "line_date": refund.date,
                "type": "depreciate",
                "move_id": entry.id,
            }
        )
        return entry
