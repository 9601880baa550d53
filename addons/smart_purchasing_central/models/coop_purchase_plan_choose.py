from odoo import models
from odoo.exceptions import UserError


class CoopPurchasePlan(models.Model):
    """Choosing a plan: the one that the campaign orders by."""

    _inherit = "coop.purchase.plan"

    def action_choose(self):
        """Let the campaign order by this plan.

        :raise UserError: it is no plan to order by, naming what to do
        """
        self.ensure_one()
        self._check_buyer()
        campaign = self.campaign_id
        campaign._take_turn()
        campaign._check_can_plan()
        campaign._check_not_placed()
        self._check_can_order()
        campaign._write_decision({"plan_id": self.id})
        campaign.message_post(
            body=self.env._(
                "%(plan)s is chosen: %(cost)s, mean score %(score)s, suppliers: %(suppliers)s.",
                plan=self.display_name,
                cost=self.currency_id.format(self.cost),
                score=round(self.mean_score, 1),
                suppliers=self.supplier_count,
            )
        )
        return True

    def _check_can_order(self):
        """Check that this plan is one to order by, as things are now.

        :raise UserError: naming what to do
        """
        self.ensure_one()
        self.invalidate_recordset()
        if self.state != "done" or self.solution not in ("optimal", "feasible"):
            raise UserError(
                self.env._(
                    "%(plan)s buys nothing: choose a plan that is done and possible.",
                    plan=self.display_name,
                )
            )
        if self.is_stale:
            raise UserError(
                self.env._(
                    "%(plan)s is out of date: its demand, its offers or their scores have changed "
                    "since. Calculate it again.",
                    plan=self.display_name,
                )
            )
        # The plan's own lines are read whoever chooses; who does was checked.
        self.sudo()._verify()
