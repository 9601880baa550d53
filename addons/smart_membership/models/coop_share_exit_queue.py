from decimal import Decimal

from odoo import api, fields, models

from ..lib import separation


class CoopShareExit(models.Model):
    """Who waits for the separation amount, and is paid once the Board's report allows it."""

    _inherit = "coop.share.exit"

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
