from hypothesis.stateful import rule

from odoo import fields

from .machine_common import BREAKS, PLACE

# What may come of the closing under way.
STEPS = ["settle_remainder"] * 2 + ["finish_closing"] * 3 + ["withdraw_closing"]


class ClosingRules:
    """Activities that end step by step, go on after all, or open again."""

    several = {"close_step_by_step": [*STEPS, "begin_closing", "reopen", "reopen"]}

    @rule(turn=PLACE, place=PLACE, breaks=BREAKS)
    def close_step_by_step(self, turn, place, breaks):
        """Go a step with the closing under way, or begin one, or open again what is closed."""
        closing, closed = self._closings("progress"), self._closings("closed")
        if closing:
            step = self._choose("close_step_by_step", turn, STEPS)
            getattr(self, f"_{step}")(closing, breaks)
            return
        possible = ["begin_closing", "reopen"] if closed else ["begin_closing"]
        if self._choose("close_step_by_step", turn, possible) == "reopen":
            self._reopen(self._pick(closed, place), breaks)
        else:
            self._begin(self._pick(self.activities, place), turn, breaks)

    def _weight(self, rule):
        """What is being closed spends nothing: it comes to its end soon."""
        hurries = rule == "close_step_by_step" and self._closings("progress", "closed")
        return super()._weight(rule) * (3 if hurries else 1)

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _begin(self, activity, turn, breaks):
        """What is left goes to the member's other Activity, or to the cooperative."""
        pair = self.case.workshop | self.case.studio
        values = {"activity_id": activity.id, "reason": "Enough"}
        if turn % 2 and activity in pair:
            values |= {"surplus_to": "activity", "destination_id": (pair - activity).id}
        Closing = self.env["coop.activity.closing"].with_user(self.case.accountant)
        self._do("begin_closing", breaks, lambda: Closing.create(values).action_start())

    def _withdraw_closing(self, closing, breaks):
        self._do("withdraw_closing", breaks, self._as_accountant(closing).action_cancel)

    def _settle_remainder(self, closing, breaks):
        """What remains can be settled step by step as the list advises, and closing goes on."""
        activity = closing.activity_id
        if self._do("settle_remainder", breaks, lambda: self._settle_all(activity)):
            self.case.assertEqual(self._blocking(activity), [])

    def _finish_closing(self, closing, breaks):
        activity = closing.activity_id
        if self._do("finish_closing", breaks, self._as_accountant(closing).action_finish):
            self.case.assertEqual((activity.state, activity.balance), ("closed", 0))
            self.case.assertEqual((activity.reserved_amount, activity.available), (0, 0))

    def _reopen(self, closing, breaks):
        own = self._as_accountant(closing)

        def reopen():
            own.reopen_reason = "It goes on after all"
            own.action_reopen()

        self._do("reopen", breaks, reopen)

    # ------------------------------------------------------------------
    # What remains, and how it is settled
    # ------------------------------------------------------------------

    def _settle_all(self, activity):
        """Settle the first that remains until nothing does: one may end others too."""
        while rows := self._blocking(activity):
            key, model, ids = rows[0]
            getattr(self, f"_settle_{key}")(self.env[model].browse(ids))
            self.case.assertNotEqual(self._blocking(activity), rows, "Nothing was settled")

    def _settle_draft_invoices(self, invoices):
        invoices.button_cancel()

    def _settle_unpaid_invoices(self, invoices):
        for invoice in invoices:
            self._register_payment(invoice, invoice.amount_residual)

    def _settle_expenses(self, expenses):
        for expense in expenses:
            expense.action_withdraw()

    def _settle_transfers(self, transfers):
        for transfer in transfers:
            transfer.action_withdraw()

    def _settle_reservation_purchase(self, held):
        self._origins(held, "purchase.order").action_release_budget()

    def _settle_reservation_payroll(self, held):
        announced = self._origins(held, "coop.payroll.announcement")
        announced.with_user(self.case.services).action_withdraw()

    def _settle_reservation_pledge(self, held):
        held._release()

    def _settle_reservation_investment(self, held):
        """Take back what is not bought yet, and end the use of what is."""
        self._origins(held, "coop.investment.buyout").action_withdraw()
        self._end_of_use(self._origins(held, "coop.investment"))

    def _settle_investment_shares(self, shares):
        self._end_of_use(shares.investment_id)

    def _settle_investment_proposals(self, investments):
        self._end_of_use(investments)

    def _end_of_use(self, investments):
        for investment in investments:
            if investment.state == "active":
                investment.sudo()._dispose("loss", fields.Date.today(), note="Stolen")
            else:
                investment.action_cancel_proposal("The Activity ends")

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _closings(self, *states):
        return self._find("coop.activity.closing", ("state", "in", states))

    def _as_accountant(self, records):
        return records.with_user(self.case.accountant)

    def _origins(self, held, model):
        """Return what of a model these reservations were made for."""
        return self.env[model].browse(
            held.filtered(lambda one: one.res_model == model).mapped("res_id")
        )

    @staticmethod
    def _blocking(activity):
        return [
            (row["key"], row["model"], row["ids"])
            for row in activity._get_closing_obstacles()
            if row["blocking"]
        ]
