from odoo import models
from odoo.tools import format_date


class CoopExpense(models.Model):
    """Accountants decide on expenses by a link, too, with the receipts before them."""

    _name = "coop.expense"
    _inherit = ["coop.approval.mixin", "coop.expense"]

    def _submit(self, person):
        super()._submit(person)
        self._request_approvals()

    def _get_approvers(self):
        """The accountants who get mails, except those whose own expense it is."""
        return self.company_id._get_approval_accountants() - self._get_own_people()

    def _get_own_people(self):
        """Return who never decides on this expense: see ``_check_not_own``."""
        managers = self.activity_id.manager_ids | self.activity_id.partner_id
        return self.partner_id | self.submitted_by_id | managers

    def _approve_as(self, person):
        self.action_approve()

    def _refuse_as(self, person, reason):
        self._check_accountant()
        self._refuse(person, reason)

    def _get_approval_facts(self):
        return {
            "activity": self.activity_id.id,
            "member": self.partner_id.id,
            "date": self.date,
            "shop": self.shop,
            "description": self.description or "",
            "category": self.product_id.id,
            "taxes": self.tax_ids.ids,
            "total": f"{self.total:.2f}",
            "budget": f"{self.budget_amount:.2f}",
            "receipts": sorted(self.attachment_ids.mapped("checksum")),
        }

    def _get_approval_rows(self):
        money = self.currency_id.format
        rows = [
            (self.env._("Member"), self.partner_id.name),
            (self.env._("Activity"), self.activity_id.display_name),
            (self.env._("Date"), format_date(self.env, self.date)),
            (self.env._("Shop"), self.shop),
            (self.env._("Category"), self.product_id.name),
            (self.env._("of which VAT"), money(self.tax_amount)),
            (self.env._("From the budget"), money(self.budget_amount)),
            (self.env._("Note"), self.description),
        ]
        if self.duplicate_ids:
            names = ", ".join(self.duplicate_ids.mapped("display_name"))
            rows.append((self.env._("Perhaps the same as"), names))
        return rows

    def _get_approval_title(self):
        return self.env._("Expense %(name)s, %(shop)s", name=self.name, shop=self.shop)

    def _get_approval_amount(self):
        return self.total

    def _get_approval_files(self):
        return self.attachment_ids.sorted("id")

    def _hold_for_approval(self):
        self._take_turn()
