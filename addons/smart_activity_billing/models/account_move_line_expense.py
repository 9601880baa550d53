from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    coop_expense_id = fields.Many2one(
        "coop.expense",
        "Expense of a Member",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
        help="The expense that this line books; its amount includes the taxes.",
    )

    def _copy_data_extend_business_fields(self, values):
        super()._copy_data_extend_business_fields(values)
        # A credit note takes back the same total.
        values["coop_expense_id"] = self.coop_expense_id.id
