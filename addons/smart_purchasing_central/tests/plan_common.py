from contextlib import contextmanager, nullcontext
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import HttpCase, new_test_user

from odoo.addons.smart_activity_billing.tests.common import ActivityCase


class PlanCase(ActivityCase):
    """An evaluated campaign: two products, two suppliers, two pledges.

    Paper comes in steps of 1 from both suppliers, flour in steps of half a kilogram from the near
    one. The near supplier is greener and dearer.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        su = cls.env(su=True)
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.buyer = new_test_user(
            su, "plan_buyer", "smart_purchasing_central.group_purchasing_user", **company
        )
        cls.antenna = su["coop.antenna"].create({"name": "Harbour", "company_id": cls.company.id})
        cls.near, cls.far = su["res.partner"].create(
            [
                {"name": "Near Supplier", "email": "near@example.com"},
                {"name": "Far Supplier", "email": "far@example.com"},
            ]
        )
        cls.paper, cls.flour = cls._make_products("Paper", "Flour")
        cls.campaign = cls._make_campaign()
        cls.campaign_paper = cls._add_product(cls.paper, 5)
        cls.campaign_flour = cls._add_product(cls.flour, 3, step=0.5)
        cls.offer_near = cls._make_offer(cls.near, delivery_cost=10)
        cls.offer_far = cls._make_offer(cls.far, delivery_cost=20, free_delivery_from=100)
        cls.near_paper = cls._add_offer_line(cls.offer_near, cls.campaign_paper, 4, score=80)
        cls.near_flour = cls._add_offer_line(cls.offer_near, cls.campaign_flour, 1.25, score=80)
        cls.far_paper = cls._add_offer_line(
            cls.offer_far, cls.campaign_paper, 3.5, {10: 3}, score=40, pack=5
        )
        cls.pledge = cls._make_pledge(cls.workshop)
        cls.other_pledge = cls._make_pledge(cls.studio)

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    @classmethod
    def _make_products(cls, *names, **values):
        return (
            cls.env["product.product"]
            .sudo()
            .create(
                [
                    {
                        "name": name,
                        "type": "consu",
                        "is_storable": True,
                        "purchase_method": "purchase",
                        "supplier_taxes_id": [Command.clear()],
                        **values,
                    }
                    for name in names
                ]
            )
        )

    @classmethod
    def _make_campaign(cls, **values):
        Campaign = cls.env["coop.purchase.campaign"].sudo()
        return Campaign._create_decided(
            [
                {
                    "name": f"B9{Campaign.search_count([]):04}",
                    "title": "Supplies",
                    "company_id": cls.company.id,
                    "state": "draft",
                    "antenna_ids": [Command.set(cls.antenna.ids)],
                    "user_id": cls.buyer.id,
                    "pledge_deadline": fields.Datetime.now() - timedelta(days=1),
                    **values,
                }
            ]
        )

    @classmethod
    def _add_product(cls, product, ceiling, **values):
        state = cls.campaign.state
        cls.campaign._write_decision({"state": "draft"})
        added = cls.env(su=True)["coop.purchase.campaign.product"].create(
            {
                "campaign_id": cls.campaign.id,
                "product_id": product.id,
                "ceiling_price": ceiling,
                **values,
            }
        )
        cls.campaign._write_decision({"state": state})
        return added

    @classmethod
    def _make_offer(cls, partner, **values):
        Offer = cls.env["coop.supplier.offer"].sudo()
        return Offer._create_decided(
            [
                {
                    "name": f"O9{Offer.search_count([]):04}",
                    "campaign_id": cls.campaign.id,
                    "company_id": cls.company.id,
                    "partner_id": partner.id,
                    "offer_currency_id": cls.company.currency_id.id,
                    "state": "draft",
                    **values,
                }
            ]
        )

    @classmethod
    def _add_offer_line(cls, offer, product, price, tiers=None, score=0, **values):
        """Offer a product at a price, and at others from more units on (``tiers``)."""
        with cls._as_draft(offer):
            return cls.env(su=True)["coop.supplier.offer.line"].create(
                {
                    "offer_id": offer.id,
                    "campaign_product_id": product.id,
                    "tier_ids": [
                        Command.create({"minimum": start, "price": amount})
                        for start, amount in {0: price, **(tiers or {})}.items()
                    ],
                    "score": score,
                    **values,
                }
            )

    @classmethod
    @contextmanager
    def _as_draft(cls, offer):
        """Let an offer be changed that is handed in."""
        state = offer.state
        offer._write_decision({"state": "draft"})
        yield
        offer._write_decision({"state": state})

    @classmethod
    def _change(cls, offer_line, **values):
        with cls._as_draft(offer_line.offer_id):
            offer_line.write(values)

    @classmethod
    def _make_pledge(cls, activity, **values):
        return (
            cls.env["coop.purchase.pledge"]
            .sudo()
            .create(
                {
                    "campaign_id": cls.campaign.id,
                    "activity_id": activity.id,
                    "partner_id": activity.partner_id.id,
                    "antenna_id": cls.antenna.id,
                    **values,
                }
            )
        )

    @classmethod
    def _want(cls, pledge, product, wanted, tolerance=0, minimum=0, **values):
        return (
            cls.env["coop.purchase.pledge.line"]
            .sudo()
            .create(
                {
                    "pledge_id": pledge.id,
                    "campaign_product_id": product.id,
                    "wanted": wanted,
                    "tolerance": tolerance,
                    "minimum_acceptable": minimum,
                    **values,
                }
            )
        )

    @classmethod
    def _evaluate(cls):
        """Leave the campaign as the evaluation of its offers does."""
        offers = cls.offer_near | cls.offer_far
        offers._write_decision({"state": "evaluated", "is_opened": True})
        cls.campaign._write_decision({"state": "evaluated"})

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _plan(self, **values):
        """Ask for a plan and calculate it as the scheduled action does; return it."""
        plan = self.campaign.with_user(self.buyer)._ask_for_plan({"name": "A plan", **values})
        self._calculate()
        return plan.with_env(self.env(su=True))

    def _calculate(self):
        """Calculate all plans that wait."""
        Plan = self.env["coop.purchase.plan"]
        # The server of a browser test shares the connection already.
        shared = isinstance(self, HttpCase)
        with nullcontext() if shared else self.enter_registry_test_mode():
            while Plan.sudo().search_count([("state", "in", ("queued", "running"))]):
                self.env.ref(
                    "smart_purchasing_central.ir_cron_purchase_plan"
                ).sudo().method_direct_trigger()
                self.env.invalidate_all()
        self.env.invalidate_all()

    def _bought(self, plan):
        return {line.offer_line_id: line.units for line in plan.sudo().line_ids}

    def _allocated(self, line):
        """Return ``{offer line: quantity}`` of what a pledge line was allocated."""
        allocations = self.env["coop.purchase.allocation"].search(
            [("pledge_line_id", "=", line.id)]
        )
        return {one.order_line_id.order_id.partner_id: one.ordered for one in allocations}
