from datetime import timedelta
from decimal import Decimal

from odoo import fields, models
from odoo.fields import Command

from ..capital import as_capital


class CoopShareExit(models.Model):
    """How the separation of a member is booked; the system books it, as all that takes effect."""

    _inherit = "coop.share.exit"

    def _prepare_redemption(self, deferred):
        """Return the lines: capital goes, the amount is owed, the rest is the reserve's.

        :param bool deferred: whether the amount may not be paid yet
        """
        company = self.company_id
        lines, paid_up = [], Decimal(0)
        for share_class, movements in self._get_movements().grouped("share_class_id").items():
            share_class._check_accounts()
            capital = sum((Decimal(str(one.paid_up)) for one in movements), Decimal(0))
            paid_up += capital
            lines.append(self._prepare_line(share_class.capital_account_id, float(capital)))
        # The difference is 0 in most cases, and negative where more is paid than was paid in.
        difference = float(paid_up - Decimal(str(self.amount)))
        company._check_exit_books(reserve=bool(difference))
        owed = self._prepare_deferred(-self.amount) if deferred else self._prepare_payable()
        lines += [owed, self._prepare_line(company.coop_exit_reserve_account_id, -difference)]
        return [Command.create(line) for line in lines if line["debit"] or line["credit"]]

    def _prepare_release(self):
        """Return the lines that make a deferred amount payable, from where it stands."""
        # The entry is the truth, whatever the settings say today.
        owed = self.entry_ids.line_ids.filtered(
            lambda line: line.balance < 0 and line.account_type.startswith("liability")
        )
        return [
            Command.create(self._prepare_line(owed[:1].account_id, self.amount)),
            Command.create(self._prepare_payable()),
        ]

    def _prepare_deferred(self, balance):
        return self._prepare_line(self.company_id.coop_exit_deferred_account_id, balance)

    def _prepare_payable(self):
        """Return the line that is paid, to who receives the amount and on which account."""
        line = self._prepare_line(self.company_id.coop_exit_account_id, -self.amount)
        line |= {"partner_id": self._get_beneficiary().id, "date_maturity": self.due_date}
        if "partner_bank_id" in self.env["account.move.line"]._fields:
            # The payment order reads it there, where that addon is installed.
            line["partner_bank_id"] = self._get_bank_account().id
        return line

    def _prepare_line(self, account, balance):
        return {
            "name": self.with_context(lang=self.company_id.partner_id.lang)._describe(),
            "account_id": account.id,
            "partner_id": self.partner_id.id,
            "debit": max(balance, 0.0),
            "credit": max(-balance, 0.0),
        }

    def _post_entry(self, lines):
        """Post an entry of this exit, on the first day that the books still accept.

        The redemption is dated as in the register; what becomes payable later, on the day itself.
        """
        if not lines:
            return self.env["account.move"]
        today = fields.Date.context_today(self)
        day = today if self.entry_ids else self._get_movements()[-1:].date or today
        journal = self.company_id.coop_exit_journal_id
        lock = self.company_id._get_user_fiscal_lock_date(journal)
        move = as_capital(self.env["account.move"]).create(
            {
                "move_type": "entry",
                "journal_id": journal.id,
                "company_id": self.company_id.id,
                "date": max(day, lock + timedelta(days=1)),
                "ref": self.name,
                "share_exit_id": self.id,
                "partner_id": self._get_beneficiary().id,
                "partner_bank_id": self._get_bank_account().id,
                "line_ids": lines,
            }
        )
        move.action_post()
        return move

    def _describe(self):
        self.ensure_one()
        return self.env._(
            "Exit %(exit)s of %(member)s (shares: %(quantity)s)",
            exit=self.name,
            quantity=self.quantity,
            member=self.partner_id.name,
        )

    def _get_beneficiary(self):
        return self.beneficiary_id or self.partner_id

    def _get_bank_account(self):
        """Return the account that was given, or the first one of who receives the amount."""
        return self.bank_account_id or self._get_beneficiary().bank_ids[:1]
