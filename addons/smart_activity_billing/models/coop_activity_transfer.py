from odoo import fields, models
from odoo.fields import Domain

BACK_OFFICE = (
    "account.group_account_readonly,account.group_account_invoice,"
    "smart_membership.group_membership_user"
)


class CoopActivity(models.Model):
    """The transfers of budget from and to an Activity."""

    _inherit = "coop.activity"

    budget_transfer_count = fields.Integer(
        "Budget Transfers", compute="_compute_budget_transfer_count", groups=BACK_OFFICE
    )

    def _compute_budget_transfer_count(self):
        Transfer = self.env["coop.budget.transfer"]
        for activity in self:
            activity.budget_transfer_count = Transfer.search_count(activity._get_transfer_domain())

    def action_view_budget_transfers(self):
        """Open what these Activities gave and got."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_budget_transfer_action"
        )
        return action | {
            "domain": list(self._get_transfer_domain()),
            "context": {"default_source_id": self.id if len(self) == 1 else False},
        }

    def _get_transfer_domain(self):
        return Domain("source_id", "in", self.ids) | Domain("destination_id", "in", self.ids)
