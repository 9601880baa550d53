"""One campaign in which several people count, hand over and charge at the same moment."""

from race import RaceCase

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.smart_activity_billing.books import as_books
from odoo.addons.smart_purchasing_central.tests.delivery_common import make_ordered_campaign

TABLES = (
    "coop_purchase_charge",
    "coop_purchase_allocation_move",
    "coop_purchase_allocation",
    "coop_purchase_pledge_change",
    "coop_purchase_pledge_line",
    "coop_purchase_pledge",
    "coop_purchase_campaign_product",
)
# What the database keeps as it is.
TRAILS = ("coop_purchase_allocation_move", "coop_purchase_pledge_change")
# After these, in this order, nothing of the campaigns is left in the books.
BOOKS = (
    "account_partial_reconcile",
    "account_analytic_line",
    "account_move_line",
    "account_move",
    "purchase_order_line",
    "purchase_order",
    "coop_purchase_campaign_criterion",
    "coop_purchase_campaign_event",
    "coop_purchase_campaign",
    "coop_antenna",
)


class TestDeliveryRaces(RaceCase):
    """What came is shared once, handed over once, and charged once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.connection() as env:
            cls.client_id = cls._make_books(env).id
            cls._make_transfer_books(env)
            cls._make_bill_books(env)
            cls.antenna_id = (
                env["coop.antenna"].create({"name": "Point", "company_id": cls.company_id}).id
            )
        cls.addClassCleanup(cls._clean_up_campaigns)

    @classmethod
    def _make_bill_books(cls, env):
        company = env["res.company"].browse(cls.company_id)
        Account = env["account.account"].with_company(company)
        payable, expense, company.campaign_charge_account_id = Account.create(
            [
                {"name": name, "code": code, "account_type": kind, "company_ids": company.ids}
                for name, code, kind in (
                    ("Suppliers", "440000", "liability_payable"),
                    ("Goods", "600000", "expense"),
                    ("Charges", "649200", "expense"),
                )
            ]
        )
        env["account.journal"].create(
            {
                "name": "Purchases",
                "code": "RACP",
                "type": "purchase",
                "company_id": company.id,
                "default_account_id": expense.id,
            }
        )
        supplier = (
            env["res.partner"]
            .with_company(company)
            .create({"name": "Supplier of a Race", "property_account_payable_id": payable.id})
        )
        cls.supplier_id = supplier.id
        cls.partner_ids += supplier.ids
        # Without stock: what came is typed on the order.
        cls.product_id = (
            env["product.product"]
            .create(
                {
                    "name": "Screws of a Race",
                    "type": "service",
                    "purchase_method": "purchase",
                    "supplier_taxes_id": [],
                }
            )
            .id
        )

    @classmethod
    def _clean_up_campaigns(cls):
        """Delete the campaigns with their trail; the rest goes with the company."""
        with cls.connection() as env:
            env["res.company"].browse(cls.company_id).campaign_charge_account_id = False
            env.flush_all()
            for table in TRAILS:
                env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            for table in TABLES:
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
            for table in TRAILS:
                env.cr.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            for model in ("purchase.order", "coop.purchase.campaign", "account.move"):
                ids = env[model].search([("company_id", "=", cls.company_id)]).ids
                for table, column in (("mail_message", "model"), ("mail_followers", "res_model")):
                    env.cr.execute(
                        f"DELETE FROM {table} WHERE {column} = %s AND res_id = ANY(%s)",
                        [model, ids],
                    )
            env.cr.execute(
                "DELETE FROM coop_antenna_coop_purchase_campaign_rel WHERE coop_antenna_id = %s",
                [cls.antenna_id],
            )
            for table in BOOKS:
                env.cr.execute(f"DELETE FROM {table} WHERE company_id = %s", [cls.company_id])
            env.invalidate_all()
            env["product.product"].browse(cls.product_id).unlink()
            supplier = env["res.partner"].browse(cls.supplier_id).with_company(cls.company_id)
            supplier.property_account_payable_id = False

    # ------------------------------------------------------------------
    # Records
    # ------------------------------------------------------------------

    def _make_campaign(self, came=0, billed=False):
        """Return the id of a campaign: 10 units at EUR 5 for two Activities with EUR 100 each."""
        activity_ids = self._make_funded_activities(2)
        with self.connection() as env:
            activities = env["coop.activity"].browse(activity_ids)
            antenna = env["coop.antenna"].browse(self.antenna_id)
            campaign = make_ordered_campaign(
                env,
                env["res.company"].browse(self.company_id),
                antenna,
                [
                    {
                        "product": env["product.product"].browse(self.product_id),
                        "supplier": env["res.partner"].browse(self.supplier_id),
                        "price": 5.0,
                        "ordered": 10,
                        "pledges": [(one, antenna, (0, 5, 0)) for one in activities],
                    }
                ],
            )
            if came:
                campaign.order_ids.order_line.qty_received = came
                campaign._share_receipts()
            if billed:
                campaign.order_ids.action_create_invoice()
                bill = campaign.order_ids.invoice_ids
                bill.invoice_date = fields.Date.today()
                bill._post(soft=False)
            return campaign.id

    def _assert_whole(self, campaign_id, received):
        """All that came is somebody's once, and the trail says the same."""
        with self.connection() as env:
            campaign = env["coop.purchase.campaign"].browse(campaign_id)
            self.assertEqual(sum(campaign.allocation_ids.mapped("received")), received)
            company = env["res.company"].browse(self.company_id)
            self.assertEqual(list(env["coop.ledger.check"]._check_campaign_trails(company)), [])

    # ------------------------------------------------------------------
    # Races
    # ------------------------------------------------------------------

    def test_counted_by_two_at_once(self):
        campaign_id = self._make_campaign()

        def count(quantity):
            def call(env):
                campaign = env["coop.purchase.campaign"].browse(campaign_id)
                campaign.order_ids.order_line.qty_received = quantity
                campaign._share_receipts()
                return sum(campaign.allocation_ids.mapped("received"))

            return call

        outcomes = self.at_once([count(8), count(8), count(8)])
        self.assertEqual(outcomes, [8, 8, 8])
        self._assert_whole(campaign_id, 8)

    def test_handed_over_by_two_at_once(self):
        campaign_id = self._make_campaign(came=10)

        def hand_over(env):
            one = env["coop.purchase.campaign"].browse(campaign_id).allocation_ids[0]
            one._hand_over({one: 5})
            return "handed over"

        outcomes = self.at_once([hand_over] * 4)
        self.assertEqual(outcomes.count("handed over"), 1)
        self.assertEqual(sum(isinstance(one, UserError) for one in outcomes), 3)
        with self.connection() as env:
            one = env["coop.purchase.campaign"].browse(campaign_id).allocation_ids[0]
            self.assertEqual(one.handed_over, 5)
        self._assert_whole(campaign_id, 10)

    def test_settled_by_two_at_once(self):
        campaign_id = self._make_campaign(came=10, billed=True)

        def settle(env):
            return len(env["coop.purchase.campaign"].browse(campaign_id)._settle())

        outcomes = self.at_once([settle] * 3)
        self.assertEqual(sorted(outcomes), [0, 0, 2])
        with self.connection() as env:
            campaign = env["coop.purchase.campaign"].browse(campaign_id)
            self.assertEqual(sum(campaign.charge_ids.mapped("amount")), 50)
            self.assertEqual(campaign.clearing_balance, 0)
            self.assertEqual(campaign.pledge_ids.activity_id.mapped("reserved_amount"), [0.0, 0.0])
            company = env["res.company"].browse(self.company_id)
            self.assertEqual([row["message"] for row in env["coop.ledger.check"]._run(company)], [])

    def test_settled_while_a_late_bill_comes(self):
        """The bill is charged now or with the next settling: never lost, never twice."""
        campaign_id = self._make_campaign(came=10, billed=True)

        def settle(env):
            return len(env["coop.purchase.campaign"].browse(campaign_id)._settle())

        def bill(env):
            move = as_books(env["account.move"]).create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self.supplier_id,
                    "invoice_date": fields.Date.today(),
                    "purchase_campaign_id": campaign_id,
                    "invoice_line_ids": [
                        Command.create({"name": "Van", "price_unit": 7.01, "tax_ids": []})
                    ],
                }
            )
            move._post(soft=False)
            return "billed"

        self.at_once([settle, bill])
        with self.connection() as env:
            campaign = env["coop.purchase.campaign"].browse(campaign_id)
            campaign._settle()
            self.assertAlmostEqual(sum(campaign.charge_ids.mapped("amount")), 57.01, 2)
            campaign._close()
            self.assertEqual((campaign.state, campaign.clearing_balance), ("closed", 0))
