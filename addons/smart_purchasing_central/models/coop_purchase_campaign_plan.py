from odoo import api, fields, models
from odoo.exceptions import UserError

from ..optimizer import scores_between

# How many plans tell what greener costs.
GREENER_PLANS = 5


class CoopPurchaseCampaign(models.Model):
    """The plans of a campaign: asked for by its buyers, made in the background."""

    _inherit = "coop.purchase.campaign"

    plan_count = fields.Integer("Number of Plans", compute="_compute_plan_count")

    @api.depends("plan_ids")
    def _compute_plan_count(self):
        counts = dict(
            self.env["coop.purchase.plan"]._read_group(
                [("campaign_id", "in", self.ids)], ["campaign_id"], ["__count"]
            )
        )
        for campaign in self:
            campaign.plan_count = counts.get(campaign._origin, 0)

    def _decided_fields(self):
        return super()._decided_fields() | {"plan_id"}

    def _write_decision(self, vals):
        """Forget the choice of a plan when there is anything to decide on anew."""
        if vals.get("state") in ("open", "boxfill", "frozen", "cancelled"):
            self._check_not_placed()
            vals = {**vals, "plan_id": False}
        if vals.get("state") == "cancelled":
            self._get_requests().button_cancel()
        return super()._write_decision(vals)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_make_plan(self):
        """Ask for the cheapest plan within the limits of the campaign.

        :raise UserError: the offers are not evaluated, or the orders are placed
        """
        self.ensure_one()
        self.check_access("write")
        self._check_can_plan()
        plan = self._ask_for_plan({"name": self.env._("Least cost")})
        return plan._get_form_action()

    def action_compare_greener(self):
        """Ask for plans of rising scores: what greener costs.

        :raise UserError: there is no plan yet to compare with
        """
        self.ensure_one()
        self.check_access("write")
        self._check_can_plan()
        best = self.plan_ids.filtered(
            lambda plan: (
                plan.kind == "best"
                and plan.solution in ("optimal", "feasible")
                and plan.state == "done"
                and not plan.is_stale
            )
        )[:1]
        if not best:
            raise UserError(
                self.env._(
                    "Make the plan of least cost of %(campaign)s first: greener ones are compared "
                    "with it.",
                    campaign=self.display_name,
                )
            )
        scores = scores_between(best.mean_score, best._get_highest_score(), GREENER_PLANS)
        if not scores:
            raise UserError(
                self.env._(
                    "The plan of least cost of %(campaign)s is the greenest there is already.",
                    campaign=self.display_name,
                )
            )
        for score in scores:
            self._ask_for_plan(
                {
                    "name": self.env._("Mean score of %(score)s", score=float(score)),
                    "kind": "greener",
                    "min_mean_score": float(score),
                }
            )
        return self.action_view_plans()

    def action_take_back_plan(self):
        """Choose no plan, so that offers can be evaluated again.

        :raise UserError: the orders are placed
        """
        self.ensure_one()
        self.check_access("write")
        self._take_turn()
        self._check_can_plan()
        self._check_not_placed()
        self._write_decision({"plan_id": False})
        return True

    def action_view_plans(self):
        """Open the plans of this campaign."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "smart_purchasing_central.coop_purchase_plan_action"
        )
        return action | {
            "domain": [("campaign_id", "=", self.id)],
            "context": {"default_campaign_id": self.id},
        }

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _check_can_plan(self):
        """Check that plans can be made now.

        :raise UserError: it is too early or too late
        """
        for campaign in self:
            if campaign.state in ("draft", "open", "boxfill", "frozen"):
                raise UserError(
                    self.env._(
                        "%(campaign)s cannot be planned yet: freeze it and evaluate the offers "
                        "first.",
                        campaign=campaign.display_name,
                    )
                )
        self._check_state("evaluated")

    def _check_not_placed(self):
        """Check that no order waits for its confirmation, or is confirmed.

        :raise UserError: naming the campaign
        """
        for campaign in self:
            if campaign._get_placed_orders():
                raise UserError(
                    self.env._(
                        "The orders of %(campaign)s are placed: cancel them first.",
                        campaign=campaign.display_name,
                    )
                )

    def _ask_for_plan(self, values):
        """Queue a plan within the limits of the campaign, unless ``values`` say otherwise."""
        self.ensure_one()
        # Nobody writes a plan by hand: callers check who asks.
        plan = (
            self.env["coop.purchase.plan"]
            .sudo()
            .create(
                {
                    "campaign_id": self.id,
                    "max_suppliers": self.max_suppliers,
                    "min_mean_score": self.min_mean_score,
                    **values,
                }
            )
        )
        plan._wake()
        return plan.sudo(False)
