from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

from ..books import as_books
from ..lib.bad_debt import next_part
from ..lib.money import allocate


class CoopBadDebt(models.Model):
    """How a write-off is booked, and how it is taken back when the client pays."""

    _inherit = "coop.bad.debt"

    # ------------------------------------------------------------------
    # Writing off
    # ------------------------------------------------------------------

    @api.model
    def _write_off(self, invoice, amount, day, reason, recover_vat):
        """Let the mutual guarantee bear ``amount`` of an invoice that the client does not pay.

        Of two at once, or of a write-off and a payment, the second fails to bump the invoice's
        row, is replayed by the server, and then finds what is still open.

        :param amount: with VAT, in the currency of the invoice
        :param bool recover_vat: claim the VAT back from the tax office
        :raise AccessError: the user is no accountant
        :raise UserError: what stands in the way
        :return: the ``coop.bad.debt``
        """
        self._check_accountant()
        invoice.check_access("write")
        self._check_not_own(invoice)
        invoice._bump(invoice)
        invoice.invalidate_recordset()
        invoice.line_ids.invalidate_recordset(["amount_residual", "amount_residual_currency"])
        amount = invoice._check_write_off(amount)
        self._check_day(invoice.company_id, day, invoice.invoice_date, bool(recover_vat))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why: what was tried, and why it is given up."))
        # Who may write off was checked; nobody enters a write-off by hand.
        system = self.with_env(self.env(su=True, context=clean_context(self.env.context)))
        debt = system.create(
            system._prepare_debt(invoice, amount, day, reason.strip(), recover_vat)
        )
        debt._add_shares()
        entry = debt._book(day, debt._get_parts())
        debt._settle_invoice(entry)
        debt._write_decision({"state": "posted", "move_id": entry.id})
        return debt.with_env(self.env)

    def _prepare_debt(self, invoice, amount, day, reason, recover_vat):
        company = invoice.company_id
        unit = company.currency_id.rounding
        open_lines = invoice._get_open_receivables()
        in_currency = sum(open_lines.mapped("amount_residual_currency"))
        residual = sum(open_lines.mapped("amount_residual"))
        worth = float(next_part(residual, in_currency, 0, amount, unit))
        # The parts of an invoice sum to it, whatever was written off before or recovered since.
        done = sum(debt.amount - debt.recovered_amount for debt in invoice.bad_debt_ids)
        total, vat, contribution = invoice._get_family_totals()
        if not recover_vat:
            vat = 0.0
        policy = self._get_contribution_policy(invoice)
        if policy == "keep":
            contribution = 0.0
        vat_part = float(next_part(vat, total, done, worth, unit))
        return {
            "company_id": company.id,
            "invoice_id": invoice.id,
            "partner_id": invoice.commercial_partner_id.id,
            "date": day,
            "reason": reason,
            "invoice_currency_id": invoice.currency_id.id,
            "invoice_amount": amount,
            "amount": worth,
            "vat_amount": vat_part,
            "loss_amount": company.currency_id.round(worth - vat_part),
            "contribution_policy": policy,
            "contribution_amount": float(next_part(contribution, total, done, worth, unit)),
            "guarantee_account_id": company._get_mutual_guarantee_account().id,
            "decided_by_id": self.env.user.partner_id.id,
        }

    @api.model
    def _get_contribution_policy(self, invoice):
        """Return what becomes of the contribution: a closed Activity gets nothing any more."""
        policy = invoice.company_id.bad_debt_contribution_policy
        states = {activity.state for activity in invoice._get_family_bases()}
        return "refund" if policy == "activity" and "closed" in states else policy

    def _add_shares(self):
        """Note for which Activities the guarantee bears how much, cents by largest remainder."""
        bases = self.invoice_id._get_family_bases()
        unit = self.currency_id.rounding
        weights = list(bases.values())
        self.env["coop.bad.debt.share"].create(
            [
                {
                    "debt_id": self.id,
                    "activity_id": activity.id,
                    "loss_amount": float(loss),
                    "contribution_amount": float(contribution),
                }
                for activity, loss, contribution in zip(
                    bases,
                    allocate(self.loss_amount, weights, unit),
                    allocate(self.contribution_amount, weights, unit),
                    strict=True,
                )
            ]
        )

    def _settle_invoice(self, entry):
        """Match the entry with what is open on the invoice."""
        lines = self._get_receivable_line(entry) | self.invoice_id._get_open_receivables()
        as_books(lines).reconcile()

    # ------------------------------------------------------------------
    # Recovering
    # ------------------------------------------------------------------

    def _recover(self, amount, day, reason):
        """Book that the client pays ``amount`` after all: the invoice is open again for it.

        :param amount: with VAT, in the currency of the invoice
        :raise AccessError: the user is no accountant
        :raise UserError: what stands in the way
        :return: the ``coop.bad.debt.recovery``
        """
        self.ensure_one()
        self._check_accountant()
        invoice = self.sudo().invoice_id
        invoice._bump(invoice)
        self._bump(self)
        self.invalidate_recordset()
        self._check_state("posted")
        amount = self._check_recovery(amount)
        self._check_day(self.company_id, day, self.date, bool(self.vat_amount))
        if not (reason or "").strip():
            raise UserError(self.env._("Say how it came: a payment, a bailiff, a composition."))
        # Who may recover was checked.
        debt = self.with_env(self.env(su=True, context=clean_context(self.env.context)))
        parts = debt._get_parts(amount)
        entry = debt._book(day, parts, sign=-1)
        debt._open_invoice(entry)
        recovery = debt._note_recovery(entry, parts, amount, reason.strip())
        return recovery.with_env(self.env)

    def _check_recovery(self, amount):
        """Return the amount, rounded.

        :raise UserError: it is more than what is still written off
        """
        currency = self.invoice_currency_id
        amount = self.env["coop.budget.reservation"]._check_amount(amount, currency)
        rest = self._get_rest()
        if currency.compare_amounts(amount, rest) > 0:
            raise UserError(
                self.env._(
                    "Of %(debt)s %(rest)s are still written off: no more can be recovered.",
                    debt=self.display_name,
                    rest=currency.format(rest),
                )
            )
        return amount

    def _open_invoice(self, entry):
        """Undo what the write-off settled by what the entry takes back, and match the rest."""
        credit = self._get_receivable_line(self.move_id)
        of_invoice = credit.matched_debit_ids.filtered(
            lambda partial: partial.debit_move_id.move_id == self.invoice_id
        )
        as_books(of_invoice).unlink()
        as_books(credit | self._get_receivable_line(entry)).reconcile()
        if not credit.reconciled:
            as_books(credit | self.invoice_id._get_open_receivables()).reconcile()

    def _note_recovery(self, entry, parts, invoice_amount, reason):
        """Add the recovery to the trail and to the sums."""
        round_ = self.currency_id.round
        recovered = round_(self.recovered_amount + parts["amount"])
        recovered_loss = round_(self.recovered_loss + parts["loss"])
        self._write_decision(
            {
                "recovered_amount": recovered,
                "recovered_invoice_amount": self.invoice_currency_id.round(
                    self.recovered_invoice_amount + invoice_amount
                ),
                "recovered_loss": recovered_loss,
                "state": "recovered" if recovered == self.amount else "posted",
            }
        )
        weights = self.share_ids.mapped("loss_amount")
        if any(weights):
            losses = allocate(recovered_loss, weights, self.currency_id.rounding)
            for share, loss in zip(self.share_ids, losses, strict=True):
                share.recovered_loss = float(loss)
        return self.env["coop.bad.debt.recovery"].create(
            {
                "debt_id": self.id,
                "date": entry.date,
                "amount": parts["amount"],
                "vat_amount": parts["vat"],
                "loss_amount": parts["loss"],
                "contribution_amount": sum(parts["contributions"]),
                "reason": reason,
                "move_id": entry.id,
                "decided_by_id": self.env.user.partner_id.id,
            }
        )

    # ------------------------------------------------------------------
    # Entries
    # ------------------------------------------------------------------

    def _get_parts(self, invoice_amount=None):
        """Return what an entry moves: all of it, or what goes with a part that is recovered.

        :return: dict of ``invoice_amount``, ``amount``, ``vat``, ``loss`` and ``contributions``,
            the latter in the order of the shares
        """
        unit = self.currency_id.rounding
        total, done = self.invoice_amount, self.recovered_invoice_amount
        now = total if invoice_amount is None else invoice_amount

        def part(whole):
            return float(next_part(whole, total, done, now, unit))

        amount, vat = part(self.amount), part(self.vat_amount)
        return {
            "invoice_amount": now,
            "amount": amount,
            "vat": vat,
            "loss": self.currency_id.round(amount - vat),
            "contributions": [part(share.contribution_amount) for share in self.share_ids],
        }

    def _book(self, day, parts, sign=1):
        """Post the entry of a write-off; with ``sign`` -1 that of a recovery."""
        company = self.company_id
        lines = [self._prepare_receivable(parts), self._prepare_loss(parts)]
        if parts["vat"]:
            lines.append(self._prepare_vat(parts))
        lines += self._prepare_contributions(parts)
        for vals in lines:
            vals["amount_currency"] = sign * vals.get("amount_currency", vals["balance"])
            vals["balance"] *= sign
        Move = as_books(self.env["account.move"].with_company(company))
        entry = Move.with_context(mail_create_nosubscribe=True).create(
            {
                "move_type": "entry",
                "company_id": company.id,
                "journal_id": self._get_journal().id,
                "date": day,
                "ref": self.display_name,
                "coop_bad_debt_id": self.id,
                "line_ids": [Command.create(vals) for vals in lines],
            }
        )
        entry._post(soft=False)
        return entry.with_env(self.env)

    def _prepare_receivable(self, parts):
        receivable = self.invoice_id._get_receivables()[:1]
        return {
            "name": self.display_name,
            "account_id": receivable.account_id.id,
            "partner_id": self.partner_id.id,
            "currency_id": self.invoice_currency_id.id,
            "amount_currency": -parts["invoice_amount"],
            "balance": -parts["amount"],
        }

    def _prepare_line(self, account, balance, analytic_account=None):
        currency = self.currency_id
        return {
            "name": self.display_name,
            "account_id": account.id,
            "currency_id": currency.id,
            "balance": balance,
            "tax_ids": [Command.clear()],
            "analytic_distribution": analytic_account and {str(analytic_account.id): 100.0},
        }

    def _prepare_loss(self, parts):
        booked = self._get_booked().get("loss")
        account = booked.account_id if booked else self.company_id._get_bad_debt_account()
        return self._prepare_line(account, parts["loss"], self.guarantee_account_id)

    def _prepare_vat(self, parts):
        booked = self._get_booked().get("vat")
        account = booked.account_id if booked else self.company_id._get_bad_debt_vat_account()
        if not account:
            raise UserError(
                self.env._(
                    "%(company)s has no account for VAT that is claimed back: choose one in the "
                    "settings of the accounting, or write off without claiming it.",
                    company=self.company_id.name,
                )
            )
        tags = booked.tax_tag_ids if booked else self._get_vat_tags()
        return self._prepare_line(account, parts["vat"]) | {
            "tax_tag_ids": [Command.set(tags.ids)],
        }

    def _get_vat_tags(self):
        """Return the tags of what is claimed back: grid 62 of a Belgian return."""
        grid = self.env.ref("l10n_be.tax_report_line_62_tag", raise_if_not_found=False)
        if not grid or self.company_id.account_fiscal_country_id.code != "BE":
            return self.env["account.account.tag"]
        return grid._get_matching_tags()

    def _prepare_contributions(self, parts):
        """Return the lines by which the shared services give back the contribution, if they do."""
        total = self.currency_id.round(sum(parts["contributions"]))
        if not total:
            return []
        account, shared_services = self._get_contribution_accounts()
        lines = [self._prepare_line(account, total, shared_services)]
        if self.contribution_policy == "refund":
            lines.append(self._prepare_line(account, -total, self.guarantee_account_id))
        else:
            lines += [
                self._prepare_line(account, -amount, share.activity_id.analytic_account_id)
                for share, amount in zip(self.share_ids, parts["contributions"], strict=True)
                if amount
            ]
        return lines

    def _get_journal(self):
        journal = self.company_id._get_budget_transfer_journal()
        if not journal:
            raise UserError(
                self.env._(
                    "%(company)s has no journal for miscellaneous entries: make one first.",
                    company=self.company_id.name,
                )
            )
        return journal

    def _get_receivable_line(self, entry):
        return entry.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
