from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib.plan_input import (
    as_text,
    find_scale,
    hash_of,
    in_parts,
    in_steps,
    starts_at_whole_steps,
    tiers_in_steps,
)

# Grams of a step may be no whole number, thousandths of them are.
MILLIGRAMS = 1000
KILOGRAM = 1000 * MILLIGRAMS


class CoopPurchasePlan(models.Model):
    """The question of a plan as the optimiser reads it, and whether it is still the same.

    Products are those of the campaign, in whole steps; suppliers are offers; money is in parts of a
    cent (``scale``). Beside what the optimiser reads there is who accepts which price (``limits``).
    """

    _inherit = "coop.purchase.plan"

    is_stale = fields.Boolean(
        "Out of Date",
        compute="_compute_is_stale",
        help="What it was made from has changed since: calculate it again.",
    )

    # Not stored: pledges, offers and settings change without a word to the plan.
    def _compute_is_stale(self):
        for campaign, plans in self.grouped("campaign_id").items():
            # Once ordered, nothing is decided on any more.
            current = campaign and campaign.state in ("frozen", "evaluated")
            # What a plan was made from is no secret to who may read the plan.
            basis = campaign.sudo()._get_plan_basis() if current else None
            for plan in plans:
                plan.is_stale = bool(
                    basis
                    and plan.input_hash
                    and plan.input_hash != hash_of(as_text(plan._apply_limits(basis)))
                )

    def _get_input(self):
        """Return what the optimiser is asked now.

        :raise UserError: it cannot be asked, naming what to do
        """
        self.ensure_one()
        return self._apply_limits(self.campaign_id._get_plan_basis())

    def _apply_limits(self, basis):
        """Return a question with the limits of this plan."""
        self.ensure_one()
        opened = self.campaign_id.offer_ids.filtered("is_opened")
        offers = {offer.partner_id.id: offer.id for offer in opened}
        known = {supplier["id"] for supplier in basis["suppliers"]}
        forbidden, required = (
            sorted({offers.get(partner_id) for partner_id in partners.ids} & known)
            for partners in (self.excluded_partner_ids, self.required_partner_ids)
        )
        data = {
            **basis,
            "max_suppliers": self.max_suppliers or None,
            "min_mean_score": self.min_mean_score or None,
            "max_co2": round(self.max_co2 * KILOGRAM) or None,
            "forbidden_suppliers": forbidden,
            "required_suppliers": required,
        }
        if self.takes_what_is_there:
            data["products"] = self._cap_demand(data, set(forbidden))
        return data

    @api.model
    def _cap_demand(self, data, forbidden):
        """Return the products with no more demand than there is to be had."""
        supply = {}
        for offer in data["offers"]:
            if offer["supplier"] in forbidden:
                continue
            capacity = offer["capacity"]
            packs = float("inf") if capacity is None else capacity // offer["pack"]
            supply[offer["product"]] = supply.get(offer["product"], 0) + packs * offer["pack"]
        return [
            {**product, "demand": int(min(product["demand"], supply.get(product["id"], 0)))}
            for product in data["products"]
        ]


class CoopPurchaseCampaign(models.Model):
    """What every plan of a campaign starts from."""

    _inherit = "coop.purchase.campaign"

    def _get_plan_basis(self):
        """Return the question that all plans of this campaign share, without their limits.

        :raise UserError: there is nothing to buy, or an offer cannot be counted
        """
        self.ensure_one()
        offer_lines = self._get_plan_offer_lines()
        claims = self._get_plan_claims()
        scale = find_scale(self.product_ids.mapped("step"))
        products = [product for product in self.product_ids if claims[product]]
        return {
            "scale": scale,
            "products": [
                self._prepare_plan_product(product, claims[product], scale) for product in products
            ],
            "suppliers": [
                self._prepare_plan_supplier(offer, scale) for offer in offer_lines.offer_id
            ],
            "offers": [
                self._prepare_plan_offer(line, scale)
                for line in offer_lines
                if claims[line.campaign_product_id]
            ],
            "limits": {
                str(product.id): [
                    [line.id, in_parts(limit, scale, product.step), *claim]
                    for line, claim, limit in claims[product]
                ]
                for product in products
            },
            "equally": self.shortage_rule == "equal",
        }

    def _get_plan_offer_lines(self):
        """Return the offers that a plan may use, in a lasting order."""
        return self._get_eligible_offer_lines().sorted("id")

    def _get_plan_claims(self):
        """Return who wants how much of what can be had; substitutes in the place of the rest.

        :return: ``{campaign product: [(pledge line, Claim, the most that a unit may cost)]}``
        """
        self.ensure_one()
        offered = self._get_plan_offer_lines().campaign_product_id
        claims = {product: [] for product in self.product_ids}
        for product in self.product_ids:
            for line, wish in self._get_claims(product):
                tolerates = self.leftover_rule != "cooperative"
                claim = wish if tolerates else wish._replace(tolerance=0)
                wanted, limit = product, line._get_highest_price()
                if product not in offered and line.substitute_allowed:
                    # For what stands in for it, its own price is held as well.
                    wanted, limit = product.substitute_id, line._get_worst_case()[1]
                if wanted in offered and claim.wanted + claim.tolerance:
                    claims[wanted].append((line, claim, limit))
        # Who pledged first comes first among equals, whatever it stands in for.
        return {
            product: sorted(found, key=lambda one: one[0].id) for product, found in claims.items()
        }

    # ------------------------------------------------------------------
    # Parts of the question
    # ------------------------------------------------------------------

    def _prepare_plan_product(self, product, claims, scale):
        return {
            "id": product.id,
            "demand": sum(claim.wanted for _line, claim, _limit in claims),
            "tolerance": sum(claim.tolerance for _line, claim, _limit in claims),
            "surplus_cost": in_parts(product.surplus_cost, scale, product.step),
        }

    def _prepare_plan_supplier(self, offer, scale):
        terms = offer._get_terms_in_company_currency()
        free_from = terms["free_delivery_from"]
        return {
            "id": offer.id,
            "delivery_cost": in_parts(terms["delivery_cost"] or 0, scale),
            "free_delivery_from": in_parts(free_from, scale) if free_from else None,
            "minimum_order": in_parts(terms["minimum_order"] or 0, scale),
        }

    def _prepare_plan_offer(self, line, scale):
        step = line.campaign_product_id.step
        tiers = line._get_tiers_in_company_currency()
        later = line._get_tiers_in_company_currency(with_life_cycle=True)
        if line.tier_kind == "incremental" and not starts_at_whole_steps(tiers, step):
            raise UserError(
                self.env._(
                    "The prices of %(supplier)s for %(product)s start at parts of a step of "
                    "%(step)s: ask for prices that start at whole steps.",
                    supplier=line.partner_id.display_name,
                    product=line.campaign_product_id.display_name,
                    step=step,
                )
            )
        return {
            "id": line.id,
            "supplier": line.offer_id.id,
            "product": line.campaign_product_id.id,
            "pack": line.pack,
            "capacity": in_steps(line.capacity, step) if line.capacity else None,
            "score": round(line.score, 4),
            "co2": round(line.co2_grams * MILLIGRAMS * step),
            "tier_kind": line.tier_kind,
            "tiers": tiers_in_steps(tiers, step, scale),
            # What is compared beside the price, where the campaign says so, and never ordered at.
            "extra_cost": in_parts(later[0][1] - tiers[0][1], scale, step),
        }
