import json
from importlib.metadata import version

from odoo import Command, fields, models
from odoo.exceptions import UserError

from odoo.addons.smart_activity_billing.lib.money import exact

from ..lib.plan_input import as_fraction, as_text, hash_of, in_money, in_units
from ..lib.plan_run import leave_out, share_plan
from ..optimizer import Point, find_dominated, highest_mean_score
from ..optimizer.check import count_cost, count_goods, find_faults
from ..optimizer.reading import read_instance
from .coop_purchase_plan_input import KILOGRAM

# What one plan asks and another does not.
LIMITS = {"max_suppliers", "min_mean_score", "max_co2", "forbidden_suppliers", "required_suppliers"}


class CoopPurchasePlan(models.Model):
    """The answer of the optimiser, counted anew, and what it is worth beside other plans."""

    _inherit = "coop.purchase.plan"

    basis_hash = fields.Char(readonly=True, index=True, help="Of what it shares with other plans.")
    is_outdone = fields.Boolean(
        "Outdone",
        readonly=True,
        help="Another plan of the same demand and offers is better, and worse in nothing.",
    )
    extra_cost = fields.Monetary(
        "More than the Cheapest",
        readonly=True,
        help="What this plan costs more than the cheapest of the same demand and offers.",
    )

    def _as_text(self, data):
        return as_text(data)

    def _hash_of(self, text):
        return hash_of(text)

    # ------------------------------------------------------------------
    # Writing it down
    # ------------------------------------------------------------------

    def _write_answer(self, data, answer):
        """Keep what came out, with its lines."""
        plan = answer.plan
        if plan["status"] == "unknown":
            self._fail("unknown")
            return
        values = {
            "state": "done",
            "solver": f"HiGHS {version('highspy')}",
            "solution": plan["status"],
            "dropped_line_ids": [Command.set(answer.dropped)],
            "dropped_count": len(answer.dropped),
            "basis_hash": hash_of(
                as_text({key: value for key, value in data.items() if key not in LIMITS})
            ),
        }
        if plan["status"] == "infeasible":
            values["blocking"] = {"scale": data["scale"], "constraints": plan["blocking"]}
        else:
            values |= self._prepare_figures(data, plan) | {
                "line_ids": self._prepare_lines(data, plan)
            }
        self.write(values)
        self._compare()

    def _prepare_lines(self, data, plan):
        ids = {(offer["supplier"], offer["product"]): offer["id"] for offer in data["offers"]}
        products = self.env["coop.purchase.campaign.product"].browse(
            [line["product"] for line in plan["lines"]]
        )
        steps = {product.id: product.step for product in products}
        commands = []
        for line in plan["lines"]:
            units = in_units(line["units"], steps[line["product"]])
            amount = in_money(line["amount"], data["scale"])
            commands.append(
                Command.create(
                    {
                        "offer_line_id": ids[line["supplier"], line["product"]],
                        "packs": line["packs"],
                        "units": float(units),
                        "unit_price": float(exact(amount / units, self.currency_id.rounding)),
                        "amount": float(exact(amount, self.currency_id.rounding)),
                    }
                )
            )
        return commands

    def _prepare_figures(self, data, plan):
        """Return what the plan costs and what it is worth."""
        offers = {(offer["supplier"], offer["product"]): offer for offer in data["offers"]}
        bought = [
            (offers[line["supplier"], line["product"]], line["units"], line["amount"])
            for line in plan["lines"]
        ]
        units = sum(steps for _offer, steps, _amount in bought)
        score = sum(as_fraction(offer["score"]) * steps for offer, steps, _amount in bought)
        return {
            **self._count_money(data, plan),
            "mean_score": float(score / units) if units else 0.0,
            "co2_kg": sum(offer["co2"] * steps for offer, steps, _amount in bought) / KILOGRAM,
            "supplier_count": len({offer["supplier"] for offer, _steps, _amount in bought}),
        }

    def _count_money(self, data, plan):
        goods, later = {}, 0
        extra = {
            (offer["supplier"], offer["product"]): offer["extra_cost"] for offer in data["offers"]
        }
        for line in plan["lines"]:
            later += extra[line["supplier"], line["product"]] * line["units"]
            goods[line["supplier"]] = goods.get(line["supplier"], 0) + line["amount"]
        delivery = sum(
            supplier["delivery_cost"]
            for supplier in data["suppliers"]
            if supplier["id"] in goods
            and (
                supplier["free_delivery_from"] is None
                or goods[supplier["id"]] < supplier["free_delivery_from"]
            )
        )
        amounts = {
            "cost": plan["cost"],
            "bound": plan["bound"],
            "goods_amount": sum(goods.values()),
            "delivery_amount": delivery,
            "later_amount": later,
        }
        return {
            name: float(exact(in_money(parts, data["scale"]), self.currency_id.rounding))
            for name, parts in amounts.items()
        }

    def _compare(self):
        """Mark which plans of the same demand and offers are outdone by which others."""
        for plan in self:
            rivals = self.search(
                [
                    ("campaign_id", "=", plan.campaign_id.id),
                    ("basis_hash", "=", plan.basis_hash),
                    ("state", "=", "done"),
                    ("solution", "in", ("optimal", "feasible")),
                ],
                order="id",
            )
            outdone = find_dominated(
                [Point(rival.cost, rival.mean_score, -rival.dropped_count) for rival in rivals]
            )
            cheapest = min(rivals.mapped("cost"), default=0)
            for place, rival in enumerate(rivals):
                rival.write({"is_outdone": place in outdone, "extra_cost": rival.cost - cheapest})

    def _get_highest_score(self):
        """Return the highest mean score that is worth asking for, of what this plan was asked."""
        self.ensure_one()
        # Who may compare plans was checked; the question holds no more than the plan does.
        data = json.loads(self.sudo().input_text)
        return highest_mean_score(read_instance(leave_out(data, ())))

    # ------------------------------------------------------------------
    # Counting it again
    # ------------------------------------------------------------------

    def _verify(self):
        """Count this plan anew from its question, without the solver.

        :raise UserError: it breaks a rule of the question, or a figure is wrong
        """
        self.ensure_one()
        for fault in self._find_faults():
            raise UserError(
                self.env._(
                    "%(plan)s does not add up: %(fault)s. Calculate it again.",
                    plan=self.display_name,
                    fault=fault,
                )
            )

    def _find_faults(self):
        """Yield what is wrong with this plan, in words."""
        data = json.loads(self.input_text or "{}")
        if hash_of(self.input_text or "") != self.input_hash:
            yield self.env._("what it was made from was changed")
            return
        instance = read_instance(leave_out(data, set(self.dropped_line_ids.ids)))
        ids = {offer["id"]: place for place, offer in enumerate(data["offers"])}
        if any(line.offer_line_id.id not in ids for line in self.line_ids):
            yield self.env._("it buys what was not offered")
            return
        packs = {ids[line.offer_line_id.id]: line.packs for line in self.line_ids}
        yield from find_faults(instance, packs)
        for line in self.line_ids:
            offer = instance.offers[ids[line.offer_line_id.id]]
            steps = line.packs * offer.pack
            units = in_units(steps, line.campaign_product_id.step)
            if as_fraction(line.units) != as_fraction(units) or self._differs(
                line.amount, offer.amount(steps), data["scale"]
            ):
                yield self.env._("the line of %(line)s is wrong", line=line.display_name)
        if self._differs(self.cost, count_cost(instance, packs), data["scale"]) or self._differs(
            self.goods_amount, sum(count_goods(instance, packs).values()), data["scale"]
        ):
            yield self.env._("its cost is wrong")

    def _share(self):
        """Say who gets what of this plan.

        :return: list of ``(id of the pledge line or None, id of the offer line, steps)``
        """
        self.ensure_one()
        data = json.loads(self.input_text)
        instance = read_instance(leave_out(data, ()))
        offers = {offer["id"]: place for place, offer in enumerate(data["offers"])}
        lines = []
        for line in self.line_ids:
            offer = instance.offers[offers[line.offer_line_id.id]]
            steps = line.packs * offer.pack
            lines.append(
                {
                    "id": line.offer_line_id.id,
                    "product": line.campaign_product_id.id,
                    "units": steps,
                    "amount": offer.amount(steps),
                }
            )
        return share_plan(data, lines, set(self.dropped_line_ids.ids))

    def _differs(self, amount, parts, scale):
        return self.currency_id.compare_amounts(amount, float(in_money(parts, scale))) != 0
