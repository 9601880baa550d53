from odoo import api, models
from odoo.exceptions import UserError

from ..books import written_by_books

FROZEN_FIELDS = {
    "amount",
    "category",
    "company_id",
    "date",
    "general_account_id",
    "move_line_id",
}


class AccountAnalyticLine(models.Model):
    """Lines on an Activity come from posted journal items only; nobody edits them by hand."""

    _inherit = "account.analytic.line"

    @api.model_create_multi
    def create(self, vals_list):
        column = self.env["coop.activity"]._analytic_column()
        by_hand = column and not written_by_books(self)
        if by_hand:
            self._check_no_activity([vals.get(column) for vals in vals_list])
        lines = super().create(vals_list)
        if by_hand:
            # The account can come from a default of the context as well.
            self._check_no_activity(lines[column].ids)
        self.env["coop.activity"]._invalidate_amounts()
        return lines

    def write(self, vals):
        column = self.env["coop.activity"]._analytic_column()
        if not written_by_books(self) and column and (FROZEN_FIELDS | {column}) & set(vals):
            self._check_no_activity([*self[column].ids, vals.get(column)])
        if not (FROZEN_FIELDS | set(self._get_plan_fnames())).isdisjoint(vals):
            self._check_no_contribution()
        result = super().write(vals)
        self.env["coop.activity"]._invalidate_amounts()
        return result

    def unlink(self):
        if not self:
            return super().unlink()
        column = self.env["coop.activity"]._analytic_column()
        if not written_by_books(self) and column:
            self._check_no_activity(self[column].ids)
        self._check_no_contribution()
        result = super().unlink()
        self.env["coop.activity"]._invalidate_amounts()
        return result

    def _check_company(self, fnames=None):
        # The lines of a contribution have what its journal items have, which was checked.
        checked = self.browse()
        if written_by_books(self) and fnames is None:
            checked = self.filtered(lambda line: line.move_line_id.display_type == "contribution")
        return super(AccountAnalyticLine, self - checked)._check_company(fnames)

    def _check_no_contribution(self):
        """Refuse to take from the shared services what an Activity contributed to them."""
        if written_by_books(self):
            return
        # The rule holds even for who may not read journal items.
        for item in self.sudo().move_line_id:
            if item.display_type == "contribution":
                raise item._error_posted(item)

    def _check_no_activity(self, account_ids):
        """Refuse when one of the analytic accounts belongs to an Activity."""
        activities = self.env["coop.activity"]._by_analytic_account(set(filter(None, account_ids)))
        if activities:
            raise UserError(
                self.env._(
                    "The budget of %(activities)s follows posted entries and cannot be changed by "
                    "hand. Book or reverse a journal entry instead.",
                    activities=", ".join(activity.display_name for activity in activities.values()),
                )
            )
