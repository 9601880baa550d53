import base64
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.smart_activity_billing.tests.common import ActivityCase

BUYERS = "smart_purchasing_central.group_purchasing_user"
MANAGERS = "smart_purchasing_central.group_purchasing_manager"


class OfferCase(ActivityCase):
    """A campaign for coffee and tea that is open; two suppliers with a login, a buyer, a manager.

    Ecological labels count 60 %, CO2 counts 40 %: 0 g has the value 100, 1,000 g has 0.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = cls.env(su=True)
        export = ",base.group_allow_export"
        cls.buyer = cls._create_user("t_buyer", BUYERS + export)
        cls.manager = cls._create_user("t_purchasing_manager", MANAGERS + export)
        cls._create_criteria()
        cls.coffee, cls.tea = cls.system["product.product"].create(
            [{"name": "Coffee", "default_code": "COF"}, {"name": "Tea", "default_code": "TEA"}]
        )
        cls.roaster = cls._create_supplier("Roastery CV", "t_roaster")
        cls.trader = cls._create_supplier("Trading NV", "t_trader")
        cls.campaign = cls._create_campaign()
        cls.coffee_bought, cls.tea_bought = cls.campaign.product_ids
        cls.campaign._write_decision({"state": "open"})

    @classmethod
    def _create_user(cls, login, groups, **values):
        return new_test_user(
            cls.system,
            login,
            groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
            email=f"{login}@example.com",
            **values,
        )

    @classmethod
    def _create_supplier(cls, name, login):
        supplier = cls.system["res.partner"].create({"name": name, "is_company": True})
        contact = cls.system["res.partner"].create(
            {"name": f"Sales of {name}", "parent_id": supplier.id, "lang": "en_US"}
        )
        cls._create_user(login, "base.group_portal", partner_id=contact.id)
        return supplier

    @classmethod
    def _create_criteria(cls):
        cls.system["coop.eco.criterion"].search([]).active = False
        cls.label = cls.system["coop.eco.label"].create({"name": "Green Leaf", "value": 80})
        cls.by_label, cls.by_co2 = cls.system["coop.eco.criterion"].create(
            [
                {
                    "name": "Ecological labels of the test",
                    "label_ids": [Command.set(cls.label.ids)],
                },
                {
                    "name": "CO2 of the test",
                    "kind": "co2",
                    "point_ids": [
                        Command.create({"measured": 0, "value": 100}),
                        Command.create({"measured": 1000, "value": 0}),
                    ],
                },
            ]
        )

    @classmethod
    def _create_campaign(cls, **values):
        now = fields.Datetime.now()
        return cls.system["coop.purchase.campaign"].create(
            {
                "title": "Coffee and tea",
                "company_id": cls.company.id,
                "pledge_deadline": now + timedelta(days=7),
                "offer_deadline": now + timedelta(days=10),
                "delivery_date": fields.Date.today() + timedelta(days=30),
                "supplier_ids": [Command.set((cls.roaster | cls.trader).ids)],
                "criterion_ids": [
                    Command.create({"criterion_id": cls.by_label.id, "weight": 60}),
                    Command.create({"criterion_id": cls.by_co2.id, "weight": 40}),
                ],
                "product_ids": [
                    Command.create({"product_id": product.id, "ceiling_price": 20})
                    for product in cls.coffee | cls.tea
                ],
                **values,
            }
        )

    @classmethod
    def _create_offer(cls, partner, prices, campaign=None, submit=True, **values):
        """Make an offer; ``prices`` is ``{campaign product: [(from, price)]}``."""
        co2 = values.pop("co2_grams", 0)
        offer = cls.system["coop.supplier.offer"].create(
            {
                "campaign_id": (campaign or cls.campaign).id,
                "partner_id": partner.id,
                "line_ids": [
                    Command.create(
                        {
                            "campaign_product_id": product.id,
                            "supplier_reference": f"{partner.id}-{product.id}",
                            "co2_grams": co2,
                            "tier_ids": [
                                Command.create({"minimum": start, "price": price})
                                for start, price in tiers
                            ],
                        }
                    )
                    for product, tiers in prices.items()
                ],
                **values,
            }
        )
        if submit:
            offer._submit()
        return offer

    @classmethod
    def _create_evidence(cls, partner, accept=True, **values):
        evidence = cls.system["coop.eco.evidence"].create(
            {
                "partner_id": partner.id,
                "company_id": cls.company.id,
                "label_id": cls.label.id,
                "licence_number": f"GL-{partner.id}",
                **values,
            }
        )
        evidence.action_submit()
        # In time, also where the deadline is moved to a moment ago.
        in_time = fields.Datetime.now() - timedelta(minutes=1)
        evidence._write_decision({"handed_in_on": in_time})
        if accept:
            evidence.action_accept()
        return evidence

    @classmethod
    def _close_tender(cls, campaign=None):
        """Let the deadline pass, and freeze the demand."""
        campaign = campaign or cls.campaign
        campaign._write_decision(
            {"offer_deadline": fields.Datetime.now() - timedelta(seconds=1), "state": "frozen"}
        )

    @classmethod
    def _make_price_list(cls, offer, text, **values):
        content = text if isinstance(text, bytes) else text.encode()
        return cls.system["coop.supplier.price.list"].create(
            {
                "offer_id": offer.id,
                "file": base64.b64encode(content),
                "file_name": "prices.csv",
                **values,
            }
        )
