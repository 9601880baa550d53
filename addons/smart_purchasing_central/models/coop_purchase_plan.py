from odoo import fields, models


class CoopPurchasePlan(models.Model):
    """Who delivers what: made by the optimiser from frozen demand and evaluated offers."""

    _name = "coop.purchase.plan"
    _description = "Purchase Plan"
    _order = "campaign_id desc, id desc"

    name = fields.Char(required=True)
    campaign_id = fields.Many2one(
        "coop.purchase.campaign", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="campaign_id.currency_id")
    kind = fields.Selection(
        [("best", "Least cost"), ("greener", "Greener"), ("what_if", "What if")],
        required=True,
        readonly=True,
        default="best",
    )
    state = fields.Selection(
        [
            ("queued", "Waiting"),
            ("running", "Calculating"),
            ("done", "Done"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="queued",
        required=True,
        readonly=True,
        index=True,
    )
    input_text = fields.Text(readonly=True, help="What the optimiser was given, as JSON.")
    input_hash = fields.Char(readonly=True)
    solution = fields.Selection(
        [
            ("optimal", "Proven optimum"),
            ("feasible", "Within the gap"),
            ("infeasible", "Impossible"),
        ],
        readonly=True,
    )
    cost = fields.Monetary(readonly=True)
    bound = fields.Monetary("Lower Bound", readonly=True, help="No plan costs less than this.")
    mean_score = fields.Float(readonly=True)
    line_ids = fields.One2many("coop.purchase.plan.line", "plan_id", readonly=True)
