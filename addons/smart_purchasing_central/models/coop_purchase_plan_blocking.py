from odoo import models

from ..lib.plan_input import in_money, in_units
from .coop_purchase_plan_input import KILOGRAM


class CoopPurchasePlan(models.Model):
    """Why there is no plan, in words that say what to do."""

    _inherit = "coop.purchase.plan"

    def _describe_blocking(self, blocking, scale):
        """Return the constraints that cannot hold together, one a line.

        :param blocking: as of the optimiser: constraints of which none can be left out
        """
        return "\n".join(self._describe_constraint(one, scale) for one in blocking)

    def _describe_constraint(self, constraint, scale):
        kind, limit = constraint["kind"], constraint.get("limit")
        supplier = self._get_supplier_name(constraint.get("supplier"))
        product = self.env["coop.purchase.campaign.product"].browse(constraint.get("product"))
        if limit is None:
            limit = constraint.get("demand", 0)
        describe = getattr(self, f"_describe_{kind}", None)
        if describe is None:
            return kind
        return describe(supplier=supplier, product=product, limit=limit, scale=scale)

    def _get_supplier_name(self, offer_id):
        return self.env["coop.supplier.offer"].browse(offer_id).partner_id.display_name or ""

    def _describe_max_suppliers(self, limit, **_rest):
        return self.env._(
            "%(limit)s suppliers together do not have everything: allow more of them.", limit=limit
        )

    def _describe_min_mean_score(self, limit, **_rest):
        return self.env._(
            "No choice of suppliers reaches a mean score of %(limit)s: ask for less.", limit=limit
        )

    def _describe_max_co2(self, limit, **_rest):
        return self.env._(
            "No choice of suppliers stays under %(limit)s kg of CO2: allow more.",
            limit=round(limit / KILOGRAM, 3),
        )

    def _describe_required_supplier(self, supplier, **_rest):
        return self.env._(
            "%(supplier)s has to deliver something: do not insist on it.", supplier=supplier
        )

    def _describe_forbidden_supplier(self, supplier, **_rest):
        return self.env._(
            "%(supplier)s is left out: without it something is missing.", supplier=supplier
        )

    def _describe_exclusion(self, supplier, product, **_rest):
        return self.env._(
            "%(product)s of %(supplier)s is left out: without it something is missing.",
            supplier=supplier,
            product=product.display_name,
        )

    def _describe_minimum_order(self, supplier, limit, scale, **_rest):
        return self.env._(
            "%(supplier)s wants an order of %(amount)s at least: ask for less, or leave it out.",
            supplier=supplier,
            amount=self.currency_id.format(float(in_money(limit, scale))),
        )

    def _describe_surplus(self, product, limit, **_rest):
        return self.env._(
            "Packs do not fit: members take %(limit)s %(unit)s of %(product)s at most.",
            limit=f"{in_units(limit, product.step):f}",
            unit=product.uom_id.name,
            product=product.display_name,
        )

    def _describe_capacity(self, product, limit, **_rest):
        return self.env._(
            "All suppliers together do not have the %(limit)s %(unit)s of %(product)s that are "
            "wanted: look for another offer, or plan what is there.",
            limit=f"{in_units(limit, product.step):f}",
            unit=product.uom_id.name,
            product=product.display_name,
        )

    def _describe_no_offer(self, product, **_rest):
        return self.env._("Nobody offers %(product)s.", product=product.display_name)
