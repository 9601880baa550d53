from odoo import fields, models


class CoopPurchaseCampaign(models.Model):
    """The needs for which a campaign was made."""

    _inherit = "coop.purchase.campaign"

    need_ids = fields.Many2many(
        "coop.purchase.need",
        "coop_purchase_campaign_need_rel",
        "campaign_id",
        "need_id",
        string="Needs",
        copy=False,
        groups="smart_purchasing_central.group_purchasing_user",
    )
    need_count = fields.Integer(
        compute="_compute_need_count", groups="smart_purchasing_central.group_purchasing_user"
    )

    def _compute_need_count(self):
        for campaign in self:
            campaign.need_count = len(campaign.need_ids)

    def action_view_needs(self):
        """Open what members said that they need."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_purchasing_central.coop_purchase_need_action"
        )
        return action | {"domain": [("campaign_ids", "in", self.ids)], "context": {}}

    def action_view_pledges(self):
        """Open what is pledged."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_purchasing_central.coop_purchase_pledge_action"
        )
        return action | {"domain": [("campaign_id", "in", self.ids)]}
