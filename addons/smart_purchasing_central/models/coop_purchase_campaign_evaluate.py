from collections import defaultdict
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from ..lib.scoring import find_winner, score, value_at, weight_interval

# From here on the choice of suppliers is public among the members.
AWARDED = ("ordered", "receiving", "settled", "closed")
# Of several pieces of evidence that do not count, the one that comes nearest is told of.
_NEAREST = ("unreviewed", "late", "expired", "refused")


class CoopPurchaseCampaign(models.Model):
    """The evaluation: every offer for every product, by the criteria as they were announced."""

    _inherit = "coop.purchase.campaign"

    interval_ids = fields.One2many("coop.eco.weight.interval", "campaign_id", "Stability")
    expired_evidence_count = fields.Integer(compute="_compute_expired_evidence_count")

    def _compute_expired_evidence_count(self):
        for campaign in self:
            campaign.expired_evidence_count = len(campaign._get_expired_evidence())

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_evaluate(self):
        """Score the offers; until a plan is chosen this can be done again.

        :raise UserError: the campaign is not frozen, nobody offered, or a rate is missing
        :return: a message that names products which nobody delivers any more
        """
        self.check_access("write")
        for campaign in self:
            campaign._bump(campaign)
            campaign.invalidate_recordset(["state", "offers_opened_on", "plan_id"])
            campaign._check_state("frozen", "evaluated")
            campaign._open_offers()
            campaign._evaluate()
        return self._tell_of_products_without_offer()

    # ------------------------------------------------------------------
    # What others build on
    # ------------------------------------------------------------------

    def _get_eligible_offer_lines(self):
        """Return the lines of evaluated offers that no criterion put out."""
        return self.env["coop.supplier.offer.line"].search(
            [
                ("campaign_id", "in", self.ids),
                ("offer_id.state", "in", ("evaluated", "selected", "rejected")),
                ("is_knocked_out", "=", False),
            ],
            order="campaign_product_id, partner_id, id",
        )

    def _get_expired_evidence(self):
        """Return evidence that gave points and does not hold today: it ended, or was refused.

        With a chosen plan, of the offers that it orders from; else of all that can be ordered.
        """
        if not self.offers_opened_on or self.state in ("settled", "closed", "cancelled"):
            return self.env["coop.eco.evidence"]
        domain = [("campaign_id", "in", self.ids), ("finding", "=", "ok")]
        if self.plan_id:
            domain.append(("offer_line_id", "in", self.plan_id.line_ids.offer_line_id.ids))
        else:
            domain.append(("offer_line_id.is_knocked_out", "=", False))
        today = fields.Date.context_today(self)
        evidence = self.env["coop.supplier.offer.score"].search(domain).evidence_id
        return evidence.filtered(lambda one: one._get_finding(today, None) != "ok")

    # ------------------------------------------------------------------
    # Evaluation
    # ------------------------------------------------------------------

    def _evaluate(self):
        """Score all lines of opened offers, whatever their number with the same few queries."""
        self.ensure_one()
        if self.plan_id:
            raise UserError(
                self.env._(
                    "%(campaign)s has a chosen plan: its offers are not evaluated again.",
                    campaign=self.display_name,
                )
            )
        # The evaluation writes what nobody writes by hand.
        offers = self.offer_ids.sudo().filtered(
            lambda offer: (
                offer.is_opened and offer.state in ("submitted", "evaluated", "knocked_out")
            )
        )
        if not offers:
            raise UserError(
                self.env._(
                    "Nobody offered for %(campaign)s: put off the deadline and invite suppliers.",
                    campaign=self.display_name,
                )
            )
        for offer in offers:
            offer._get_rate()
        lines = offers.line_ids
        rows = self.sudo().criterion_ids
        values = self._score_lines(lines, rows)
        self._find_intervals(lines, rows, values)
        for offer in offers:
            out = all(line.is_knocked_out for line in offer.line_ids)
            offer._write_decision({"state": "knocked_out" if out else "evaluated"})
        if any(offer.state == "evaluated" for offer in offers):
            self._write_decision({"state": "evaluated"})

    def _score_lines(self, lines, rows):
        """Write scores and their explanation.

        :return: ``{line: [value by criterion]}``
        """
        answers = self._collect_answers(lines, rows)
        rules = [row._get_rule() for row in rows]
        today = fields.Date.context_today(self)
        points, values = [], {}
        for line in lines:
            found = answers[line]
            values[line] = [answer["value"] for answer in found]
            result = score(rules, values[line])
            for place, (row, answer) in enumerate(zip(rows, found, strict=True)):
                points.append(
                    answer
                    | {
                        "offer_line_id": line.id,
                        "campaign_criterion_id": row.id,
                        "sequence": place,
                        "weight": row.weight,
                        "value": float(answer["value"]),
                        "points": float(result.points[place]),
                        "is_out": place in result.out,
                    }
                )
            until = line.offer_id.valid_until
            lapsed_on = until if until and until < today else False
            line.write(
                {
                    "score": float(result.total),
                    "is_knocked_out": bool(result.out or lapsed_on),
                    "lapsed_on": lapsed_on,
                }
            )
        Score = self.env["coop.supplier.offer.score"].sudo()  # as above
        Score.search([("offer_line_id", "in", lines.ids)]).unlink()
        Score.create(points)
        return values

    def _find_intervals(self, lines, rows, values):
        """Note for each product in which interval of each weight the winner stays the winner."""
        Interval = self.env["coop.eco.weight.interval"].sudo()  # as above
        Interval.search([("campaign_id", "=", self.id)]).unlink()
        weights = [row._get_rule().weight for row in rows]
        if not sum(weights):
            return
        by_product = defaultdict(list)
        for line in lines:
            if not line.is_knocked_out:
                by_product[line.campaign_product_id].append(line)
        found = []
        for product, rivals in by_product.items():
            table = [values[line] for line in rivals]
            winner = find_winner(weights, table)
            for place, row in enumerate(rows):
                low, high = weight_interval(weights, table, winner, place)
                found.append(
                    {
                        "campaign_product_id": product.id,
                        "campaign_criterion_id": row.id,
                        "offer_line_id": rivals[winner].id,
                        "weight": row.weight,
                        "low": float(low),
                        "high": float(high),
                    }
                )
        Interval.create(found)

    # ------------------------------------------------------------------
    # What is known of the offers
    # ------------------------------------------------------------------

    def _collect_answers(self, lines, rows):
        """Return ``{line: [value, finding, measured, evidence_id by criterion]}``."""
        evidence = self._collect_evidence(lines)
        rules = [(row, row._get_rules()) for row in rows]
        return {
            line: [
                self._answer_co2(line, frozen)
                if frozen["kind"] == "co2"
                else self._answer_evidence(line, row, frozen, evidence)
                for row, frozen in rules
            ]
            for line in lines
        }

    def _collect_evidence(self, lines):
        """Return ``{supplier: its evidence}`` that was handed in, of the whole company."""
        # The evaluation weighs all of it, whoever may read it.
        found = (
            self.env["coop.eco.evidence"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("state", "!=", "draft"),
                    ("partner_id", "child_of", lines.partner_id.commercial_partner_id.ids),
                ],
                order="id",
            )
        )
        by_supplier = defaultdict(self.env["coop.eco.evidence"].sudo().browse)
        for one in found:
            by_supplier[one.partner_id.commercial_partner_id] |= one
        return by_supplier

    def _answer_co2(self, line, frozen):
        grams, finding = line.co2_grams, "declared"
        if not grams:
            grams, finding = line.product_id.co2_grams, "factor"
        if not grams:
            return self._prepare_answer(Decimal(0), "unknown")
        return self._prepare_answer(value_at(frozen["points"], grams), finding, grams)

    def _answer_evidence(self, line, row, frozen, evidence):
        """Return what the best evidence gives; expired evidence is worth nothing and is told of."""
        fitting = evidence[line.partner_id.commercial_partner_id].filtered(
            lambda one: (
                (not one.product_id or one.product_id == line.product_id)
                and (
                    str(one.label_id.id) in frozen["labels"]
                    if frozen["kind"] == "label"
                    else one.criterion_id == row.criterion_id
                )
            )
        )
        today = fields.Date.context_today(self)
        findings = {one: one._get_finding(today, self.offer_deadline) for one in fitting}
        counting = [
            (self._get_evidence_value(one, frozen), one)
            for one, finding in findings.items()
            if finding == "ok"
        ]
        if counting:
            value, best = max(counting, key=lambda pair: (pair[0], -pair[1].id))
            return self._prepare_answer(value, "ok", best.number, best)
        for name in _NEAREST:
            for one, finding in findings.items():
                if finding == name:
                    return self._prepare_answer(Decimal(0), name, one.number, one)
        return self._prepare_answer(Decimal(0), "missing")

    def _get_evidence_value(self, evidence, frozen):
        if frozen["kind"] == "label":
            return Decimal(str(round(frozen["labels"][str(evidence.label_id.id)], 2)))
        if frozen["kind"] == "number":
            return value_at(frozen["points"], evidence.number)
        return Decimal(100)

    def _prepare_answer(self, value, finding, measured=0.0, evidence=None):
        return {
            "value": value,
            "finding": finding,
            "measured": measured,
            "evidence_id": evidence.id if evidence else False,
        }

    # ------------------------------------------------------------------
    # What comes of it
    # ------------------------------------------------------------------

    def _tell_of_products_without_offer(self):
        """Return a message about what nobody can deliver; all is well without one."""
        eligible = self._get_eligible_offer_lines().campaign_product_id
        lacking = self.product_ids - eligible
        if not lacking:
            return True
        names = ", ".join(lacking.mapped("product_id.display_name"))
        if eligible:
            message = self.env._(
                "No offer is left for %(products)s: the offers and their points say why.",
                products=names,
            )
        else:
            message = self.env._(
                "All offers are out, for %(products)s: the campaign stays frozen. The points of "
                "the offers say why; put off the deadline in a new campaign, or cancel this one.",
                products=names,
            )
        for campaign in self:
            campaign.message_post(body=message, subtype_xmlid="mail.mt_note")
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
