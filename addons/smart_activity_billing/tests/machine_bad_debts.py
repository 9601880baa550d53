from hypothesis.stateful import precondition, rule

from odoo import fields

from .machine_common import BREAKS, CENTS, PLACE


class BadDebtRules:
    """Invoices that nobody pays: the mutual guarantee bears them, until somebody pays after all."""

    @precondition(lambda self: self._invoices().filtered("amount_residual"))
    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def write_off(self, cents, place, breaks):
        invoice = self._pick(self._invoices().filtered("amount_residual"), place)
        amount = min(cents / 100, invoice.amount_residual)
        self._do(
            "write_off",
            breaks,
            lambda: self._debts()._write_off(
                invoice, amount, fields.Date.today(), "Bankrupt", False
            ),
        )

    @precondition(lambda self: self._lost())
    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def recover(self, cents, place, breaks):
        debt = self._pick(self._lost(), place)
        amount = min(cents / 100, debt.remaining)
        self._do(
            "recover",
            breaks,
            lambda: debt._recover(amount, fields.Date.today(), "The bailiff paid"),
        )

    def _lost(self):
        return self._in_state("coop.bad.debt", "posted").filtered("remaining")

    def _debts(self):
        return self.env["coop.bad.debt"]
