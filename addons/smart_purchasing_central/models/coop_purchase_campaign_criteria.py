from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# Rules of the tender: announced with the criteria.
ANNOUNCED = {"counts_life_cycle"}


class CoopPurchaseCampaign(models.Model):
    """The criteria of a campaign: proposed when it is made, frozen when it opens."""

    _inherit = "coop.purchase.campaign"

    criterion_ids = fields.One2many(
        "coop.purchase.campaign.criterion", "campaign_id", "Criteria", copy=True
    )
    weight_total = fields.Float(
        "Sum of the Weights", compute="_compute_weight_total", digits=(5, 2)
    )
    counts_life_cycle = fields.Boolean(
        "Count Life-cycle Cost",
        default=True,
        help="Offers are compared by their price and what use, upkeep and disposal cost.",
    )

    @api.depends("criterion_ids.weight")
    def _compute_weight_total(self):
        for campaign in self:
            campaign.weight_total = sum(campaign.criterion_ids.mapped("weight"))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Propose the criteria that the co-operative usually judges by."""
        for vals in vals_list:
            if "criterion_ids" not in vals:
                vals["criterion_ids"] = self._prepare_default_criteria(vals.get("company_id"))
        return super().create(vals_list)

    def _write_decision(self, vals):
        if vals.get("state") not in (None, "draft", "cancelled"):
            self.filtered(lambda campaign: campaign.state == "draft")._freeze_criteria()
        return super()._write_decision(vals)

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _prepare_default_criteria(self, company_id=None):
        criteria = self.env["coop.eco.criterion"].search(
            [
                ("default_weight", ">", 0),
                ("company_id", "in", (False, company_id or self.env.company.id)),
            ]
        )
        return [
            Command.create({"criterion_id": criterion.id, "weight": criterion.default_weight})
            for criterion in criteria
        ]

    def _freeze_criteria(self):
        """Announce the criteria: from here on nobody changes them.

        :raise UserError: their weights do not sum to 100
        """
        for campaign in self:
            rows = campaign.criterion_ids
            total = sum((row._get_rule().weight for row in rows), Decimal(0))
            if rows and total != 100:
                raise UserError(
                    self.env._(
                        "The weights of the criteria of %(campaign)s sum to %(total)s %%: change "
                        "them until they sum to 100 %% before it opens.",
                        campaign=campaign.display_name,
                        total=f"{total.normalize():f}",
                    )
                )
            rows._freeze()

    def _split(self, products, title, reason):
        """Judge what goes its own way by the rules under which members pledged for it."""
        other = super()._split(products, title, reason)
        for row in self.criterion_ids:
            copies = other.criterion_ids.filtered(
                lambda one, row=row: one.criterion_id == row.criterion_id
            )
            copies._freeze(row.rules_text)
        return other

    def _locked_fields(self):
        locked = super()._locked_fields()
        return locked if self.state == "draft" else locked | ANNOUNCED
