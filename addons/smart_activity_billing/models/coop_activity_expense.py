from odoo import fields, models


class CoopActivity(models.Model):
    """The expenses that an Activity paid."""

    _inherit = "coop.activity"

    expense_count = fields.Integer(
        compute="_compute_expense_count",
        groups="account.group_account_readonly,account.group_account_invoice,"
        "smart_membership.group_membership_user",
    )

    def _compute_expense_count(self):
        counts = dict(
            self.env["coop.expense"]._read_group(
                [("activity_id", "in", self.ids)], ["activity_id"], ["__count"]
            )
        )
        for activity in self:
            activity.expense_count = counts.get(activity, 0)

    def action_view_expenses(self):
        """Open the expenses of the Activity."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_expense_action"
        )
        return action | {
            "domain": [("activity_id", "=", self.id)],
            "context": {"default_activity_id": self.id},
        }
