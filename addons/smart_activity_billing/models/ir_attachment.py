from odoo import api, models
from odoo.exceptions import UserError

from ..books import written_by_books

# What a file is: none of it changes once it proves something.
CONTENT = {"datas", "raw", "db_datas", "store_fname", "mimetype", "name", "res_id", "res_model"}


class IrAttachment(models.Model):
    """Receipts stay what they were when they were handed in."""

    _inherit = "ir.attachment"

    # The same file handed in twice is found by its content.
    _coop_expense_checksum_idx = models.Index("(checksum) WHERE res_model = 'coop.expense'")

    def write(self, vals):
        if not vals.keys().isdisjoint(CONTENT):
            self._check_not_handed_in()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        self._check_not_handed_in()

    def _check_not_handed_in(self):
        if written_by_books(self):
            return
        # The files are those of expenses which the user may not be allowed to read.
        files = self.sudo().filtered(lambda one: one.res_model == "coop.expense" and one.res_id)
        if not files:
            return
        expense = (
            self.env["coop.expense"]
            .sudo()
            .search(
                [
                    ("id", "in", files.mapped("res_id")),
                    ("attachment_ids", "in", files.ids),
                    ("state", "!=", "draft"),
                ],
                limit=1,
            )
        )
        if expense:
            raise UserError(
                self.env._(
                    "The receipts of %(expense)s were handed in and stay as they are.",
                    expense=expense.display_name,
                )
            )
