"""How the demonstration cooperative buys together, told anew at each installation.

Each campaign stands at another point of its way. A chapter is a function of the scene; later
chapters find what earlier ones made in `scene.campaigns` and `scene.products`.
"""

import logging

from . import campaigns, deliveries, offers, plans
from .scene import PurchasingScene

_logger = logging.getLogger(__name__)

# In the order in which it happened: needs, campaigns and pledges, offers, plans and orders,
# deliveries and charges.
CHAPTERS = [
    campaigns.meet_the_products,
    campaigns.state_the_needs,
    campaigns.start_the_campaigns,
    offers.meet_the_offering_suppliers,
    offers.ask_for_offers,
    plans.make_plans,
    plans.ask_what_if,
    plans.place_orders,
    deliveries.deliver,
]


def tell(env):
    """Tell the story once, where there are Activities that buy."""
    company = env.ref("base.main_company")
    of_company = [("company_id", "=", company.id)]
    if not env["coop.activity"].search_count(of_company, limit=1):
        _logger.info("There are no Activities that buy: no story is told")
        return
    if env["coop.purchase.campaign"].search_count(of_company, limit=1):
        return
    scene = PurchasingScene(env)
    for chapter in CHAPTERS:
        chapter(scene)
    # Nobody is to be mailed: the mails can be read in the list of e-mails.
    scene.env["mail.mail"].search([("state", "=", "outgoing")]).state = "sent"
