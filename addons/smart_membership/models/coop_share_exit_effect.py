from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..capital import as_capital
from ..lib import separation


class CoopShareExit(models.Model):
    """What an exit does on its day: the register redeems, the books owe, the queue pays.

    Everything here runs as the system: nobody has the right to write in the register, and who
    records a decision need not be an accountant.
    """

    _inherit = "coop.share.exit"

    # ------------------------------------------------------------------
    # On the day
    # ------------------------------------------------------------------

    @api.model
    def _cron_take_effect(self):
        """Let exits take effect whose day has come, and pay those that were waiting."""
        today = fields.Date.context_today(self)
        due = self.search(
            [("state", "=", "approved"), ("effective_date", "<=", today)],
            order="effective_date, id",
        )
        companies = self.search([("state", "=", "deferred")]).company_id
        self.env["ir.cron"]._commit_progress(remaining=len(due) + len(companies))
        for share_exit in due:
            try:
                with self.env.cr.savepoint():
                    share_exit._take_effect()
            except UserError as error:
                share_exit._alert_problem(error)
            self.env["ir.cron"]._commit_progress(1)
        for company in companies:
            self._serve_queue(company)
            self.env["ir.cron"]._commit_progress(1)

    def _take_effect(self):
        """Redeem the shares, book what is owed, end the membership; then see what can be paid.

        :raise UserError: the shares are not there (any more), or accounts are missing
        """
        self._take_turn()
        for share_exit in self.sorted(lambda one: (one.effective_date, one.id)):
            share_exit._check_state("approved")
            share_exit._get_open_subscriptions().action_cancel()
            lots = share_exit._get_lots()
            share_exit._check_still_held(lots)
            amounts = share_exit._prepare_amounts(lots)
            share_exit._redeem(lots)
            share_exit._write_decision(
                {
                    **amounts,
                    "state": "deferred" if amounts["amount"] else "paid",
                    "paid_date": False if amounts["amount"] else share_exit.effective_date,
                }
            )
            share_exit._end_membership()
        for company in self.company_id:
            self._serve_queue(company)
        for share_exit in self:
            if share_exit.state != "payable":
                share_exit._post_entry(share_exit._prepare_redemption(deferred=True))
            if share_exit.state == "deferred":
                share_exit._write_decision({"was_deferred": True})
            share_exit._mail("effective")

    def _check_still_held(self, lots):
        """Refuse when the shares went elsewhere since the decision."""
        held = sum(lot.quantity for class_lots in lots.values() for lot in class_lots)
        if self.kind == "partial" and held < self.quantity:
            raise UserError(
                self.env._(
                    "%(exit)s is about %(quantity)s shares, but %(member)s holds %(held)s now: "
                    "cancel it, and make a new one.",
                    exit=self.name,
                    quantity=self.quantity,
                    member=self.partner_id.name,
                    held=held,
                )
            )

    def _redeem(self, lots):
        """Write one redemption for each lot in the register."""
        return self.env["coop.share.movement"].create(
            [
                self._prepare_movement(lot)
                | {
                    "date": self.effective_date,
                    "kind": "redemption",
                    "share_class_id": share_class.id,
                    "partner_from_id": self.partner_id.id,
                }
                for share_class, class_lots in lots.items()
                for lot in class_lots
            ]
        )

    def _end_membership(self):
        """End the membership of who has no share left; who keeps some stays a member."""
        membership = self.membership_id
        if self.kind == "partial" or membership.state != "member":
            return
        last_day = max(self.effective_date, membership.date_start)
        membership._end(last_day, self.kind)

    def _alert_problem(self, error):
        """Ask a membership manager, once, to look at an exit that cannot take effect."""
        summary = self.env._("This exit cannot take effect")
        if summary not in self.activity_ids.mapped("summary"):
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=summary,
                note=str(error),
                user_id=(self.decided_by_id or self.env.user).id,
            )

    # ------------------------------------------------------------------
    # The books
    # ------------------------------------------------------------------

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
        """Return the lines that make a deferred amount payable."""
        return [
            Command.create(self._prepare_deferred(self.amount)),
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
            "Exit %(exit)s: %(quantity)s shares of %(member)s",
            exit=self.name,
            quantity=self.quantity,
            member=self.partner_id.name,
        )

    def _get_beneficiary(self):
        return self.beneficiary_id or self.partner_id

    def _get_bank_account(self):
        """Return the account that was given, or the first one of who receives the amount."""
        return self.bank_account_id or self._get_beneficiary().bank_ids[:1]

    # ------------------------------------------------------------------
    # The queue
    # ------------------------------------------------------------------

    @api.model
    def _serve_queue(self, company):
        """Make payable what the report in force allows: the oldest first, nobody is overtaken.

        The amount of a death waits until the heirs are known, and keeps nobody waiting.
        """
        Test = self.env["coop.payment.test"]
        report = Test._in_force(company, fields.Date.context_today(self))
        if not report:
            return
        queue = self.search(
            [("company_id", "=", company.id), ("state", "=", "deferred")],
            order="effective_date, id",
        ).filtered(lambda one: one.kind != "death" or one.beneficiary_id)
        if not queue:
            return
        queue._take_turn(report)
        amounts = [Decimal(str(share_exit.amount)) for share_exit in queue]
        report.invalidate_recordset(["amount_left"])
        for share_exit in queue[: separation.serve(amounts, Decimal(str(report.amount_left)))]:
            share_exit._make_payable(report)

    def _take_turn(self, report=None):
        """Make rivals wait that decide on the same members, or spend the same report."""
        super()._take_turn()
        if report:
            self._bump(report)

    def _make_payable(self, report):
        today = fields.Date.context_today(self)
        waited = self.was_deferred
        self._write_decision(
            {
                "state": "payable",
                "payment_test_id": report.id,
                "due_date": max(self.due_date, today) if waited else self.due_date,
            }
        )
        self._post_entry(
            self._prepare_release() if self.entry_ids else self._prepare_redemption(deferred=False)
        )
        if waited:
            self._mail("payable")

    def _get_payable_lines(self):
        """Return the lines whose payment pays these exits."""
        return self.entry_ids.line_ids.filtered(
            lambda line: line.account_id.account_type == "liability_payable" and line.credit
        )

    def _follow_payment(self):
        """Let the state follow the payment: paid when it is settled, payable when it is undone."""
        for share_exit in self.filtered(lambda one: one.state in ("payable", "paid")):
            lines = share_exit._get_payable_lines()
            if not lines:
                continue
            paid = all(line.reconciled for line in lines)
            if paid and share_exit.state == "payable":
                share_exit._write_decision(
                    {"state": "paid", "paid_date": fields.Date.context_today(self)}
                )
                share_exit._mail("paid")
            elif not paid and share_exit.state == "paid":
                share_exit._write_decision({"state": "payable", "paid_date": False})
                share_exit.message_post(
                    body=self.env._("The payment of %(exit)s was undone.", exit=share_exit.name)
                )
