from odoo import api, models

from ..capital import written_as_capital

# What makes a line of a capital call: no Activity pays for shares, and no line is turnover.
FIXED_FIELDS = {
    "account_id",
    "analytic_distribution",
    "discount",
    "price_unit",
    "quantity",
    "tax_ids",
}


class AccountMoveLine(models.Model):
    """The lines of a capital call are what the subscription made them."""

    _inherit = "account.move.line"

    # ------------------------------------------------------------------
    # Compute
    # ------------------------------------------------------------------

    def _compute_account_id(self):
        """Capital that is called and not paid yet stands on an account of its own."""
        called = self.filtered(
            lambda line: (
                line.display_type == "payment_term"
                and line.move_id.share_class_id.receivable_account_id
            )
        )
        for line in called:
            line.account_id = line.move_id.share_class_id.receivable_account_id
        super(AccountMoveLine, self - called)._compute_account_id()

    def _compute_analytic_distribution(self):
        """No model of distribution lets an Activity pay for shares."""
        capital = self.filtered("move_id.share_class_id")
        capital.analytic_distribution = False
        super(AccountMoveLine, self - capital)._compute_analytic_distribution()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.move_id._check_no_capital()
        return lines

    def write(self, vals):
        if FIXED_FIELDS & vals.keys() and not written_as_capital(self):
            for line in self.filtered("move_id.share_class_id"):
                if any(
                    line.move_id._field_will_change(line, vals, name)
                    for name in FIXED_FIELDS & vals.keys()
                ):
                    raise line.move_id._error_capital(line.move_id)
        return super().write(vals)

    def unlink(self):
        self.move_id._check_no_capital()
        return super().unlink()
