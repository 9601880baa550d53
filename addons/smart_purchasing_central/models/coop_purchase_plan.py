from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from odoo.addons.smart_membership.lib.selection_order import in_order

LONGEST = 900


class CoopPurchasePlan(models.Model):
    """Who delivers what: made by the optimiser from frozen demand and evaluated offers.

    A plan is a question with its answer. The question is kept as it was asked (``input_text``), so
    that everybody can ask it again; the answer is made in the background (``_cron_calculate``).
    """

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
        group_expand=in_order("kind"),
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
        group_expand=in_order("state"),
    )
    # The question.
    max_suppliers = fields.Integer(readonly=True, help="At most so many suppliers; zero: no limit.")
    min_mean_score = fields.Float(
        readonly=True,
        help="The eco and social score, 0 to 100, that what is bought reaches on average.",
    )
    max_co2 = fields.Float(
        "At Most CO2 (kg)", readonly=True, help="Of all goods together; zero: no limit."
    )
    excluded_partner_ids = fields.Many2many(
        "res.partner",
        "coop_purchase_plan_excluded_rel",
        string="Without",
        readonly=True,
        help="Suppliers that deliver nothing.",
    )
    required_partner_ids = fields.Many2many(
        "res.partner",
        "coop_purchase_plan_required_rel",
        string="Certainly From",
        readonly=True,
        help="Suppliers that deliver something.",
    )
    takes_what_is_there = fields.Boolean(
        readonly=True,
        help="Where suppliers have less than is wanted, plan what they have: the rule for "
        "shortages shares it.",
    )
    time_limit = fields.Integer("Time (s)", default=60, required=True, readonly=True)
    input_text = fields.Text(readonly=True, help="What the optimiser was given, as JSON.")
    input_hash = fields.Char(readonly=True, help="SHA-256 of what it was given.")
    # The way to the answer.
    progress = fields.Float("Progress (%)", readonly=True)
    attempts = fields.Integer(readonly=True, help="How often the calculation was started.")
    started_at = fields.Datetime("Started on", readonly=True)
    finished_at = fields.Datetime("Finished on", readonly=True)
    seconds = fields.Float("Calculated (s)", readonly=True)
    solver = fields.Char(readonly=True)
    failure_facts = fields.Json(readonly=True, help="Why there is no answer: code and facts.")
    # The answer.
    solution = fields.Selection(
        [
            ("optimal", "Proven optimum"),
            ("feasible", "Within the gap"),
            ("infeasible", "Impossible"),
        ],
        readonly=True,
    )
    blocking = fields.Json(readonly=True, help="What blocks, as the optimiser tells it.")
    cost = fields.Monetary(
        readonly=True,
        help="Goods, deliveries, and what counts for units that nobody wants and for later use.",
    )
    bound = fields.Monetary("Lower Bound", readonly=True, help="No plan costs less than this.")
    gap = fields.Float(
        "Gap (%)",
        compute="_compute_gap",
        digits=(8, 3),
        help="How much cheaper the best plan could be at most.",
    )
    goods_amount = fields.Monetary("Goods", readonly=True)
    delivery_amount = fields.Monetary("Deliveries", readonly=True)
    later_amount = fields.Monetary(
        "Use and Disposal",
        readonly=True,
        help="What the goods cost later, where the campaign counts it. Nobody is charged for it.",
    )
    mean_score = fields.Float(readonly=True, aggregator="avg", help="By units.")
    co2_kg = fields.Float("CO2 (kg)", readonly=True, help="Of the goods, as far as known.")
    supplier_count = fields.Integer("Suppliers", readonly=True)
    line_ids = fields.One2many("coop.purchase.plan.line", "plan_id", readonly=True)
    dropped_line_ids = fields.Many2many(
        "coop.purchase.pledge.line",
        "coop_purchase_plan_dropped_rel",
        string="Too Dear For",
        readonly=True,
        help="Pledges that get nothing in this plan: it costs more than they accept.",
    )
    dropped_count = fields.Integer("Left Out", readonly=True)
    is_chosen = fields.Boolean("Chosen", compute="_compute_is_chosen")

    _one_calculation = models.Constraint(
        "CHECK (time_limit > 0 AND max_suppliers >= 0 AND min_mean_score >= 0 AND max_co2 >= 0)",
        "Limits are not negative, and a calculation takes some time.",
    )

    # ------------------------------------------------------------------
    # Constraints, compute
    # ------------------------------------------------------------------

    @api.constrains("time_limit", "min_mean_score")
    def _check_limits(self):
        for plan in self:
            if plan.time_limit > LONGEST:
                raise ValidationError(
                    self.env._(
                        "%(plan)s: a calculation takes %(longest)s seconds at most.",
                        plan=plan.display_name,
                        longest=LONGEST,
                    )
                )
            if plan.min_mean_score > 100:
                raise ValidationError(
                    self.env._("%(plan)s: scores end at 100.", plan=plan.display_name)
                )

    @api.constrains("excluded_partner_ids", "required_partner_ids")
    def _check_partners(self):
        for plan in self:
            both = plan.excluded_partner_ids & plan.required_partner_ids
            if both:
                raise ValidationError(
                    self.env._(
                        "%(suppliers)s cannot be left out and used in the same plan: choose one.",
                        suppliers=", ".join(both.mapped("display_name")),
                    )
                )

    @api.depends("cost", "bound")
    def _compute_gap(self):
        for plan in self:
            plan.gap = 100 * (plan.cost - plan.bound) / plan.cost if plan.cost else 0.0

    @api.depends("campaign_id.plan_id")
    def _compute_is_chosen(self):
        for plan in self:
            plan.is_chosen = plan.campaign_id.plan_id == plan

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_cancel(self):
        """Stop the calculation: what was found so far is forgotten.

        :raise UserError: it is over
        """
        self._check_buyer()
        self._take_turn()
        # Nobody writes a plan by hand.
        for plan in self.sudo():
            if plan.state not in ("queued", "running"):
                raise UserError(self.env._("%(plan)s is over already.", plan=plan.display_name))
            plan.write({"state": "cancelled", "finished_at": fields.Datetime.now()})
        return True

    def action_retry(self):
        """Calculate again, with what is known now.

        :raise UserError: it is still being calculated, or the orders are placed
        """
        self._check_buyer()
        self.campaign_id._check_can_plan()
        self._take_turn()
        for plan in self.sudo():
            if plan.state in ("queued", "running"):
                raise UserError(self.env._("%(plan)s is being calculated.", plan=plan.display_name))
            if plan.is_chosen:
                raise UserError(
                    self.env._(
                        "%(plan)s is the chosen plan of %(campaign)s: make another one instead.",
                        plan=plan.display_name,
                        campaign=plan.campaign_id.display_name,
                    )
                )
            plan.write({"state": "queued", "attempts": 0})
        self._wake()
        return True

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_buyer(self):
        """Check that the user leads the campaigns of these plans.

        :raise AccessError: who does not
        """
        self.check_access("read")
        self.campaign_id.check_access("write")

    def _take_turn(self):
        """Make the calculation and other people wait; then read as the last one left it."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL("UPDATE coop_purchase_plan SET attempts = attempts WHERE id = ANY(%s)", self.ids),
            log_exceptions=False,
        )
        self.invalidate_recordset()

    def _get_empty_answer(self):
        """Return the values of a plan without an answer."""
        return {
            "solution": False,
            "blocking": False,
            "failure_facts": False,
            "cost": 0.0,
            "bound": 0.0,
            "goods_amount": 0.0,
            "delivery_amount": 0.0,
            "later_amount": 0.0,
            "mean_score": 0.0,
            "co2_kg": 0.0,
            "supplier_count": 0,
            "dropped_count": 0,
            "dropped_line_ids": [fields.Command.clear()],
            "line_ids": [fields.Command.clear()],
            "progress": 0.0,
            "seconds": 0.0,
            "finished_at": False,
        }

    def _get_form_action(self):
        """Return the action that opens this plan."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
