from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command, Date

from ..lib.payroll_file import COSTS
from .coop_payroll_run_check import ERROR


class CoopPayrollRun(models.Model):
    """What a run is in the books: costs by kind and Activity, against what is owed for them.

    The entry names Activities and no person: who earns how much stays with the run.
    """

    _inherit = "coop.payroll.run"

    def _post(self, person):
        """Book the file as it is now, and settle what was announced.

        :raise UserError: something is to be corrected since the check
        """
        self.ensure_one()
        self._check()
        if self.error_count:
            raise UserError(self._describe_errors())
        if not self.line_ids:
            raise UserError(self.env._("%(run)s has nothing to book.", run=self.display_name))
        entry = self._book(self._prepare_entry())
        self._settle_announcements()
        self._write_decision(
            {
                "state": "posted",
                "move_id": entry.id,
                "date": entry.date,
                "posted_by_id": person.id,
            }
        )

    def _reverse(self, person, reason):
        """Book the contrary, today, and hold again what was announced."""
        self.ensure_one()
        entry = self._book(self._prepare_reversal())
        self._write_decision(
            {
                "state": "reversed",
                "reversal_move_id": entry.id,
                "reversal_reason": reason,
                "reversed_by_id": person.id,
            }
        )
        self._announce_again()

    def _describe_errors(self):
        worst = self.finding_ids.filtered(lambda finding: finding.severity == ERROR)[:5]
        texts = [
            self.env._("Row %(row)s: %(message)s", row=finding.row, message=finding.message)
            if finding.row
            else finding.message
            for finding in worst
        ]
        return self.env._(
            "%(run)s cannot be posted, something changed since it was checked. Check it again.\n"
            "%(findings)s",
            run=self.display_name,
            findings="\n".join(texts),
        )

    # ------------------------------------------------------------------
    # The entry
    # ------------------------------------------------------------------

    def _complete_entry(self, entry):
        """Fill in at once what a companion would look up Activity by Activity, if it is there."""
        lines = entry.line_ids
        field = lines._fields.get("analytic_account_ids")
        if not field:
            return
        accounts = [(line, list(map(int, line.analytic_distribution or ()))) for line in lines]
        self.env.remove_to_compute(field, lines)
        field.write_batch([(line, [Command.set(ids)]) for line, ids in accounts])

    def _prepare_entry(self):
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.mapping_id.journal_id.id,
            "date": self.date,
            "ref": self.display_name,
            "line_ids": [
                Command.create(vals)
                for vals in self._prepare_cost_lines() + self._prepare_debt_lines()
            ],
        }

    def _prepare_reversal(self):
        """Return the values of the contrary of the entry, on the accounts of then."""
        # Who may reverse a run was checked.
        entry = self.sudo().move_id
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": entry.journal_id.id,
            "date": Date.context_today(self),
            "ref": self.display_name,
            "reversed_entry_id": entry.id,
            "line_ids": [
                Command.create(
                    {
                        "name": line.name,
                        "account_id": line.account_id.id,
                        "balance": -line.balance,
                        "tax_ids": [Command.clear()],
                        "coop_payroll_run_id": line.coop_payroll_run_id.id,
                        "analytic_distribution": line.analytic_distribution,
                    }
                )
                for line in entry.line_ids
            ],
        }

    def _prepare_cost_lines(self):
        """Return one line for each kind of cost and Activity."""
        costs = defaultdict(float)
        for line in self.line_ids:
            for kind in COSTS:
                costs[kind, line.activity_id] += line[kind]
        accounts = self.mapping_id._get_cost_accounts()
        names = {kind: self._get_line_name(kind) for kind in COSTS}
        return [
            {
                "name": names[kind],
                "account_id": accounts[kind].id,
                "balance": self.currency_id.round(cost),
                "tax_ids": [Command.clear()],
                "coop_payroll_run_id": self.id,
                # The books name the account of an Activity that its payroll may not see otherwise.
                "analytic_distribution": {str(activity.sudo().analytic_account_id.id): 100.0},
            }
            for (kind, activity), cost in costs.items()
            if self.currency_id.round(cost)
        ]

    def _prepare_debt_lines(self):
        """Return what is owed to the persons, and what to the social secretariat."""
        net = self.currency_id.round(sum(self.line_ids.mapped("net")))
        rest = self.currency_id.round(sum(self.line_ids.mapped("cost")) - net)
        return [
            {"name": self._get_line_name(name), "account_id": account.id, "balance": -amount}
            for name, account, amount in (
                ("net", self.mapping_id.net_account_id, net),
                ("secretariat", self.mapping_id.secretariat_account_id, rest),
            )
            if amount
        ]

    def _get_line_name(self, kind):
        if kind == "secretariat":
            label = self.mapping_id.name
        else:
            label = self._fields[kind]._description_string(self.env)
        return f"{self.display_name} {label}"

    # ------------------------------------------------------------------
    # What was announced
    # ------------------------------------------------------------------

    def _settle_announcements(self):
        """Consume what was announced for these salaries, and give the rest back."""
        costs = defaultdict(float)
        for line in self.line_ids:
            costs[line.activity_id, line.partner_id] += line.cost
        announcements = self._get_announcements().filtered(
            lambda one: (one.activity_id, one.partner_id) in costs
        )
        announcements._take_turn()
        booked = {
            one: self.currency_id.round(costs[one.activity_id, one.partner_id])
            for one in announcements
        }
        announcements.reservation_id._settle_all(
            {one.reservation_id: max(cost, 0.0) for one, cost in booked.items()}
        )
        announcements._book_all(self, booked)

    def _announce_again(self):
        """Hold the budget anew for salaries of a reversed run; who cannot pay them is told."""
        # They are of this run, whoever may see them.
        for announcement in self.sudo().announcement_ids:
            announcement._reserve_again()
