from datetime import timedelta

from hypothesis.stateful import initialize, precondition, rule

from odoo import Command, fields

from .machine_common import BREAKS, CENTS, PLACE

# What may come: most pledges stay, most shares are taken over.
PLEDGING = ["pledge"] * 5 + ["withdraw_pledge", "lapse", "give_up"]
BUYING = ["buy_together"] * 4 + ["propose_once_more"]
OWNING = ["rent_out", "ask_buyout"]
ANSWERS = ["accept_buyout"] * 3 + ["refuse_buyout", "withdraw_buyout"]
# What is paid for each euro that was pledged: up to a twentieth more is agreed to.
PRICES = [1, 1, 0.9, 1.05]
TOO_DEAR = 1.2


class JointRules:
    """What Activities buy together: proposed, pledged for, bought, rented out, and left again.

    Its bill is taken back and its cost written off by the rules of all bills and investments.
    """

    several = {
        "buy_together": ["propose", *PLEDGING, *BUYING],
        "own_together": [*OWNING, *ANSWERS],
    }

    @initialize(cents=CENTS)
    def bought_together_before(self, cents):
        """One is in use from the start: else few runs would come as far as leaving it."""
        investment = self._propose(self.case.workshop, cents / 100)
        for activity, part in zip(self.activities, (3, 2, 1), strict=True):
            amount = max(round(investment.missing_amount / part, 2), 0.01)
            own = investment.with_user(self._manager(activity))
            if investment.state == "pledging":
                own.action_pledge(activity.id, amount)
        self._buy_for(investment, cents / 100)

    @rule(turn=PLACE, place=PLACE, cents=CENTS, breaks=BREAKS)
    def buy_together(self, turn, place, cents, breaks):
        """Go a step with a proposal, or make another one."""
        waiting = self._joint("pledging", "funded")
        activity = self._pick(self.activities, place)
        if not waiting or (turn % 4 == 0 and len(waiting) < 3):
            self._do("propose", breaks, lambda: self._propose(activity, cents / 100))
            return
        investment = self._pick(waiting, place // 3)
        if investment.state == "pledging":
            self._go_on_pledging(investment, activity, turn, breaks)
        else:
            self._go_on_buying(investment, place, turn, breaks)

    @precondition(lambda self: self._joint("active"))
    @rule(turn=PLACE, place=PLACE, cents=CENTS, breaks=BREAKS)
    def own_together(self, turn, place, cents, breaks):
        """Rent out what was bought, or leave it."""
        asked = self._asked()
        step = self._choose("own_together", turn, None if asked else OWNING)
        if step in ANSWERS:
            self._answer_buyout(self._pick(asked, place), step, breaks)
            return
        investment = self._pick(self._joint("active"), place)
        if step == "ask_buyout":
            self._ask_buyout(investment, place // 3, [0, 1, 3.5][cents % 3], breaks)
        else:
            # Shared by the shares of the day of the invoice, perhaps before a buy-out.
            date = {} if cents % 2 else {"invoice_date": fields.Date.today()}
            values = {"rented_investment_id": investment.id, **date}
            line = self.case._line(cents / 100)
            self._do(step, breaks, lambda: self.case._invoice(line, **values))

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _go_on_pledging(self, investment, activity, turn, breaks):
        """Pledge all that is missing or a part of it, in place of the pledge before; or end it."""
        step = self._choose("buy_together", turn, PLEDGING)
        amount = max(round(investment.missing_amount / (turn % 3 + 1), 2), 0.01)
        own = investment.with_user(self._manager(activity))

        def lapse():
            # As the nightly job does.
            due = investment.sudo()
            due._write_decision({"deadline": fields.Datetime.now() - timedelta(minutes=1)})
            due._settle_deadline()

        steps = {
            "pledge": lambda: own.action_pledge(activity.id, amount),
            "withdraw_pledge": lambda: own.action_withdraw_pledge(activity.id),
            "lapse": lapse,
            "give_up": lambda: investment.action_cancel_proposal("Too dear"),
        }
        self._do(step, breaks, steps[step], activity if step == "pledge" else None)

    def _go_on_buying(self, investment, place, turn, breaks):
        """Bought at another price than was pledged, each bears or gets back its part."""
        step = self._choose("buy_together", turn, BUYING)
        price = self._pick(PRICES, place) if step == "buy_together" else TOO_DEAR
        amount = round(investment.target * price, 2)

        def propose_once_more():
            deadline = fields.Datetime.now() + timedelta(days=1)
            self.env["coop.investment.reopen"].create(
                {"investment_id": investment.id, "target": amount, "deadline": deadline}
            ).action_apply()

        steps = {
            "buy_together": lambda: self._buy_for(investment, amount),
            "propose_once_more": propose_once_more,
        }
        self._do(step, breaks, steps[step])

    def _ask_buyout(self, investment, place, weight, breaks):
        """One who shares it asks one or both of the others."""
        shares = investment.share_ids.filtered("share_amount")
        seller = self._pick(shares, place // 2).activity_id
        first, second = self.activities - seller
        weights = {first: 1, second: weight} if place % 2 else {second: 1, first: weight}
        lines = [
            Command.create({"activity_id": activity.id, "weight": part})
            for activity, part in weights.items()
            if part
        ]
        values = {"investment_id": investment.id, "seller_id": seller.id, "line_ids": lines}

        def ask():
            buyout = self.env["coop.investment.buyout"].create(values)
            buyout.with_user(self._manager(seller)).action_submit()

        self._do("ask_buyout", breaks, ask)

    def _answer_buyout(self, line, step, breaks):
        seller, buyer = line.buyout_id.seller_id, line.activity_id
        own = line.with_user(self._manager(buyer))
        leaving = line.buyout_id.with_user(self._manager(seller))
        steps = {
            "accept_buyout": own.action_accept,
            "refuse_buyout": lambda: own.action_refuse("Too dear"),
            "withdraw_buyout": leaving.action_withdraw,
        }
        self._do(step, breaks, steps[step], buyer if step == "accept_buyout" else None)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _propose(self, activity, target):
        investment = self.env["coop.investment"].create(
            {
                "is_joint": True,
                "label": "Laser cutter",
                "proposing_activity_id": activity.id,
                "target": target,
                "deadline": fields.Datetime.now() + timedelta(days=1),
            }
        )
        investment.with_user(self._manager(activity)).action_publish()
        return investment

    def _buy_for(self, investment, price):
        """Enter the bill that the accountant opens from the investment, and post it."""
        action = investment.with_user(self.case.accountant).action_buy()
        bill = self.env["account.move"].browse(action["res_id"])
        bill.write(
            {
                "partner_id": self.case.supplier.id,
                "invoice_date": "2025-01-01",
                "date": "2025-01-01",
            }
        )
        bill.invoice_line_ids.write({"price_unit": price, "tax_ids": [Command.clear()]})
        bill.action_post()

    def _joint(self, *states):
        return self._find("coop.investment", ("is_joint", "=", True), ("state", "in", states))

    def _asked(self):
        """Return who was asked to take over and did not answer yet."""
        buyouts = self._in_state("coop.investment.buyout", "submitted")
        return buyouts.line_ids.filtered(lambda line: line.state == "asked")

    def _manager(self, activity):
        return self.case.receiver if activity == self.case.gallery else self.case.giver
