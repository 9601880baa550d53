from odoo import api, fields, models


class CoopPurchasePlanMake(models.TransientModel):
    """What if: a plan with other limits than those of the campaign."""

    _name = "coop.purchase.plan.make"
    _description = "What-if Plan"

    campaign_id = fields.Many2one("coop.purchase.campaign", required=True, ondelete="cascade")
    name = fields.Char(required=True, default=lambda self: self.env._("What if"))
    supplier_ids = fields.Many2many("res.partner", compute="_compute_supplier_ids")
    excluded_partner_ids = fields.Many2many(
        "res.partner",
        "coop_purchase_plan_make_excluded_rel",
        string="Without",
        domain="[('id', 'in', supplier_ids)]",
    )
    required_partner_ids = fields.Many2many(
        "res.partner",
        "coop_purchase_plan_make_required_rel",
        string="Certainly From",
        domain="[('id', 'in', supplier_ids)]",
    )
    max_suppliers = fields.Integer(
        compute="_compute_limits",
        store=True,
        readonly=False,
        help="At most so many suppliers; zero: no limit.",
    )
    min_mean_score = fields.Float(
        compute="_compute_limits",
        store=True,
        readonly=False,
        help="The eco and social score, 0 to 100, that what is bought reaches on average.",
    )
    max_co2 = fields.Float(
        "At Most CO2 (kg)", help="Of all goods together, as far as known; zero: no limit."
    )
    takes_what_is_there = fields.Boolean(
        help="Where suppliers have less than is wanted, plan what they have: the rule for "
        "shortages shares it."
    )
    time_limit = fields.Integer("Time (s)", default=60, required=True)

    @api.depends("campaign_id")
    def _compute_supplier_ids(self):
        for wizard in self:
            wizard.supplier_ids = wizard.campaign_id._get_eligible_offer_lines().partner_id

    @api.depends("campaign_id")
    def _compute_limits(self):
        for wizard in self:
            wizard.max_suppliers = wizard.campaign_id.max_suppliers
            wizard.min_mean_score = wizard.campaign_id.min_mean_score

    def action_make(self):
        """Queue the plan and open it."""
        self.ensure_one()
        self.campaign_id.check_access("write")
        self.campaign_id._check_can_plan()
        plan = self.campaign_id._ask_for_plan(
            {
                "name": self.name,
                "kind": "what_if",
                "excluded_partner_ids": [fields.Command.set(self.excluded_partner_ids.ids)],
                "required_partner_ids": [fields.Command.set(self.required_partner_ids.ids)],
                "max_suppliers": self.max_suppliers,
                "min_mean_score": self.min_mean_score,
                "max_co2": self.max_co2,
                "takes_what_is_there": self.takes_what_is_there,
                "time_limit": self.time_limit,
            }
        )
        return plan._get_form_action()
