from odoo import fields, models

LEDGER_READERS = "account.group_account_invoice,account.group_account_readonly"


class CoopActivity(models.Model):
    """What the mutual guarantee bears for an Activity."""

    _inherit = "coop.activity"

    bad_debt_count = fields.Integer(
        "Written-off Invoices", compute="_compute_bad_debt_count", groups=LEDGER_READERS
    )

    def _compute_bad_debt_count(self):
        counts = dict(
            self.env["coop.bad.debt.share"]._read_group(
                [("activity_id", "in", self.ids)], ["activity_id"], ["__count"]
            )
        )
        for activity in self:
            activity.bad_debt_count = counts.get(activity, 0)

    def action_view_bad_debts(self):
        """Open the written-off invoices of these Activities."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_activity_billing.coop_bad_debt_action"
        )
        return action | {"domain": [("share_ids.activity_id", "in", self.ids)], "context": {}}
