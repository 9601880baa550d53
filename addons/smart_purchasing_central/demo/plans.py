"""Plans of what is evaluated: what greener costs, and the orders of two campaigns."""

from odoo.fields import Command

from ..lib.plan_run import make_plan

# Which campaigns are ordered; the plans of the others wait for a choice.
ORDERED = ("screens", "chairs")
SECONDS = 10


def make_plans(scene):
    """Calculate the plan of least cost and greener ones for each evaluated campaign."""
    for campaign in scene.campaigns.values():
        if campaign.state != "evaluated":
            continue
        _calculate(campaign._ask_for_plan({"name": "Laagste kost"}))
        best = campaign.plan_ids[:1]
        if best.solution == "optimal" and best.mean_score < best._get_highest_score() - 0.01:
            campaign.action_compare_greener()
            for plan in campaign.plan_ids.filtered(lambda plan: plan.state == "queued"):
                _calculate(plan)


def ask_what_if(scene):
    """Ask for each campaign that waits for a choice what it costs without its cheapest supplier."""
    for key, campaign in scene.campaigns.items():
        cheapest = campaign.plan_ids.line_ids.partner_id
        if campaign.state == "evaluated" and key not in ORDERED and cheapest:
            _calculate(
                campaign._ask_for_plan(
                    {
                        "name": f"Zonder {cheapest[0].name}",
                        "kind": "what_if",
                        "excluded_partner_ids": [Command.link(cheapest[0].id)],
                    }
                )
            )


def place_orders(scene):
    """Choose the cheapest plan of some campaigns, and order by it."""
    for key in ORDERED:
        campaign = scene.campaigns.get(key)
        if not campaign or campaign.state != "evaluated":
            continue
        possible = campaign.plan_ids.filtered(lambda plan: plan.solution == "optimal")
        if possible:
            possible.sorted("cost")[0].action_choose()
            campaign.action_order()


def _calculate(plan):
    """Calculate a plan here and now: there is no scheduled action yet."""
    plan = plan.sudo()
    data = plan._start_calculation()
    if data is not None:
        plan._finish_calculation(data, make_plan(data, SECONDS), None, 0)
