from datetime import timedelta
from decimal import Decimal

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .offer_common import OfferCase


@tagged("post_install", "-at_install")
class TestOfferEvaluation(OfferCase):
    """Scores by the announced criteria, explained point by point."""

    def _evaluate(self, user=None):
        self._close_tender()
        return self.campaign.with_user(user or self.buyer).action_evaluate()

    # ------------------------------------------------------------------
    # Criteria
    # ------------------------------------------------------------------

    def test_weights_are_announced_and_stay(self):
        row = self.campaign.criterion_ids[0]
        third = self.by_co2.copy({"name": "A third"})
        for change in (
            lambda: row.write({"weight": 61}),
            row.unlink,
            lambda: row.copy({"criterion_id": third.id}),
            lambda: self.campaign.write({"counts_life_cycle": False}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()
        # What a label is worth later does not count here.
        self.label.value = 10
        self._create_evidence(self.roaster)
        offer = self._create_offer(self.roaster, {self.coffee_bought: [(0, 5)]})
        self._evaluate()
        self.assertEqual(offer.line_ids.score_ids[0].value, 80)

    def test_weights_not_100(self):
        for weights in ((60, 39.99), (60, 40.01), (0, 0)):
            campaign = self._create_campaign()
            for row, weight in zip(campaign.criterion_ids, weights, strict=True):
                row.weight = weight
            with self.subTest(weights), self.assertRaisesRegex(UserError, "sum to 100"):
                campaign._write_decision({"state": "open"})
            self.assertEqual(campaign.state, "draft")
        third = self._create_campaign(
            criterion_ids=[
                Command.create({"criterion_id": self.by_label.id, "weight": 33.33}),
                Command.create({"criterion_id": self.by_co2.id, "weight": 66.67}),
            ]
        )
        third._write_decision({"state": "open"})
        self.assertTrue(all(third.criterion_ids.mapped("rules_text")))

    def test_usual_criteria_are_proposed(self):
        self.by_label.default_weight = 70
        campaign = self.system["coop.purchase.campaign"].create(
            {"title": "Paper", "company_id": self.company.id}
        )
        self.assertEqual(campaign.criterion_ids.criterion_id, self.by_label)
        self.assertEqual(campaign.weight_total, 70)

    # ------------------------------------------------------------------
    # Scores
    # ------------------------------------------------------------------

    def test_score_is_the_sum_of_its_points(self):
        self._create_evidence(self.roaster)
        first = self._create_offer(self.roaster, {self.coffee_bought: [(0, 5)]}, co2_grams=250)
        second = self._create_offer(self.trader, {self.coffee_bought: [(0, 4)]}, co2_grams=0)
        self.coffee.co2_grams = 500
        self.assertIsNot(self._evaluate(), None)
        self.assertEqual((first.state, second.state), ("evaluated", "evaluated"))
        self.assertEqual(self.campaign.state, "evaluated")
        # 60 % of 80 and 40 % of 75; 0 and 40 % of 50.
        self.assertEqual((first.line_ids.score, second.line_ids.score), (78, 20))
        for line in (first | second).line_ids:
            self.assertAlmostEqual(sum(line.score_ids.mapped("points")), line.score, 2)
        self.assertEqual(
            [row.finding for row in (first | second).line_ids.score_ids],
            ["ok", "declared", "missing", "factor"],
        )
        explanations = first.line_ids.score_ids.mapped("explanation")
        self.assertEqual(
            explanations[0],
            f"Green Leaf GL-{self.roaster.id}, Counts: value 80, times 60 % makes 48.00 points",
        )
        self.assertIn("250 g CO2 a unit, Declared by the supplier: value 75", explanations[1])

    def _hand_in_late(self, evidence):
        evidence._write_decision({"handed_in_on": evidence.handed_in_on + timedelta(days=1)})

    def test_only_sound_evidence_counts(self):
        """Expired, late, not reviewed or refused: worth nothing, and told of."""
        today = fields.Date.today()
        for finding, values, change in (
            ("expired", {"expiry": today - timedelta(days=1)}, None),
            ("expired", {"valid_from": today + timedelta(days=1)}, None),
            ("ok", {"expiry": today}, None),
            ("unreviewed", {"accept": False}, None),
            ("late", {}, self._hand_in_late),
            ("missing", {"product_id": self.tea.id}, None),
            ("ok", {"product_id": self.coffee.id}, None),
        ):
            with self.subTest(finding, **values):
                savepoint = self.env.cr.savepoint()
                evidence = self._create_evidence(self.roaster, **values)
                if change:
                    change(evidence)
                offer = self._create_offer(self.roaster, {self.coffee_bought: [(0, 5)]})
                self._evaluate()
                row = offer.line_ids.score_ids[0]
                self.assertEqual((row.finding, row.points), (finding, 48 * (finding == "ok")))
                self.env.flush_all()
                savepoint.close(rollback=True)
                self.env.invalidate_all()

    def test_a_label_that_expires_before_the_order_is_flagged(self):
        evidence = self._create_evidence(self.roaster, expiry=fields.Date.today())
        self._create_offer(self.roaster, {self.coffee_bought: [(0, 5)]})
        self._evaluate()
        campaign = self.campaign.with_user(self.buyer)
        self.assertFalse(campaign._get_expired_evidence())
        evidence._write_decision({"expiry": fields.Date.today() - timedelta(days=1)})
        self.assertEqual(campaign._get_expired_evidence().ids, evidence.ids)
        self.assertEqual(campaign.expired_evidence_count, 1)

    def test_knock_out_and_threshold(self):
        self.campaign._write_decision({"state": "draft"})
        self.campaign.criterion_ids[0].is_knock_out = True
        self.campaign.criterion_ids[1].threshold = 50
        self.campaign._write_decision({"state": "open"})
        self._create_evidence(self.roaster)
        good = self._create_offer(self.roaster, {self.coffee_bought: [(0, 9)]}, co2_grams=500)
        bad = self._create_offer(self.trader, {self.coffee_bought: [(0, 1)]}, co2_grams=501)
        self._evaluate()
        self.assertEqual((good.state, bad.state), ("evaluated", "knocked_out"))
        self.assertEqual(
            bad.line_ids.knock_out_reason, "Ecological labels of the test, CO2 of the test"
        )
        self.assertFalse(good.line_ids.is_knocked_out)
        self.assertFalse(good.line_ids.knock_out_reason)
        self.assertEqual(
            self.campaign.with_user(self.buyer)._get_eligible_offer_lines().ids, good.line_ids.ids
        )
        self.assertIn("an offer is out", bad.line_ids.score_ids[0].explanation)
        self.assertIn("asks for at least 50", bad.line_ids.score_ids[1].explanation)

    def test_why_an_offer_is_out_is_read_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_BE")
        self.env["res.lang"]._activate_lang("nl_BE")
        row = self.campaign.criterion_ids[0]
        row.criterion_id.with_context(lang="nl_BE").name = "Milieulabels"
        row.criterion_id.with_context(lang="fr_BE").name = "Labels de la nature"
        self.campaign._write_decision({"state": "draft"})
        row.is_knock_out = True
        self.campaign._write_decision({"state": "open"})
        offer = self._create_offer(self.trader, {self.coffee_bought: [(0, 1)]})
        self.buyer.lang = "fr_BE"
        self._evaluate()
        for lang, reason in (
            ("fr_BE", "Labels de la nature"),
            ("nl_BE", "Milieulabels"),
            ("en_US", "Ecological labels of the test"),
        ):
            self.assertEqual(offer.line_ids.with_context(lang=lang).knock_out_reason, reason)

    def test_all_knocked_out(self):
        self.campaign._write_decision({"state": "draft"})
        self.campaign.criterion_ids[0].is_knock_out = True
        self.campaign._write_decision({"state": "open"})
        offer = self._create_offer(self.roaster, {self.coffee_bought: [(0, 9)]})
        said = self._evaluate()["params"]
        self.assertIn("All offers are out, for [COF] Coffee, [TEA] Tea", said["message"])
        self.assertEqual((self.campaign.state, offer.state), ("frozen", "knocked_out"))
        self.assertTrue(offer.line_ids.score_ids)
        self.assertFalse(self.campaign._get_eligible_offer_lines())

    def test_validity_that_ended(self):
        offer = self._create_offer(
            self.roaster, {self.coffee_bought: [(0, 9)]}, valid_until=fields.Date.today()
        )
        offer._write_decision({"valid_until": fields.Date.today() - timedelta(days=1)})
        self._evaluate()
        self.assertIn("valid until", offer.line_ids.knock_out_reason)

    def test_nobody_offered(self):
        with self.assertRaisesRegex(UserError, "Nobody offered"):
            self._evaluate()

    def test_not_before_the_deadline(self):
        self._create_offer(self.roaster, {self.coffee_bought: [(0, 9)]})
        self.campaign._write_decision({"state": "frozen"})
        with self.assertRaisesRegex(UserError, "sealed until their deadline"):
            self.campaign.with_user(self.buyer).action_evaluate()
        self.campaign._write_decision({"state": "open"})
        with self.assertRaises(UserError):
            self.campaign.with_user(self.buyer).action_evaluate()

    def test_again_gives_the_same(self):
        self._create_evidence(self.roaster)
        offer = self._create_offer(self.roaster, {self.coffee_bought: [(0, 9)]}, co2_grams=100)
        self._evaluate()
        before = (offer.line_ids.score, len(offer.line_ids.score_ids))
        self.campaign.with_user(self.buyer).action_evaluate()
        self.assertEqual((offer.line_ids.score, len(offer.line_ids.score_ids)), before)

    def test_interval_of_each_weight(self):
        """80 and 0 against 0 and 99.9: the first wins from 55.54 % for labels on."""
        self._create_evidence(self.roaster)
        first = self._create_offer(self.roaster, {self.coffee_bought: [(0, 5)]}, co2_grams=1000)
        self._create_offer(self.trader, {self.coffee_bought: [(0, 5)]}, co2_grams=1)
        self._evaluate()
        rows = self.campaign.interval_ids
        self.assertEqual(rows.offer_line_id, first.line_ids)
        self.assertEqual(
            [(row.weight, row.low, row.high) for row in rows],
            [(60, 55.54, 100), (40, 0, 44.46)],
        )

    def test_an_offer_that_joins_changes_no_score(self):
        self._create_evidence(self.roaster)
        first = self._create_offer(self.roaster, {self.coffee_bought: [(0, 5)]}, co2_grams=400)
        savepoint = self.env.cr.savepoint()
        self._evaluate()
        alone = first.line_ids.score
        self.env.flush_all()
        savepoint.close(rollback=True)
        self.env.invalidate_all()
        self._create_offer(self.trader, {self.coffee_bought: [(0, 1)]}, co2_grams=1)
        self._evaluate()
        self.assertEqual(first.line_ids.score, alone)
        self.assertGreater(alone, 0)

    # ------------------------------------------------------------------
    # Money
    # ------------------------------------------------------------------

    def test_company_currency_at_the_rate_of_the_deadline(self):
        currency = self.system["res.currency"].create({"name": "QQQ", "symbol": "q"})
        offer = self._create_offer(
            self.roaster,
            {self.coffee_bought: [(0, 10.01), (100, 9.99)]},
            offer_currency_id=currency.id,
            delivery_cost=33.33,
            minimum_order=100,
        )
        self._close_tender()
        with self.assertRaisesRegex(UserError, "no rate of it is known on"):
            self.campaign.with_user(self.buyer).action_evaluate()
        today = self.campaign.offer_deadline.date()
        Rate = self.system["res.currency.rate"]
        Rate.create(
            [
                {
                    "currency_id": currency.id,
                    "company_id": self.company.id,
                    "name": today + timedelta(days=days),
                    "rate": rate,
                }
                for days, rate in ((5, 4.0),)
            ]
        )
        with self.assertRaisesRegex(UserError, "no rate of it is known on"):
            offer._get_rate()
        Rate.create(
            {
                "currency_id": currency.id,
                "company_id": self.company.id,
                "name": today - timedelta(days=1),
                "rate": 2.0,
            }
        )
        self.campaign.with_user(self.buyer).action_evaluate()
        self.assertEqual(
            offer.line_ids._get_tiers_in_company_currency(),
            [(0, Decimal("5.01")), (100, Decimal("5.00"))],
        )
        self.assertEqual(
            offer._get_terms_in_company_currency(),
            {
                "delivery_cost": Decimal("16.67"),
                "free_delivery_from": Decimal(0),
                "minimum_order": Decimal(50),
            },
        )

    def test_life_cycle_cost_counts_as_price(self):
        offer = self._create_offer(self.roaster, {self.coffee_bought: [(0, 5)]}, submit=False)
        offer.line_ids.life_cycle_cost = 2.5
        self.assertEqual(offer.line_ids._get_tiers_in_company_currency(), [(0, Decimal("5.00"))])
        self.assertEqual(
            offer.line_ids._get_tiers_in_company_currency(with_life_cycle=True),
            [(0, Decimal("7.50"))],
        )

    # ------------------------------------------------------------------
    # Access
    # ------------------------------------------------------------------

    def test_scores_are_not_written_by_hand(self):
        offer = self._create_offer(self.roaster, {self.coffee_bought: [(0, 5)]})
        self._evaluate()
        line = offer.line_ids.with_user(self.manager)
        for vals in ({"score": 100}, {"is_knocked_out": False}, {"lapsed_on": False}):
            with self.assertRaises(AccessError):
                line.write(vals)
        with self.assertRaises(AccessError):
            line.score_ids.write({"points": 100})
        with self.assertRaises(AccessError):
            self.campaign.interval_ids.with_user(self.manager).write({"low": 0})

    def test_managers_review_evidence(self):
        evidence = self._create_evidence(self.roaster, accept=False)
        with self.assertRaisesRegex(UserError, "Managers"):
            evidence.with_user(self.buyer).action_accept()
        with self.assertRaises(UserError):
            evidence.with_user(self.buyer).write({"state": "accepted"})
        with self.assertRaisesRegex(UserError, "Say why"):
            evidence.with_user(self.manager).action_refuse()
        evidence.with_user(self.manager).action_accept()
        self.assertEqual((evidence.state, evidence.reviewer_id), ("accepted", self.manager))
        with self.assertRaises(UserError):
            evidence.with_user(self.manager).write({"expiry": "2099-12-31"})
        with self.assertRaises(UserError):
            evidence.with_user(self.manager).action_accept()

    def test_queries_do_not_grow_with_the_offers(self):
        """Ten suppliers cost as many queries as three, but for batches."""
        counts = []
        for number in (3, 10):
            campaign = self._create_campaign(supplier_ids=[])
            campaign._write_decision({"state": "open"})
            suppliers = self.system["res.partner"].create(
                [{"name": f"S{number}-{place}"} for place in range(number)]
            )
            for supplier in suppliers:
                self._create_offer(
                    supplier, {one: [(0, 5), (10, 4)] for one in campaign.product_ids}, campaign
                )
            self._close_tender(campaign)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            campaign.with_user(self.buyer).action_evaluate()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(campaign.state, "evaluated")
        self.assertLessEqual(counts[1] - counts[0], 20, counts)
