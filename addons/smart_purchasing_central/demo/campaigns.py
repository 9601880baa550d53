"""What members need, and campaigns that are open, fill boxes, or wait for their suppliers."""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from .catalogue import CAMPAIGNS, NEEDS, PRIVATE, PRODUCTS

# No pledge takes more than this part of what an Activity has.
MOST = 0.4
DRAFT = ("draft", "Wat we in de lente nodig hebben")


def meet_the_products(scene):
    """Put the products of the purchasing centre into the catalogue."""
    for name, (unit, weight, price) in PRODUCTS.items():
        scene.products[name] = scene.env["product.product"].create(
            {
                "name": name,
                "type": "consu",
                "is_storable": True,
                "sale_ok": False,
                "uom_id": scene.env.ref(unit).id,
                "weight": weight,
                "standard_price": price,
                "in_purchasing_centre": True,
                "purchase_method": "receive",
            }
        )


def state_the_needs(scene):
    """Let members say what they need, by product or in their own words."""
    for name, what, quantity, every, months in NEEDS:
        activity = scene.activities.get(name)
        if not activity:
            continue
        product = scene.products.get(what)
        scene.env["coop.purchase.need"].create(
            {
                "company_id": scene.company.id,
                "partner_id": activity.partner_id.id,
                "activity_id": activity.id,
                "product_id": product and product.id,
                "description": False if product else what,
                "quantity": quantity,
                "every": every,
                "date_from": scene.today.replace(day=1) + relativedelta(months=months),
            }
        )


def start_the_campaigns(scene):
    """Open each campaign, let members pledge, and let the clock go its steps."""
    for key in CAMPAIGNS:
        scene.campaigns[key] = _start(scene, key)
    needs = scene.env["coop.purchase.need"].search([("product_id", "!=", False)])
    key, title = DRAFT
    action = needs.filtered(
        lambda need: need.product_id == scene.products["Enveloppen C5, gerecycleerd (500)"]
    ).action_make_campaign()
    draft = scene.env["coop.purchase.campaign"].browse(action["res_id"])
    draft.title = title
    scene.campaigns[key] = draft


def _start(scene, key):
    title, text, days, filling, delivery, products, pledges = CAMPAIGNS[key]
    campaign = scene.env["coop.purchase.campaign"].create(
        {
            "company_id": scene.company.id,
            "title": title,
            "description": f"<p>{text}</p>",
            # As if it opened in time: it is set back below.
            "pledge_deadline": _at(scene, max(days, 1)),
            "boxfill_deadline": filling and _at(scene, max(days, 1) + filling),
            "delivery_date": scene.today + timedelta(days=delivery),
            "antenna_ids": _points(scene).ids,
            "product_ids": [_product(scene, *row) for row in products],
        }
    )
    campaign.action_open()
    for name, wishes in pledges:
        _pledge(scene, campaign, name, wishes)
    if key == PRIVATE[0]:
        _pledge_privately(scene, campaign)
    if days < 0:
        campaign._write_decision(
            {
                "pledge_deadline": _at(scene, days),
                "boxfill_deadline": filling and _at(scene, days + filling),
            }
        )
        campaign._settle_deadline()
    return campaign


def _at(scene, days):
    return datetime.combine(scene.today + timedelta(days=days), time(19))


def _points(scene):
    return scene.env["coop.antenna"].search([("company_id", "=", scene.company.id)], limit=3)


def _product(scene, name, step, box, ceiling, tiers):
    _unit, weight, price = PRODUCTS[name]
    return Command.create(
        {
            "product_id": scene.products[name].id,
            "step": step,
            "box_size": box,
            "ceiling_price": ceiling,
            "reference_price": price,
            "unit_weight": weight,
            "tier_ids": [
                Command.create({"minimum": minimum, "price": expected})
                for minimum, expected in tiers
            ],
        }
    )


def _pledge(scene, campaign, name, wishes):
    """Pledge as the manager of an Activity does, where it can pay it easily."""
    activity = scene.activities.get(name)
    wishes = {
        product: {"wanted": wanted, "tolerance": tolerance}
        for product in campaign.product_ids
        for wanted, tolerance in [wishes.get(product.product_id.name, (0, 0))]
        if wanted
    }
    if not activity or activity.state != "open":
        return
    checked = {product: product._check_wish(wish) for product, wish in wishes.items()}
    worst = scene.env["coop.purchase.pledge"]._estimate(campaign, checked)
    if worst > MOST * activity.available:
        return
    home = campaign._get_home(activity.partner_id) & campaign.antenna_ids
    antenna = home or campaign.antenna_ids[:1]
    campaign._pledge(activity.partner_id, activity, antenna, wishes)


def _pledge_privately(scene, campaign):
    _key, name, wanted, tolerance = PRIVATE
    product = campaign.product_ids.filtered(lambda one: one.product_id.name == name)
    campaign._pledge(
        scene.member,
        scene.env["coop.activity"],
        campaign.antenna_ids[:1],
        {product: {"wanted": wanted, "tolerance": tolerance}},
    )
