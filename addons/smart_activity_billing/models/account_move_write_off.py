from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

READERS = "account.group_account_readonly,account.group_account_invoice"


class AccountMove(models.Model):
    """An invoice that the mutual guarantee bears, and the entries by which it does."""

    _inherit = "account.move"

    coop_bad_debt_id = fields.Many2one(
        "coop.bad.debt",
        "Books the Write-off",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups=READERS,
    )
    bad_debt_ids = fields.One2many("coop.bad.debt", "invoice_id", groups=READERS)
    bad_debt_count = fields.Integer(compute="_compute_bad_debt_count", groups=READERS)
    can_write_off = fields.Boolean(compute="_compute_can_write_off", groups=READERS)

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    @api.depends("bad_debt_ids")
    def _compute_bad_debt_count(self):
        for move in self:
            move.bad_debt_count = len(move.bad_debt_ids)

    @api.depends("state", "move_type", "amount_residual", "invoice_date_due")
    def _compute_can_write_off(self):
        for move in self:
            move.can_write_off = move._is_overdue() and bool(
                # That it names an Activity, is no secret.
                move.sudo().line_ids.activity_id
            )

    def _is_overdue(self):
        return bool(
            self.state == "posted"
            and self.move_type in ("out_invoice", "out_receipt")
            and self.currency_id.compare_amounts(self.amount_residual, 0) > 0
            and self.invoice_date_due
            and self.invoice_date_due < fields.Date.context_today(self)
        )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_write_off(self):
        """Ask how much of an invoice the mutual guarantee is to bear, and why.

        :raise AccessError: the user is no accountant
        :raise UserError: it is not overdue, or names no Activity
        """
        self.ensure_one()
        self.env["coop.bad.debt"]._check_accountant()
        self.check_access("read")
        self._check_write_off(self.amount_residual)
        return {
            "name": self.env._("Write off to the Mutual Guarantee"),
            "type": "ir.actions.act_window",
            "res_model": "coop.bad.debt.write.off",
            "view_mode": "form",
            "target": "new",
            "context": {"default_invoice_id": self.id},
        }

    def action_view_bad_debts(self):
        """Open what was written off of this invoice."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_bad_debt_action"
        )
        return action | {"domain": [("invoice_id", "in", self.ids)], "context": {}}

    # ------------------------------------------------------------------
    # What is written off stays settled, until it is recovered
    # ------------------------------------------------------------------

    def button_draft(self):
        self._check_not_written_off()
        return super().button_draft()

    def button_cancel(self):
        self._check_not_written_off()
        return super().button_cancel()

    def _reverse_moves(self, default_values_list=None, cancel=False):
        self._check_not_written_off()
        return super()._reverse_moves(default_values_list, cancel)

    def _post(self, soft=True):
        self.reversed_entry_id._check_not_written_off()
        return super()._post(soft)

    def _check_not_written_off(self):
        """Refuse to take back an invoice that the guarantee bears, or an entry by which it does.

        :raise UserError: naming both, and what to do
        """
        if not self:
            return
        # The rule holds even for who cannot see the write-off.
        moves = self.sudo()
        if moves.coop_bad_debt_id:
            debt = moves.coop_bad_debt_id[0]
            raise UserError(
                self.env._(
                    "This entry books the write-off %(debt)s and stays as it is. When the client "
                    "pays, or it was a mistake, recover the write-off.",
                    debt=debt.display_name,
                )
            )
        invoices = moves.filtered(lambda move: move.is_sale_document(include_receipts=True))
        standing = invoices.bad_debt_ids.filtered(lambda debt: debt.state == "posted")
        if standing:
            raise UserError(
                self.env._(
                    "The mutual guarantee bears %(amount)s of %(invoice)s (%(debt)s). Recover the "
                    "write-off first; then the invoice can be credited or corrected.",
                    amount=standing[0].currency_id.format(standing[0].remaining),
                    invoice=standing[0].invoice_id.display_name,
                    debt=standing[0].name,
                )
            )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_write_off(self, amount):
        """Return the amount that can be written off, rounded.

        :raise UserError: not an overdue invoice of an Activity, or more than what is open
        """
        self.ensure_one()
        if not self._is_overdue():
            raise UserError(
                self.env._(
                    "%(invoice)s is no posted customer invoice that is overdue and open: there is "
                    "nothing to write off. Reload the page to see where it stands.",
                    invoice=self.display_name,
                )
            )
        if not self._get_family_bases():
            raise UserError(
                self.env._(
                    "%(invoice)s is for no Activity: the mutual guarantee bears invoices of "
                    "Activities only.",
                    invoice=self.display_name,
                )
            )
        self._check_credit_notes()
        amount = self.env["coop.budget.reservation"]._check_amount(amount, self.currency_id)
        if self.currency_id.compare_amounts(amount, self.amount_residual) > 0:
            raise UserError(
                self.env._(
                    "%(invoice)s has %(residual)s open: no more can be written off.",
                    invoice=self.display_name,
                    residual=self.currency_id.format(self.amount_residual),
                )
            )
        return amount

    def _check_credit_notes(self):
        """Refuse an invoice of which more is open than its credit notes left.

        :raise UserError: saying what to do
        """
        family = self._get_family()
        total = sum(
            move.amount_total if move.move_type != "out_refund" else -move.amount_total
            for move in family
            if move.currency_id == self.currency_id
        )
        if self.currency_id.compare_amounts(self.amount_residual, total) > 0:
            raise UserError(
                self.env._(
                    "%(invoice)s has a credit note that is not matched with it: match them first, "
                    "then write off what is left.",
                    invoice=self.display_name,
                )
            )

    def _get_receivables(self):
        return self.line_ids.filtered(lambda line: line.account_type == "asset_receivable")

    def _get_open_receivables(self):
        return self._get_receivables().filtered(lambda line: not line.reconciled)

    def _get_family(self):
        """Return an invoice with the posted credit notes that reverse it."""
        family = level = self
        while level := level.reversal_move_ids.filtered(lambda move: move.state == "posted"):
            family |= level
        return family

    def _get_family_totals(self):
        """Return total, VAT and contribution of an invoice less its credit notes."""
        family = self._get_family()
        contributions = family.line_ids.filtered("activity_id")
        round_ = self.company_currency_id.round
        return (
            round_(sum(family.mapped("amount_total_signed"))),
            round_(sum(family.mapped("amount_tax_signed"))),
            round_(sum(contributions.mapped("balance"))),
        )

    def _get_family_bases(self):
        """Return ``{Activity: positive base}`` of an invoice less its credit notes."""
        bases = defaultdict(float)
        # Which Activities an invoice is for, its readers know.
        for line in self.sudo()._get_family().line_ids.filtered("activity_id"):
            bases[line.activity_id] += line.contribution_base
        round_ = self.company_currency_id.round
        return {activity: base for activity, base in bases.items() if round_(base) > 0}

    # ------------------------------------------------------------------
    # Portal
    # ------------------------------------------------------------------

    def _get_member_status(self):
        self.ensure_one()
        if self.state == "posted" and not self.amount_residual and self._get_borne_amount():
            return "written_off", self.env._("Borne by the cooperative"), "success"
        return super()._get_member_status()

    def _get_borne_amount(self):
        """Return what the mutual guarantee bears of an invoice, with VAT, in its currency."""
        # Members read of it what concerns their invoice.
        standing = self.sudo().bad_debt_ids.filtered(lambda debt: debt.state == "posted")
        return self.currency_id.round(sum(debt._get_rest() for debt in standing))
