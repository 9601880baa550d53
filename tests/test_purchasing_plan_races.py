"""A plan that several people choose, order by or stop at the same moment."""

from race import RaceCase

from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.smart_purchasing_central.lib.plan_run import make_plan

# Children first.
TABLES = [
    "coop_purchase_allocation_move",
    "coop_purchase_allocation",
    "coop_purchase_plan",
    "coop_purchase_pledge_change",
    "coop_purchase_pledge",
    "coop_supplier_offer",
    "purchase_order",
    "coop_purchase_campaign",
]
# What the database keeps as it is.
TRAILS = ("coop_purchase_allocation_move", "coop_purchase_pledge_change")
TRACED = ("purchase.order", "coop.purchase.campaign", "coop.supplier.offer")


class TestPlanRaces(RaceCase):
    """What is ordered is ordered once, by the plan that is chosen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(cls._clean_up_campaigns)
        with cls.connection() as env:
            cls.activity_id = cls._make_activity(env).id
            cls.antenna_id = (
                env["coop.antenna"]
                .create({"name": "Point of a Race", "company_id": cls.company_id})
                .id
            )
            supplier = env["res.partner"].create({"name": "Supplier of a Race"})
            cls.partner_ids += supplier.ids
            cls.supplier_id = supplier.id
            cls.product_id = (
                env["product.product"]
                .create({"name": "Goods of a Race", "type": "service", "supplier_taxes_id": []})
                .id
            )

    @classmethod
    def _clean_up_campaigns(cls):
        with cls.connection() as env:
            for model in TRACED:
                ids = env[model].search([("company_id", "=", cls.company_id)]).ids
                env.cr.execute(
                    "DELETE FROM mail_message WHERE model = %s AND res_id = ANY(%s)", [model, ids]
                )
                env.cr.execute(
                    "DELETE FROM mail_followers WHERE res_model = %s AND res_id = ANY(%s)",
                    [model, ids],
                )
            env.cr.execute(
                "UPDATE coop_purchase_campaign SET plan_id = NULL WHERE company_id = %s",
                [cls.company_id],
            )
            env.cr.execute(
                "UPDATE coop_supplier_offer SET order_id = NULL WHERE company_id = %s",
                [cls.company_id],
            )
            for table in TRAILS:
                env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for table in TABLES:
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
            for table in TRAILS:
                env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            env.cr.execute("DELETE FROM product_value WHERE product_id = %s", [cls.product_id])
            env["product.product"].browse(cls.product_id).unlink()
            env["coop.antenna"].browse(cls.antenna_id).unlink()

    def _make_campaign(self):
        """Return the id of an evaluated campaign, and of a plan of it that is done."""
        with self.connection() as env:
            [campaign] = env["coop.purchase.campaign"].create(
                {
                    "title": "Campaign of a Race",
                    "company_id": self.company_id,
                    "antenna_ids": [Command.set([self.antenna_id])],
                    "product_ids": [
                        Command.create({"product_id": self.product_id, "ceiling_price": 5})
                    ],
                }
            )
            offer = env["coop.supplier.offer"].create(
                {
                    "campaign_id": campaign.id,
                    "company_id": self.company_id,
                    "partner_id": self.supplier_id,
                    "offer_currency_id": campaign.currency_id.id,
                    "line_ids": [
                        Command.create(
                            {
                                "campaign_product_id": campaign.product_ids.id,
                                "tier_ids": [Command.create({"minimum": 0, "price": 4})],
                            }
                        )
                    ],
                }
            )
            offer._write_decision({"state": "evaluated"})
            env["coop.purchase.pledge"].create(
                {
                    "campaign_id": campaign.id,
                    "activity_id": self.activity_id,
                    "partner_id": env["coop.activity"].browse(self.activity_id).partner_id.id,
                    "antenna_id": self.antenna_id,
                    "line_ids": [
                        Command.create(
                            {"campaign_product_id": campaign.product_ids.id, "wanted": 10}
                        )
                    ],
                }
            )
            campaign._write_decision({"state": "evaluated"})
            plan = campaign._ask_for_plan({"name": "Plan of a Race"})
            plan._calculate()
            self.assertEqual((plan.state, plan.cost), ("done", 40))
            return campaign.id, plan.id

    def _on_campaign(self, campaign_id, method):
        def call(env):
            getattr(env["coop.purchase.campaign"].browse(campaign_id), method)()
            return method

        return call

    def _orders(self, env, campaign_id):
        return env["purchase.order"].search([("campaign_id", "=", campaign_id)])

    def test_ordered_twice_at_once(self):
        campaign_id, plan_id = self._make_campaign()
        with self.connection() as env:
            env["coop.purchase.plan"].browse(plan_id).action_choose()
        outcomes = self.at_once([self._on_campaign(campaign_id, "action_order")] * 3)
        refusals = [one for one in outcomes if isinstance(one, UserError)]
        self.assertEqual(len(refusals), 2, outcomes)
        with self.connection() as env:
            campaign = env["coop.purchase.campaign"].browse(campaign_id)
            orders = self._orders(env, campaign_id)
            self.assertEqual((campaign.state, orders.state), ("ordered", "purchase"))
            self.assertEqual(orders.order_line.product_qty, 10)
            self.assertEqual(campaign.allocation_ids.mapped("ordered"), [10])

    def test_ordered_while_the_choice_is_taken_back(self):
        campaign_id, plan_id = self._make_campaign()
        with self.connection() as env:
            env["coop.purchase.plan"].browse(plan_id).action_choose()
        outcomes = self.at_once(
            [
                self._on_campaign(campaign_id, "action_order"),
                self._on_campaign(campaign_id, "action_take_back_plan"),
            ]
        )
        self.assertEqual(sum(isinstance(one, UserError) for one in outcomes), 1, outcomes)
        with self.connection() as env:
            campaign = env["coop.purchase.campaign"].browse(campaign_id)
            ordered = "action_order" in outcomes
            self.assertEqual(bool(self._orders(env, campaign_id)), ordered)
            self.assertEqual(campaign.plan_id.id, plan_id if ordered else False)
            self.assertEqual(campaign.state, "ordered" if ordered else "evaluated")

    def test_stopped_at_the_moment_in_which_it_ends(self):
        """A plan is done with its lines or stopped without, never one with what is of the other."""
        campaign_id, _plan_id = self._make_campaign()
        with self.connection() as env:
            campaign = env["coop.purchase.campaign"].browse(campaign_id)
            plan_id = campaign._ask_for_plan({"name": "Stopped"}).id
            data = env["coop.purchase.plan"].browse(plan_id)._start_calculation()
        answer = make_plan(data, 10)

        def finish(env):
            env["coop.purchase.plan"].browse(plan_id)._finish_calculation(data, answer, None, 1)
            return "finished"

        def stop(env):
            env["coop.purchase.plan"].browse(plan_id).action_cancel()
            return "stopped"

        outcomes = self.at_once([finish, stop])
        with self.connection() as env:
            plan = env["coop.purchase.plan"].browse(plan_id)
            self.assertIn(plan.state, ("done", "cancelled"))
            self.assertEqual(bool(plan.line_ids), plan.state == "done")
            self.assertEqual("stopped" in outcomes, plan.state == "cancelled", outcomes)
