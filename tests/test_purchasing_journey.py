"""Buying together: from a pledge on a phone to the last cent on the clearing account."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from screenshots import FOLDER, ScreenshotCase

from odoo import Command, fields
from odoo.tests import new_test_user, tagged

from odoo.addons.smart_purchasing_central.tests.campaign_common import CampaignCase

ADDON = "smart_purchasing_central"
# What the van of each supplier costs: cents that no number of members divides.
FREIGHT = {"Roastery": "12.01", "Trading": "9.07"}


def exact(amounts):
    """Return the sum of floats to the cent.

    >>> exact([0.1, 0.2])
    Decimal('0.30')
    """
    return sum((Decimal(f"{amount:.2f}") for amount in amounts), Decimal("0.00"))


class PurchasingJourneyCase(ScreenshotCase, CampaignCase):
    """Coffee by the half kilo and paper by the pack, two suppliers, an accountant, two points."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.system = cls.env(su=True)
        cls._describe_products()
        cls._introduce_suppliers()
        cls.bookkeeper = new_test_user(
            cls.system,
            "t_bookkeeper",
            "account.group_account_user,purchase.group_purchase_user",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        cls.campaign = cls._open_campaign()
        cls._offer_in_secret()
        cls.before = {one: one.available for one in cls.workshop | cls.gallery}
        cls._pledge(cls.campaign, cls.gallery, paper=5, antenna=cls.south)
        cls._pledge(cls.campaign, cls.third.partner_id, paper=3)

    @classmethod
    def _describe_products(cls):
        goods = {
            "is_storable": True,
            "purchase_method": "receive",
            "property_account_expense_id": cls.company_data["default_account_expense"].id,
            "property_account_income_id": cls.company_data["default_account_revenue"].id,
            "supplier_taxes_id": [Command.set(cls.company_data["default_tax_purchase"].ids)],
            "taxes_id": [Command.set(cls.tax.ids)],
        }
        (cls.coffee | cls.paper).write(goods)

    @classmethod
    def _introduce_suppliers(cls):
        cls.roastery, cls.trading = cls.system["res.partner"].create(
            [
                {"name": "Roastery", "is_company": True, "email": "roastery@example.com"},
                {"name": "Trading", "is_company": True, "email": "trading@example.com"},
            ]
        )
        cls.label = cls.system["coop.eco.label"].create({"name": "Green Leaf", "value": 80})
        cls.by_label, cls.by_co2 = cls.system["coop.eco.criterion"].create(
            [
                {"name": "Ecological labels", "label_ids": [Command.set(cls.label.ids)]},
                {
                    "name": "CO2 of one unit",
                    "kind": "co2",
                    "point_ids": [
                        Command.create({"measured": 0, "value": 100}),
                        Command.create({"measured": 8000, "value": 0}),
                    ],
                },
            ]
        )
        proof = cls.system["coop.eco.evidence"].create(
            {
                "partner_id": cls.roastery.id,
                "company_id": cls.company.id,
                "label_id": cls.label.id,
                "licence_number": "GL-2041",
                "expiry": fields.Date.today() + timedelta(days=300),
            }
        )
        proof.action_submit()
        proof.action_accept()

    @classmethod
    def _open_campaign(cls):
        campaign = cls._campaign(
            opened=False,
            title="Coffee and paper for the spring",
            offer_deadline=fields.Datetime.now() + timedelta(days=10),
            delivery_date=fields.Date.today() + timedelta(days=20),
            supplier_ids=(cls.roastery | cls.trading).ids,
            criterion_ids=[
                Command.create({"criterion_id": cls.by_label.id, "weight": 60}),
                Command.create({"criterion_id": cls.by_co2.id, "weight": 40}),
            ],
        )
        for product, reference in ((cls.coffee, 22), (cls.paper, 5.5)):
            cls._of(campaign, product).reference_price = reference
        campaign.with_user(cls.buyer).action_open()
        return campaign

    @classmethod
    def _offer_in_secret(cls):
        """The roastery is greener, and its coffee costs less; trading has the cheaper paper."""
        coffee, paper = (cls._of(cls.campaign, one) for one in (cls.coffee, cls.paper))
        for supplier, delivery, free_from, rows in (
            (
                cls.roastery,
                12,
                0,
                ((coffee, 12, 3100, {0: 15.4, 6: 14.75}), (paper, 1, 900, {0: 4.2})),
            ),
            (
                cls.trading,
                9,
                60,
                ((coffee, 1, 6400, {0: 18.5}), (paper, 1, 1300, {0: 3.85, 20: 3.65})),
            ),
        ):
            offer = cls.system["coop.supplier.offer"].create(
                {
                    "campaign_id": cls.campaign.id,
                    "partner_id": supplier.id,
                    "delivery_cost": delivery,
                    "free_delivery_from": free_from,
                    "valid_until": fields.Date.today() + timedelta(days=60),
                    "line_ids": [
                        Command.create(
                            {
                                "campaign_product_id": product.id,
                                "supplier_reference": f"{supplier.name[:2].upper()}-{place}",
                                "pack": pack,
                                "co2_grams": grams,
                                "tier_ids": [
                                    Command.create({"minimum": start, "price": price})
                                    for start, price in tiers.items()
                                ],
                            }
                        )
                        for place, (product, pack, grams, tiers) in enumerate(rows, 1)
                    ],
                }
            )
            offer._submit()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def at_desk(self, tour, action=f"{ADDON}.coop_purchase_campaign_action", record=None, by=None):
        """Play a tour at a desk, on the form of a record."""
        record = record or self.campaign
        url = f"/odoo/action-{action}/{record.id}"
        self.play(tour, url, (by or self.buyer).login, self.DESKTOP)
        self.env.invalidate_all()

    def on_phone(self, tour, user, url="/my/home", **cookies):
        self.play(tour, url, user.login, self.PHONE, **cookies)
        self.env.invalidate_all()

    def run_cron(self, name):
        """Let the clock do its part; the server of the browser shares the connection already."""
        self.env.ref(f"{ADDON}.{name}").sudo().method_direct_trigger()
        self.env.invalidate_all()

    def print_paper(self, name):
        """Print a report of the campaign with the real printer, for people to look at."""
        pdf, kind = (
            self.env["ir.actions.report"]
            .with_user(self.buyer)
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(f"{ADDON}.{name}", self.campaign.ids)
        )
        self.assertEqual((kind, pdf[:4]), ("pdf", b"%PDF"))
        if FOLDER:
            Path(FOLDER, f"{name}.pdf").write_bytes(pdf)

    def line_of(self, payer, product):
        name = "activity_id" if payer._name == "coop.activity" else "partner_id"
        return self.campaign.allocation_ids.filtered(
            lambda one: (
                one.pledge_line_id
                and one[name] == payer
                and one.campaign_product_id.product_id == product
            )
        )

    def pledge_of(self, payer):
        return self.line_of(payer, self.paper).pledge_id

    def bills(self):
        return self.campaign.order_ids.invoice_ids


@tagged("post_install", "-at_install")
class TestPurchasingJourney(PurchasingJourneyCase):
    """Pledged, filled, frozen, offered, planned, ordered, come short, handed over, charged."""

    def test_from_the_pledge_to_the_last_cent(self):
        self.pledge_and_freeze()
        self.choose_suppliers()
        self.order()
        self.receive_too_little()
        self.hand_over()
        self.bill_with_freight()
        self.settle_and_close()
        self.read_the_result()
        self.check_the_ledger()

    def pledge_and_freeze(self):
        self.on_phone("purchasing_journey_pledge", self.giver)
        self.assertEqual(self.workshop.available, self.before[self.workshop] - 154)
        self.at_desk("purchasing_journey_boxfill")
        self.assertEqual(self.campaign.state, "boxfill")
        self.on_phone("purchasing_journey_fill", self.receiver)
        coffee = self._of(self.campaign, self.coffee)
        self.assertEqual((coffee.demand, coffee.full_boxes), (5.5, 1))
        self.at_desk("purchasing_journey_freeze")
        self.assertEqual(self.campaign.state, "frozen")
        self.assertFalse(any(self.campaign.offer_ids.mapped("is_opened")))

    def choose_suppliers(self):
        """The deadline of the suppliers passes; what they offered is opened, scored, planned."""
        self.campaign._write_decision({"offer_deadline": fields.Datetime.now()})
        self.at_desk("purchasing_journey_evaluate")
        self.assertEqual(self.campaign.state, "evaluated")
        score = {
            (line.partner_id, line.product_id): line.score
            for line in self.campaign.offer_ids.line_ids
        }
        # A label of 80 counts 60 %; 3,100 g of 8,000 are worth 61.25, and count 40 %.
        self.assertEqual(score[self.roastery, self.coffee], 72.5)
        self.assertEqual(score[self.trading, self.coffee], 8)
        self.run_cron("ir_cron_purchase_plan")
        self.at_desk("purchasing_journey_plan")
        plan = self.campaign.plan_id
        self.assertEqual((plan.solution, plan.cost), ("optimal", 169.8))

    def order(self):
        self.at_desk("purchasing_journey_order")
        self.assertEqual(self.campaign.state, "ordered")
        ordered = {
            (line.partner_id, line.product_id): (line.product_qty, line.price_unit)
            for line in self.campaign.order_ids.order_line
        }
        self.assertEqual(
            ordered,
            {
                (self.roastery, self.coffee): (6, 14.75),
                (self.trading, self.paper): (18, 3.85),
            },
        )
        self.run_cron("ir_cron_purchase_order_send")
        self.assertTrue(all(self.campaign.order_ids.mapped("campaign_sent_on")))
        # What is ordered is dearer for nobody than what was reserved.
        for activity, before in self.before.items():
            self.assertGreater(activity.available, before - 154)
        self.assert_books_hold()

    def receive_too_little(self):
        """Of 18 packs of paper come 14: the minimum of the Workshop first, then in proportion."""
        for supplier, tour in (
            (self.roastery, "purchasing_journey_receive"),
            (self.trading, "purchasing_journey_receive_short"),
        ):
            order = self.campaign.order_ids.filtered(
                lambda one, supplier=supplier: one.partner_id == supplier
            )
            self.at_desk(tour, "purchase.purchase_form_action", order)
        self.assertEqual(self.campaign.state, "receiving")
        payers = (self.workshop, self.third.partner_id, self.gallery)
        came = [self.line_of(payer, self.paper).received for payer in payers]
        self.assertEqual(came, [9, 2, 3])
        self.assertEqual(self.line_of(self.workshop, self.coffee).received, 4.5)
        self.assertEqual(self.line_of(self.gallery, self.coffee).received, 1.5)
        self.at_desk("purchasing_journey_points", f"{ADDON}.coop_purchase_campaign_delivery_action")
        self.assertEqual(set(self.campaign.picking_ids.mapped("state")), {"done"})
        self.assertEqual(self.campaign.picking_ids.antenna_id, self.north | self.south)
        self.print_paper("action_report_hand_over")
        self.print_paper("action_report_labels")

    def hand_over(self):
        codes = [
            self.campaign._get_code(self.pledge_of(payer))
            for payer in (self.workshop, self.third.partner_id, self.gallery)
        ]
        self.on_phone(
            "purchasing_journey_hand_over", self.buyer, "/coop/hand-over", codes="_".join(codes)
        )
        self.assertFalse(any(one.to_hand_over for one in self.campaign.allocation_ids))
        paper = self.line_of(self.gallery, self.paper)
        self.assertEqual((paper.handed_over, paper.returned, paper.kept), (3, 1, 2))

    def bill_with_freight(self):
        for order in self.campaign.order_ids:
            self.play(
                "purchasing_journey_bill",
                "/odoo/action-purchase.purchase_form_action",
                self.bookkeeper.login,
                self.DESKTOP,
                order=order.name,
                freight=FREIGHT[order.partner_id.name],
            )
        self.env.invalidate_all()
        bills = self.bills()
        self.assertEqual(set(bills.mapped("state")), {"posted"})
        # 6 kg of coffee and 14 packs of paper that came, and both vans.
        self.assertEqual(exact(bills.mapped("amount_untaxed")), Decimal("163.48"))
        self.assertEqual(self.campaign.clearing_balance, 163.48)

    def settle_and_close(self):
        self.at_desk("purchasing_journey_settle", f"{ADDON}.coop_purchase_campaign_delivery_action")
        self.assertEqual(self.campaign.state, "closed")

    def read_the_result(self):
        self.on_phone("purchasing_journey_result", self.giver, "/my/purchases")
        self.print_paper("action_report_award")
        page = self.env["ir.actions.report"]._render_qweb_html(
            f"{ADDON}.action_report_award", self.campaign.ids
        )[0]
        for text in ("Roastery", "Trading", "169.80", "dearer for each unit"):
            self.assertIn(text, page.decode())

    def check_the_ledger(self):
        campaign = self.campaign
        charges = campaign.charge_ids
        self.assertEqual(
            exact(charges.mapped("amount")), exact(self.bills().mapped("amount_untaxed"))
        )
        # Read from the ledger itself, not from what the campaign says of it.
        column = campaign._get_clearing_column()
        lines = self.system["account.analytic.line"].search(
            [(column, "=", campaign.clearing_account_id.id)]
        )
        self.assertGreater(len(lines), 2)
        self.assertEqual(exact(lines.mapped("amount")), 0)
        for activity, before in self.before.items():
            own = exact(charge.amount for charge in charges if charge.activity_id == activity)
            self.assertGreater(own, 0)
            self.assertEqual(exact([before - activity.available]), own)
            self.assertEqual(activity.reserved_amount, 0)
        self.check_private_use(charges)
        # Nobody pays for the pack that came back: the shared services have it.
        shared = charges.filtered(lambda one: not one.pledge_id)
        self.assertEqual(exact(shared.mapped("amount")), Decimal("3.85"))
        self.assertEqual(set(campaign.pledge_ids.mapped("state")), {"settled"})
        self.assertEqual(self.env["coop.ledger.check"]._run(self.company), [])

    def check_private_use(self, charges):
        """Who has no Activity pays the own part by invoice."""
        person = self.third.partner_id
        own = charges.filtered(lambda one: one.pledge_id.partner_id == person)
        invoice = own.move_id
        self.assertEqual((invoice.move_type, invoice.state), ("out_invoice", "posted"))
        self.assertEqual(invoice.partner_id, person)
        self.assertEqual(exact([invoice.amount_untaxed]), exact(own.mapped("amount")))
