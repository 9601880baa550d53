import json
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.scoring import Rule

# Set at the opening; nobody changes it by hand.
FROZEN_TEXT = "rules_text"


class CoopPurchaseCampaignCriterion(models.Model):
    """How much a criterion counts in a campaign: announced before it opens, frozen from then on."""

    _name = "coop.purchase.campaign.criterion"
    _description = "Criterion of a Purchase Campaign"
    _order = "campaign_id, sequence, id"

    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    criterion_id = fields.Many2one(
        "coop.eco.criterion", required=True, index=True, ondelete="restrict"
    )
    name = fields.Char(related="criterion_id.name")
    weight = fields.Float(
        "Weight (%)", digits=(5, 2), required=True, help="All weights of a campaign sum to 100."
    )
    is_knock_out = fields.Boolean(
        "Condition", help="An offer whose value is zero here is out, whatever else it has."
    )
    threshold = fields.Float(
        digits=(5, 2), help="An offer whose value, 0 to 100, is below this is out."
    )
    rules_text = fields.Text(
        "Frozen Rules", readonly=True, copy=False, help="The value function as announced."
    )

    _criterion_unique = models.Constraint(
        "UNIQUE(campaign_id, criterion_id)", "A campaign names a criterion once."
    )
    _numbers = models.Constraint(
        "CHECK(weight >= 0 AND weight <= 100 AND threshold >= 0 AND threshold <= 100)",
        "Weights and thresholds go from 0 to 100.",
    )

    # ------------------------------------------------------------------
    # CRUD: announced is announced
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.pop(FROZEN_TEXT, None)
        rows = super().create(vals_list)
        rows._check_not_announced()
        return rows

    def write(self, vals):
        self._check_not_announced()
        result = super().write({name: vals[name] for name in vals if name != FROZEN_TEXT})
        self._check_not_announced()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_in_drafts(self):
        self._check_not_announced()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_not_announced(self):
        for campaign in self.campaign_id:
            if campaign.state != "draft":
                raise UserError(
                    self.env._(
                        "The criteria of %(campaign)s were announced when it opened: nobody "
                        "changes them any more.",
                        campaign=campaign.display_name,
                    )
                )

    def _freeze(self, text=None):
        """Keep the value functions as they are announced, or as they were in another campaign."""
        for row in self:
            rules = text or json.dumps(row.criterion_id._prepare_rules(), sort_keys=True)
            row._write_rules({FROZEN_TEXT: rules})

    def _write_rules(self, vals):
        """Write past the checks: it is not edited, it is what is announced."""
        return super().write(vals)  # pylint: disable=super-method-mismatch

    def _get_rules(self):
        """Return the value function: as announced, or as it would be announced now."""
        self.ensure_one()
        return (
            json.loads(self.rules_text) if self.rules_text else self.criterion_id._prepare_rules()
        )

    def _get_rule(self):
        """Return how it counts, in exact numbers."""
        self.ensure_one()
        weight, threshold = (
            Decimal(str(round(number, 2))) for number in (self.weight, self.threshold)
        )
        return Rule(weight, self.is_knock_out, threshold)
