from datetime import timedelta

from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.smart_activity_billing.tests.transfer_common import TransferCase


class CampaignCase(TransferCase):
    """EUR 935 on the Workshop of one member and the Gallery of another, and a third without an
    Activity; a buyer, a manager, two pick-up points, coffee by the kilo and paper by the pack."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._invoice(cls._line(1000, {cls.gallery: 100}))
        cls.giver.partner_id.lang = "en_US"
        cls.third_member = cls._create_member("Third Member")
        cls.third = cls._create_portal_user("t_third", cls.third_member, "en_US")
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        su = cls.env(su=True)
        cls.buyer, cls.manager = (
            new_test_user(su, login, f"smart_purchasing_central.{group}", **company)
            for login, group in (
                ("t_buyer", "group_purchasing_user"),
                ("t_manager", "group_purchasing_manager"),
            )
        )
        cls.north, cls.south = su["coop.antenna"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("North", "South")]
        )
        cls.coffee, cls.paper = su["product.product"].create(
            [
                {
                    "name": "Coffee",
                    "uom_id": cls.env.ref("uom.product_uom_kgm").id,
                    "in_purchasing_centre": True,
                },
                {"name": "Paper"},
            ]
        )

    @classmethod
    def _campaign(cls, opened=True, **values):
        """Coffee in half kilos, boxes of 6 kg, from EUR 20 falling to 16; paper for at most 5."""
        now = fields.Datetime.now()
        campaign = (
            cls.env["coop.purchase.campaign"]
            .with_user(cls.buyer)
            .create(
                {
                    "title": "Breakfast",
                    "pledge_deadline": now + timedelta(days=7),
                    "boxfill_deadline": now + timedelta(days=9),
                    "antenna_ids": (cls.north | cls.south).ids,
                    "product_ids": [
                        Command.create(
                            {
                                "product_id": cls.coffee.id,
                                "step": 0.5,
                                "box_size": 6,
                                "ceiling_price": 20,
                                "tier_ids": [
                                    Command.create({"minimum": minimum, "price": price})
                                    for minimum, price in ((0, 20), (6, 18), (12, 16))
                                ],
                            }
                        ),
                        Command.create({"product_id": cls.paper.id, "ceiling_price": 5}),
                    ],
                    **values,
                }
            )
        )
        if opened:
            campaign.action_open()
        return campaign.sudo()

    @classmethod
    def _of(cls, campaign, product):
        return campaign.product_ids.filtered(lambda one: one.product_id == product)

    @classmethod
    def _pledge(cls, campaign, payer, coffee=0, paper=0, antenna=None, **kwargs):
        """Pledge as a manager of the Activity does, or for private use of a person.

        Quantities are numbers, or values of a line.
        """
        if payer._name == "coop.activity":
            person, activity = payer.manager_ids[:1], payer
        else:
            person, activity = payer, cls.env["coop.activity"]
        wishes = {
            cls._of(campaign, product): wish if isinstance(wish, dict) else {"wanted": wish}
            for product, wish in ((cls.coffee, coffee), (cls.paper, paper))
            if wish
        }
        return campaign._pledge(person, activity.sudo(), antenna or cls.north, wishes, **kwargs)

    @classmethod
    def _let_pass(cls, campaign, name):
        """Let a deadline be over since a minute."""
        before = fields.Datetime.now() - timedelta(minutes=1)
        values = {name: before}
        if name == "boxfill_deadline":
            values["pledge_deadline"] = before - timedelta(days=1)
        campaign._write_decision(values)

    def _run_cron(self, name):
        with self.enter_registry_test_mode():
            self.env.ref(f"smart_purchasing_central.{name}").method_direct_trigger()

    def kinds(self, campaign):
        """What happened to a campaign, in order."""
        return campaign.event_ids.sorted("id").mapped("kind")
