from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..lib.joint import percentages


class CoopInvestment(models.Model):
    """From funded to bought: one bill, one asset, and shares in proportion to the pledges.

    The bill names the investment on its line. Cheaper than pledged, each gets back its part of the
    difference. Dearer within what was agreed, each bears its part of the difference, whether its
    budget has it or not: what is bought is bought. Dearer than that, it is proposed once more.
    """

    _inherit = "coop.investment"

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_buy(self):
        """Open the bill that buys this; a draft with one line, if there is none yet."""
        self.ensure_one()
        self.check_access("read")
        self._check_state("funded")
        Line = self.env["account.move.line"]
        bill = Line.search([("coop_investment_id", "=", self.id)], limit=1).move_id
        if not bill:
            bill = (
                self.env["account.move"].with_company(self.company_id).create(self._prepare_bill())
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": bill.id,
            "view_mode": "form",
        }

    def action_reopen(self):
        """Ask for what the purchase really costs, when it is more than was agreed."""
        self.ensure_one()
        self.check_access("write")
        self._check_state("funded")
        return {
            "name": self.env._("Propose Once More"),
            "type": "ir.actions.act_window",
            "res_model": "coop.investment.reopen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_investment_id": self.id},
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _start(self, line, asset, cost):
        """Share what was bought in proportion to the pledges, which end."""
        if self.is_joint:
            self._take_turn()
            self._check_state("funded")
            self._check_price(cost)
            pledges = self._get_held_pledges()
            self._bump_pledged(-sum(pledges.mapped("amount")))
            pledges._end("used")
            self._plan_shares(pledges)
        return super()._start(line, asset, cost)

    def _plan_shares(self, pledges):
        """Say by which amounts the cost is to be shared, in the order of the pledges."""
        for pledge in pledges:
            share = self._get_share(pledge.activity_id) or self.share_ids.create(
                {
                    "investment_id": self.id,
                    "activity_id": pledge.activity_id.id,
                    "share_amount": 0.0,
                }
            )
            share.share_amount = pledge.amount

    def _get_state_without_bill(self):
        return "funded" if self.is_joint else super()._get_state_without_bill()

    def _write_without_bill(self, bill):
        """Let the pledges hold the money again, in place of the shares."""
        super()._write_without_bill(bill)
        if self.is_joint:
            self.share_ids.share_amount = 0.0
            self._write_decision({"purchase_value": 0.0})
            self.share_ids._hold_book_value()
            pledges = self.pledge_ids.filtered(lambda one: one.state == "used")
            pledges._hold_again()
            self._bump_pledged(sum(pledges.mapped("amount")))

    def _reopen(self, price, deadline):
        """Propose it once more at what it really costs; pledges stay, and may change again.

        :raise UserError: it costs no more than was pledged, or the deadline is over
        """
        self._take_turn()
        self._check_state("funded")
        if self.currency_id.compare_amounts(price, self.target) <= 0:
            raise UserError(
                self.env._(
                    "%(investment)s has %(target)s pledged: only a higher price is proposed once "
                    "more.",
                    investment=self.display_name,
                    target=self.currency_id.format(self.target),
                )
            )
        self._write_decision({"state": "pledging", "target": price, "deadline": deadline})
        self._check_complete()
        self._get_held_pledges().reservation_id.write({"date_until": deadline.date()})
        self._mail("reopened", self._get_people())

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_price(self, cost):
        """Refuse a purchase that is dearer than those who pledged agreed to.

        :raise UserError: naming both prices, and the ways out
        """
        highest = self._get_highest_price()
        if self.currency_id.compare_amounts(float(cost), highest) > 0:
            raise UserError(
                self.env._(
                    "%(investment)s costs %(cost)s by this bill; %(highest)s is the most that "
                    "those who pledged agreed to. Propose it once more at this price (on the "
                    "investment), or book what is above it on a line of its own.",
                    investment=self.display_name,
                    cost=self.currency_id.format(float(cost)),
                    highest=self.currency_id.format(highest),
                )
            )

    def _forget_bill(self):
        """Take it off bills that are still drafts: nobody buys it any more."""
        lines = self.env["account.move.line"].search(
            [("coop_investment_id", "=", self.id), ("parent_state", "=", "draft")]
        )
        if lines:
            lines.write({"coop_investment_id": False, "analytic_distribution": False})

    def _prepare_bill(self):
        profile = self.company_id._get_investment_profile()
        return {
            "move_type": "in_invoice",
            "company_id": self.company_id.id,
            "invoice_date": fields.Date.context_today(self),
            "invoice_origin": self.name,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": self.label,
                        "price_unit": self.target,
                        "account_id": profile.account_asset_id.id,
                        "asset_profile_id": profile.id,
                        "coop_investment_id": self.id,
                        "analytic_distribution": self._get_pledge_distribution(),
                    }
                )
            ],
        }

    def _get_pledge_distribution(self):
        """Return the analytic distribution that shows who buys."""
        # Who pledged is in the books once it is bought.
        pledges = self.sudo()._get_held_pledges()
        parts = percentages(pledges.mapped("amount"))
        return {
            str(pledge.activity_id.analytic_account_id.id): float(part)
            for pledge, part in zip(pledges, parts, strict=True)
            if part
        }
