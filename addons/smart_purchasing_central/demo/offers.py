"""Suppliers, what they prove, sealed offers and offers that were opened and scored."""

from datetime import datetime, time, timedelta

from dateutil.relativedelta import relativedelta

from odoo.fields import Command

from .suppliers import SUPPLIERS, TENDERS

ADDON = "smart_purchasing_central"
# Who has a login: see `res_users_demo.xml`.
PORTAL = "papyrus"


def meet_the_offering_suppliers(scene):
    """Create the suppliers of the tenders, and what they prove."""
    belgium = scene.env.ref("base.be")
    for key, (name, city, code, mail, labels, distance, is_social) in SUPPLIERS.items():
        partner = (
            scene.portal_supplier
            if key == PORTAL
            else scene.env["res.partner"].create(
                {
                    "name": name,
                    "is_company": True,
                    "supplier_rank": 1,
                    "city": city,
                    "zip": code,
                    "country_id": belgium.id,
                    "email": mail,
                }
            )
        )
        scene.suppliers[key] = partner
        for label, licence, months, accepted in labels:
            _prove(
                scene,
                partner,
                accepted,
                label_id=scene.env.ref(f"{ADDON}.label_{label}").id,
                licence_number=licence,
                expiry=scene.today + relativedelta(months=months),
            )
        criterion = scene.env.ref(f"{ADDON}.criterion_distance")
        _prove(scene, partner, True, criterion_id=criterion.id, number=distance)
        if is_social:
            criterion = scene.env.ref(f"{ADDON}.criterion_social")
            _prove(scene, partner, True, criterion_id=criterion.id)


def ask_for_offers(scene):
    """Invite suppliers to each campaign; open and score what has reached its deadline."""
    for key, (days, invited, offers) in TENDERS.items():
        campaign = scene.campaigns.get(key)
        # Pledges of a short demonstration may not be enough for a campaign.
        if not campaign or campaign.state not in ("open", "boxfill", "frozen"):
            continue
        deadline = datetime.combine(scene.today + timedelta(days=days), time(11))
        # As if it were still to come: it is set back below.
        campaign.write(
            {
                "supplier_ids": [Command.link(scene.suppliers[name].id) for name in invited],
                "offer_deadline": max(deadline, datetime.now() + timedelta(days=1)),
            }
        )
        for row in offers:
            _offer(scene, campaign, row)
        if days < 0:
            campaign._write_decision({"offer_deadline": deadline})
            campaign.action_evaluate()


def _offer(scene, campaign, row):
    name, prices, delivery, free_from, minimum = row
    offer = scene.env["coop.supplier.offer"].create(
        {
            "campaign_id": campaign.id,
            "partner_id": scene.suppliers[name].id,
            "delivery_cost": delivery,
            "free_delivery_from": free_from,
            "minimum_order": minimum,
            "lead_time": 10,
            "valid_until": scene.today + timedelta(days=90),
            "line_ids": [
                Command.create(
                    {
                        "campaign_product_id": product.id,
                        "supplier_reference": f"{name[:3].upper()}-{number:03d}",
                        "pack": pack,
                        "co2_grams": grams,
                        "tier_ids": [
                            Command.create({"minimum": start, "price": price})
                            for start, price in tiers
                        ],
                    }
                )
                for number, product in enumerate(campaign.product_ids, 1)
                if product.product_id.name in prices
                for tiers, pack, grams in [prices[product.product_id.name]]
            ],
        }
    )
    offer._submit()


def _prove(scene, partner, accepted, **values):
    evidence = scene.env["coop.eco.evidence"].create(
        {"partner_id": partner.id, "company_id": scene.company.id, **values}
    )
    evidence.action_submit()
    # Long before the oldest of the tenders.
    handed_in = datetime.combine(scene.today - timedelta(days=120), time(9))
    evidence._write_decision({"handed_in_on": handed_in})
    if accepted:
        evidence.action_accept()
