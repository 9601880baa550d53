"""Offers that are handed in, opened and evaluated at the same moment."""

import time
from datetime import timedelta

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

TABLES = (
    "coop_purchase_plan",
    "coop_eco_weight_interval",
    "coop_supplier_offer_score",
    "coop_supplier_offer_tier",
    "coop_supplier_offer_line",
    "coop_supplier_offer",
    "coop_purchase_campaign_criterion",
    "coop_purchase_campaign_product",
    "coop_purchase_campaign",
)


class TestOfferRaces(RaceCase):
    """An offer is in before the opening or not at all, and all are scored once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.product_id = env["product.product"].create({"name": "Nails of a Race"}).id
            partners = env["res.partner"].create(
                [{"name": f"Supplier {number} of a Race"} for number in range(8)]
            )
            cls.supplier_ids = partners.ids
            cls.criterion_id = (
                env["coop.eco.criterion"]
                .create(
                    {
                        "name": "CO2 of a Race",
                        "kind": "co2",
                        "company_id": cls.company_id,
                        "point_ids": [
                            Command.create({"measured": 0, "value": 100}),
                            Command.create({"measured": 100, "value": 0}),
                        ],
                    }
                )
                .id
            )
        cls.addClassCleanup(cls._clean_up_offers)

    @classmethod
    def _clean_up_offers(cls):
        with cls.connection() as env:
            for model in ("coop.purchase.campaign", "coop.supplier.offer"):
                ids = env[model].search([("company_id", "=", cls.company_id)]).ids
                for table, column in (("mail_message", "model"), ("mail_followers", "res_model")):
                    env.cr.execute(
                        f"DELETE FROM {table} WHERE {column} = %s AND res_id = ANY(%s)",
                        [model, ids],
                    )
            for table in TABLES:
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
            env.invalidate_all()
            env["coop.eco.criterion"].browse(cls.criterion_id).unlink()
            env["product.product"].browse(cls.product_id).unlink()
            env["res.partner"].browse(cls.supplier_ids).unlink()

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _make_campaign(self):
        with self.connection() as env:
            campaign = env["coop.purchase.campaign"].create(
                {
                    "company_id": self.company_id,
                    "title": "Nails",
                    "offer_deadline": fields.Datetime.now() + timedelta(days=1),
                    "supplier_ids": [Command.set(self.supplier_ids)],
                    "criterion_ids": [
                        Command.create({"criterion_id": self.criterion_id, "weight": 100})
                    ],
                    "product_ids": [
                        Command.create({"product_id": self.product_id, "ceiling_price": 5})
                    ],
                }
            )
            campaign._write_decision({"state": "frozen"})
            return campaign.id

    def _make_draft(self, campaign_id, supplier_id):
        with self.connection() as env:
            campaign = env["coop.purchase.campaign"].browse(campaign_id)
            offer = env["coop.supplier.offer"].create(
                {
                    "campaign_id": campaign.id,
                    "partner_id": supplier_id,
                    "line_ids": [
                        Command.create(
                            {
                                "campaign_product_id": campaign.product_ids.id,
                                "co2_grams": 50,
                                "tier_ids": [Command.create({"minimum": 0, "price": 2})],
                            }
                        )
                    ],
                }
            )
            return offer.id

    def _let_it_end(self, campaign_id, seconds=0):
        with self.connection() as env:
            campaign = env["coop.purchase.campaign"].browse(campaign_id)
            deadline = fields.Datetime.now() + timedelta(seconds=seconds)
            campaign._write_decision({"offer_deadline": deadline})

    def _submit(self, offer_id):
        return lambda env: env["coop.supplier.offer"].browse(offer_id).action_submit() and "in"

    def _step(self, campaign_id, name):
        return lambda env: getattr(env["coop.purchase.campaign"].browse(campaign_id), name)()

    # ------------------------------------------------------------------
    # Races
    # ------------------------------------------------------------------

    def test_handed_in_against_the_opening(self):
        """Whoever is in is opened; whoever is late stays a draft that nobody reads."""
        for _round in range(2):
            campaign_id = self._make_campaign()
            offer_ids = [self._make_draft(campaign_id, one) for one in self.supplier_ids]
            self._let_it_end(campaign_id, seconds=1)

            def open_in_time(env, campaign_id=campaign_id):
                time.sleep(0.7)
                for _try in range(40):
                    try:
                        campaign = env["coop.purchase.campaign"].browse(campaign_id)
                        return campaign.action_open_offers()
                    except UserError:
                        time.sleep(0.1)
                raise AssertionError("the deadline never came")

            outcomes = self.at_once([*map(self._submit, offer_ids), open_in_time])
            with self.connection() as env:
                offers = env["coop.supplier.offer"].browse(offer_ids)
                campaign = env["coop.purchase.campaign"].browse(campaign_id)
                self.assertTrue(campaign.offers_opened_on)
                for offer, outcome in zip(offers, outcomes, strict=False):
                    expected = ("submitted", True) if outcome == "in" else ("draft", False)
                    self.assertEqual((offer.state, offer.is_opened), expected, outcome)

    def test_evaluated_twice_at_once(self):
        """Two buttons and the clock: one score for each offer."""
        campaign_id = self._make_campaign()
        offer_ids = [self._make_draft(campaign_id, one) for one in self.supplier_ids[:3]]
        for offer_id in offer_ids:
            with self.connection() as env:
                self._submit(offer_id)(env)
        self._let_it_end(campaign_id)
        outcomes = self.at_once(
            [
                self._step(campaign_id, "action_evaluate"),
                self._step(campaign_id, "action_evaluate"),
                self._step(campaign_id, "action_open_offers"),
            ]
        )
        self.assertEqual(outcomes, [True, True, True])
        with self.connection() as env:
            lines = env["coop.supplier.offer"].browse(offer_ids).line_ids
            self.assertEqual(lines.mapped("score"), [50, 50, 50])
            self.assertEqual(len(lines.score_ids), 3)
            self.assertEqual(len(lines.campaign_id.interval_ids), 1)

    def test_one_supplier_in_two_tabs(self):
        """Two first drafts at once are one offer, as the last one says."""
        campaign_id = self._make_campaign()
        supplier_id = self.supplier_ids[0]

        def save(price):
            def call(env):
                campaign = env["coop.purchase.campaign"].browse(campaign_id)
                person = env["res.partner"].browse(supplier_id)
                line = {"pack": 1, "tiers": [(0, price)]}
                lines = {campaign.product_ids: line}
                return env["coop.supplier.offer"]._fill_in(campaign, person, {}, lines).id

            return call

        outcomes = self.at_once([save(1), save(2)])
        self.assertEqual(len(set(outcomes)), 1, outcomes)
        with self.connection() as env:
            offer = env["coop.supplier.offer"].browse(outcomes[0])
            self.assertEqual((len(offer.line_ids), len(offer.line_ids.tier_ids)), (1, 1))
