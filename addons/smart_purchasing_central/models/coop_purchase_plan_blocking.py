from odoo import api, fields, models

from ..lib.plan_input import in_money, in_units
from .coop_purchase_plan_input import KILOGRAM


class CoopPurchasePlan(models.Model):
    """Why there is no plan, in words that say what to do.

    What is kept are codes and facts: the words are made when they are read, in the language of who
    reads them.
    """

    _inherit = "coop.purchase.plan"

    # Products and suppliers that are named are no secret to who may read the plan.
    failure = fields.Text(compute="_compute_failure", compute_sudo=True)
    blocking_text = fields.Text(
        "What Blocks",
        compute="_compute_blocking_text",
        compute_sudo=True,
        help="Constraints that cannot hold together, one a line: none of them can be left out.",
    )

    @api.depends("failure_facts")
    @api.depends_context("lang")
    def _compute_failure(self):
        for plan in self:
            facts = dict(plan.failure_facts or {})
            plan.failure = plan._describe_failure(**facts) if facts else False

    @api.depends("blocking")
    @api.depends_context("lang")
    def _compute_blocking_text(self):
        for plan in self:
            blocking = plan.blocking or {"constraints": (), "scale": 1}
            plan.blocking_text = "\n".join(
                plan._describe_constraint(one, blocking["scale"]) for one in blocking["constraints"]
            )

    # ------------------------------------------------------------------
    # Why there is no answer
    # ------------------------------------------------------------------

    def _fail(self, code, **facts):
        """End the calculation without an answer; why is said by ``_describe_failure``."""
        self.write(
            {
                "state": "failed",
                "failure_facts": {"code": code, **facts},
                "finished_at": fields.Datetime.now(),
            }
        )

    def _describe_failure(self, code, texts=None, **facts):
        """Return why there is no answer.

        :param texts: by language, where the question could not be asked
        """
        if code == "question":
            return texts.get(self.env.lang) or texts["en_US"]
        described = {
            "interrupted": self.env._(
                "The calculation was interrupted %(attempts)s times: is the server out of memory?",
                attempts=facts.get("attempts"),
            ),
            "nothing": self.env._(
                "There is nothing to buy: nobody wants what is offered for %(campaign)s.",
                campaign=self.campaign_id.display_name,
            ),
            "too_dear": self.env._(
                "The time was over before a plan was found that nobody pays too much for. Give it "
                "more time."
            ),
            "unknown": self.env._(
                "The time was over before any plan was found. Give it more time, or ask less of it."
            ),
            "wrong": self.env._(
                "The optimiser's answer is wrong: %(error)s", error=facts.get("error")
            ),
        }
        return described.get(code, code)

    # ------------------------------------------------------------------
    # What blocks
    # ------------------------------------------------------------------

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
            "Suppliers allowed: %(limit)s. Together they do not have everything: allow more.",
            limit=limit,
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
