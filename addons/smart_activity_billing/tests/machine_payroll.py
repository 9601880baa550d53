from hypothesis.stateful import precondition, rule

from odoo import fields

from .machine_common import BREAKS, CENTS, PLACE


class PayrollRules:
    """Salaries that are announced, come in a file, and are taken back."""

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def announce_salary(self, cents, place, breaks):
        activity = self._pick(self.case.workshop | self.case.studio, place)
        month = fields.Date.today().replace(day=1)
        self._do(
            "announce_salary",
            breaks,
            lambda: self.case._announce(cents / 100, activity, month),
            activity,
        )

    @precondition(lambda self: self._in_state("coop.payroll.announcement", "submitted"))
    @rule(place=PLACE, breaks=BREAKS)
    def withdraw_salary(self, place, breaks):
        announced = self._in_state("coop.payroll.announcement", "submitted")
        own = announced.with_user(self.case.services)
        self._step("withdraw_salary", breaks, own, place, "action_withdraw")

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def post_payroll(self, cents, place, breaks):
        activity = self._pick(self.case.workshop | self.case.studio, place)
        month = fields.Date.today().replace(day=1)
        gross, net = f"{cents / 100:.2f}", f"{cents // 2 / 100:.2f}"
        row = f"{activity.code};{self.case.number};{month:%m/%Y};{gross};10;{net};0"
        self._do("post_payroll", breaks, lambda: self.case._run_payroll(row, month))

    @precondition(lambda self: self._in_state("coop.payroll.run", "posted"))
    @rule(place=PLACE, breaks=BREAKS)
    def reverse_payroll(self, place, breaks):
        runs = self._in_state("coop.payroll.run", "posted").with_user(self.case.payroll)
        self._step("reverse_payroll", breaks, runs, place, "action_reverse", "A wrong file")
