from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """The receipt that books an expense of a member: computed from its total, and only reversed."""

    _inherit = "account.move"

    coop_expense_count = fields.Integer(
        compute="_compute_coop_expense_count", groups="account.group_account_readonly"
    )

    @api.depends("line_ids.coop_expense_id")
    def _compute_coop_expense_count(self):
        for move in self:
            move.coop_expense_count = len(move.line_ids.coop_expense_id)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_view_coop_expense(self):
        """Open the expense that this entry books or takes back."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "coop.expense",
            "view_mode": "form",
            "res_id": self.line_ids.coop_expense_id[:1].id,
        }

    def button_draft(self):
        """Reset to draft, but not the entry of an expense.

        :raise UserError: naming the entry and its expense
        """
        self._check_books_no_expense()
        return super().button_draft()

    def button_cancel(self):
        """Cancel, but not the entry of an expense.

        :raise UserError: as above
        """
        self._check_books_no_expense()
        return super().button_cancel()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_books_no_expense(self):
        if not self:
            return
        # All count, also those that the user may not read.
        expense = self.env["coop.expense"].sudo().search([("move_id", "in", self.ids)], limit=1)
        if expense:
            raise UserError(
                self.env._(
                    "%(entry)s books the expense %(expense)s, which was approved: reverse it with "
                    "a credit note instead, so that the trail stays.",
                    entry=expense.move_id.display_name,
                    expense=expense.display_name,
                )
            )

    def _prepare_product_base_line_for_taxes_computation(self, product_line):
        base_line = super()._prepare_product_base_line_for_taxes_computation(product_line)
        if product_line.coop_expense_id:
            # What the member paid is what is paid back, whatever the taxes.
            base_line["special_mode"] = "total_included"
        return base_line
