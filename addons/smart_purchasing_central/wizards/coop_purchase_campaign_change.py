from odoo import api, fields, models
from odoo.exceptions import UserError


class CoopPurchaseCampaignChange(models.TransientModel):
    """Ask what a campaign that is under way needs to change, and why: members get to read it."""

    _name = "coop.purchase.campaign.change"
    _description = "Change of a Purchase Campaign"

    campaign_id = fields.Many2one("coop.purchase.campaign", required=True)
    campaign_state = fields.Selection(related="campaign_id.state")
    kind = fields.Selection(
        [
            ("extend", "Extend"),
            ("reopen", "Reopen"),
            ("split", "Split"),
            ("cancel", "Cancel"),
        ],
        required=True,
    )
    reason = fields.Text(required=True)
    pledge_deadline = fields.Datetime()
    boxfill_deadline = fields.Datetime("Box Filling Deadline")
    title = fields.Char("Title of the Other", compute="_compute_title", store=True, readonly=False)
    product_ids = fields.Many2many(
        "coop.purchase.campaign.product",
        "coop_purchase_campaign_change_product_rel",
        "change_id",
        "product_id",
        string="Products of the Other",
        domain="[('campaign_id', '=', campaign_id)]",
    )

    @api.depends("campaign_id")
    def _compute_title(self):
        for change in self:
            change.title = change.campaign_id.title

    def action_apply(self):
        """Go the step.

        :raise UserError: naming what stands in the way
        """
        self.ensure_one()
        self.check_access("write")
        campaign, reason = self.campaign_id, self.reason.strip()
        campaign.check_access("write")
        if not reason:
            raise UserError(self.env._("Say why: members get to read it."))
        if self.kind in ("reopen", "cancel"):
            campaign._check_manager()
        # Who may change the campaign was checked; pledges are moved by the system only.
        campaign = campaign.sudo()
        if self.kind == "extend":
            campaign._extend(self.pledge_deadline, self.boxfill_deadline, reason)
        elif self.kind == "reopen":
            campaign._reopen(self.pledge_deadline, self.boxfill_deadline, reason)
        elif self.kind == "cancel":
            campaign._cancel(reason)
        else:
            campaign = campaign._split(self.product_ids.sudo(), self.title, reason)
        return {
            "type": "ir.actions.act_window",
            "res_model": campaign._name,
            "res_id": campaign.id,
            "view_mode": "form",
        }
