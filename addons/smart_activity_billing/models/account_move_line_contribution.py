from odoo import api, models

from ..books import written_by_books
from ..lib.money import debit_credit


class AccountMoveLine(models.Model):
    """A contribution comes with all its values: nothing is computed, spread or looked up for it.

    An invoice gets two of these lines when it is posted, so what they cost is what posting costs.
    """

    _inherit = "account.move.line"

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def _prepare_create_values(self, vals_list):
        if not written_by_books(self) or not self._are_contributions(vals_list):
            return super()._prepare_create_values(vals_list)
        now = self.env.cr.now()
        common = {
            "create_uid": self.env.uid,
            "create_date": now,
            "write_uid": self.env.uid,
            "write_date": now,
            "quantity": 0.0,
            "price_unit": 0.0,
            "discount": 0.0,
            "price_subtotal": 0.0,
            "price_total": 0.0,
            "amount_residual": 0.0,
            "amount_residual_currency": 0.0,
            "reconciled": False,
            "no_followup": False,
            "deductible_amount": 100.0,
            "product_uom_id": False,
            "tax_ids": [],
            "tax_line_id": False,
            "tax_group_id": False,
        }
        result = []
        for vals in vals_list:
            debit, credit = debit_credit(vals["balance"], vals["is_storno"])
            result.append({**common, **vals, "debit": debit, "credit": credit})
        # What is final needs no inverse either.
        final = {self._fields[name] for name in result[0]}
        return [{**vals, "__precomputed__": final} for vals in result]

    @api.model
    def _create(self, data_list):
        if written_by_books(self) and self._are_contributions(
            [data["stored"] for data in data_list]
        ):
            for data in data_list:
                # What is given is not computed once more.
                data["protected"].update(
                    field for name in data["stored"] if (field := self._fields[name]).compute
                )
        return super()._create(data_list)

    def _check_company(self, fnames=None):
        # What the books write was checked with the settings and with the invoice.
        checked = self.browse()
        if written_by_books(self) and fnames is None:
            checked = self.filtered(lambda line: line.display_type == "contribution")
        return super(AccountMoveLine, self - checked)._check_company(fnames)

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _compute_currency_id(self):
        contributions = self._filter_contributions()
        for line in contributions:
            line.currency_id = line.company_currency_id
        super(AccountMoveLine, self - contributions)._compute_currency_id()

    def _compute_epd_needed(self):
        contributions = self._filter_contributions()
        contributions.epd_dirty = False
        contributions.epd_needed = False
        super(AccountMoveLine, self - contributions)._compute_epd_needed()

    def _compute_discount_allocation_needed(self):
        contributions = self._filter_contributions()
        contributions.discount_allocation_dirty = False
        contributions.discount_allocation_needed = False
        super(AccountMoveLine, self - contributions)._compute_discount_allocation_needed()

    # ------------------------------------------------------------------
    # Analytic lines
    # ------------------------------------------------------------------

    def _prepare_analytic_lines(self):
        if self.display_type == "contribution":
            return [self._prepare_contribution_analytic_line()] if self.balance else []
        return super()._prepare_analytic_lines()

    def _prepare_contribution_analytic_line(self):
        """The whole amount on the one account of the line: no query is needed to know it."""
        [account_id] = map(int, self.analytic_distribution)
        if self.activity_id:
            column = self.env["coop.activity"]._analytic_column()
        else:
            shared_services = self.env["account.analytic.account"].browse(account_id)
            column = shared_services.plan_id._column_name()
        return {
            "name": self.name,
            "date": self.date,
            column: account_id,
            "partner_id": self.partner_id.id,
            "unit_amount": 0.0,
            # Before the amount, which is rounded by it: else it is read from the new row.
            "currency_id": self.company_currency_id.id,
            "amount": -self.balance,
            "journal_id": self.journal_id.id,
            "general_account_id": self.account_id.id,
            "ref": self.ref,
            "move_line_id": self.id,
            "user_id": self.move_id.invoice_user_id.id or self.env.uid,
            "company_id": self.company_id.id,
            "category": "invoice",
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _are_contributions(self, vals_list):
        return all(vals.get("display_type") == "contribution" for vals in vals_list)

    def _filter_contributions(self):
        return self.filtered(lambda line: line.display_type == "contribution")
