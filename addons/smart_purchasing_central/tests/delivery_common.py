from odoo import Command, fields
from odoo.tests import new_test_user

from odoo.addons.smart_activity_billing.tests.common import ActivityCase

from ..lib.delivery import whole_steps
from ..lib.sharing import Claim, share_out


def make_ordered_campaign(env, company, antennas, demand, **values):
    """Make a campaign with a confirmed order for each supplier, as its ordering leaves it.

    :param demand: list of dicts ``product``, ``supplier``, ``price``, ``ordered`` (units), ``step``
        and ``pledges``: list of tuples of an Activity or a partner, a pick-up point, and the
        quantities minimum, wanted and tolerance
    :return: the campaign, in state *ordered*
    """
    env = env(su=True)
    campaign = env["coop.purchase.campaign"].create(
        {
            "title": "Groceries",
            "company_id": company.id,
            "antenna_ids": [Command.set(antennas.ids)],
            "delivery_date": fields.Date.today(),
            **values,
        }
    )
    products = _make_products(campaign, demand)
    pledge_lines = _make_pledges(campaign, demand, products)
    order_lines = _make_orders(campaign, demand)
    campaign._get_clearing_account()
    _allocate(campaign, demand, products, pledge_lines, order_lines)
    campaign._write_decision({"state": "ordered"})
    return campaign


def _make_products(campaign, demand):
    products = {}
    for row in demand:
        if row["product"] not in products:
            products[row["product"]] = campaign.env["coop.purchase.campaign.product"].create(
                {
                    "campaign_id": campaign.id,
                    "product_id": row["product"].id,
                    "step": row.get("step", 1.0),
                    "ceiling_price": row["price"] * 1.5,
                    "reference_price": row["price"] * 1.25,
                    "unit_weight": row.get("weight", 1.0),
                    "catch_weight": row.get("catch_weight", False),
                }
            )
    return products


def _make_pledges(campaign, demand, products):
    """Return ``{(payer, product): pledge line}``."""
    pledges, lines = {}, {}
    for row in demand:
        product = products[row["product"]]
        for payer, antenna, (minimum, wanted, tolerance) in row["pledges"]:
            is_activity = payer._name == "coop.activity"
            if payer not in pledges:
                pledges[payer] = campaign.env["coop.purchase.pledge"].create(
                    {
                        "campaign_id": campaign.id,
                        "activity_id": payer.id if is_activity else False,
                        "partner_id": (payer.partner_id if is_activity else payer).id,
                        "antenna_id": antenna.id,
                    }
                )
            if (payer, product) not in lines:
                lines[payer, product] = campaign.env["coop.purchase.pledge.line"].create(
                    {
                        "pledge_id": pledges[payer].id,
                        "campaign_product_id": product.id,
                        "minimum_acceptable": minimum,
                        "wanted": wanted,
                        "tolerance": tolerance,
                    }
                )
    for payer, pledge in pledges.items():
        if payer._name == "coop.activity":
            amount = sum(
                (line.wanted + line.tolerance) * line.campaign_product_id.ceiling_price
                for line in pledge.line_ids
            )
            pledge.reservation_id = payer._reserve(amount, "pledge", origin=pledge)
            pledge.reserved_amount = amount
    return lines


def _make_orders(campaign, demand):
    """Return ``{(supplier, product): order line}``, all confirmed."""
    orders = {}
    for row in demand:
        orders.setdefault(row["supplier"], []).append(row)
    found = {}
    for supplier, rows in orders.items():
        order = campaign.env["purchase.order"].create(
            {
                "partner_id": supplier.id,
                "company_id": campaign.company_id.id,
                "campaign_id": campaign.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": row["product"].id,
                            "product_qty": row["ordered"],
                            "price_unit": row["price"],
                        }
                    )
                    for row in rows
                ],
            }
        )
        order.button_confirm()
        for line in order.order_line:
            found[supplier, line.product_id] = line
    return found


def _allocate(campaign, demand, products, pledge_lines, order_lines):
    vals_list = []
    for row in demand:
        product = products[row["product"]]
        step = product.step
        given, rest = share_out(
            whole_steps(row["ordered"], step),
            [
                Claim(*(whole_steps(one, step) for one in quantities))
                for _payer, _antenna, quantities in row["pledges"]
            ],
        )
        order_line = order_lines[row["supplier"], row["product"]]
        common = {
            "campaign_id": campaign.id,
            "campaign_product_id": product.id,
            "order_line_id": order_line.id,
            "unit_price": row["price"],
        }
        for (payer, antenna, _quantities), steps in zip(row["pledges"], given, strict=True):
            if steps:
                vals_list.append(
                    {
                        **common,
                        "pledge_line_id": pledge_lines[payer, product].id,
                        "antenna_id": antenna.id,
                        "ordered": steps * step,
                    }
                )
        if rest:
            vals_list.append({**common, "ordered": rest * step})
    return campaign.env["coop.purchase.allocation"].create(vals_list)


class DeliveryCase(ActivityCase):
    """Three Activities with EUR 935 each, a person for private use, two pick-up points."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        su = cls.env(su=True)
        cls.other_member = cls._create_member("Other Member")
        cls.gallery = cls.env["coop.activity"].create(
            {"name": "Gallery", "membership_id": cls.other_member.id, "state": "open"}
        )
        for activity in (cls.workshop, cls.studio, cls.gallery):
            cls._invoice(cls._line(1000, {activity: 100}))
        cls.neighbour = cls._create_member("Neighbour").sudo().partner_id
        cls.gent, cls.luik = cls.antennas = su["coop.antenna"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("Gent", "Luik")]
        )
        cls.roaster, cls.farm, cls.carrier = su["res.partner"].create(
            [{"name": name} for name in ("Roaster", "Farm", "Carrier")]
        )
        cls.coffee, cls.cheese = su["product.product"].create(
            [cls._prepare_product("Coffee"), cls._prepare_product("Cheese")]
        )
        cls.delivery, cls.crates = su["product.product"].create(
            [
                cls._prepare_product("Delivery", type="service", campaign_cost_kind="freight"),
                cls._prepare_product("Crates", type="service", campaign_cost_kind="deposit"),
            ]
        )
        company = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.buyer = new_test_user(
            su, "t_buyer", "smart_purchasing_central.group_purchasing_user", **company
        )

    @classmethod
    def _prepare_product(cls, name, **values):
        return {
            "name": name,
            "type": "consu",
            "purchase_method": "purchase",
            "property_account_expense_id": cls.company_data["default_account_expense"].id,
            "property_account_income_id": cls.company_data["default_account_revenue"].id,
            "supplier_taxes_id": [Command.set(cls.company_data["default_tax_purchase"].ids)],
            "taxes_id": [Command.set(cls.tax.ids)],
            **values,
        }

    @classmethod
    def _campaign(cls, demand=None, **values):
        """A campaign: 20 units of coffee at EUR 10 for three Activities, unless told otherwise."""
        return make_ordered_campaign(
            cls.env, cls.company, cls.antennas, demand or [cls._demand()], **values
        )

    @classmethod
    def _demand(cls, **values):
        return {
            "product": cls.coffee,
            "supplier": cls.roaster,
            "price": 10.0,
            "ordered": 20,
            "pledges": [
                (cls.workshop, cls.gent, (4, 8, 0)),
                (cls.studio, cls.gent, (0, 8, 2)),
                (cls.gallery, cls.luik, (0, 4, 0)),
            ],
            **values,
        }

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def _receive(self, campaign, quantity=None, backorder=False, supplier=None):
        """Validate the open receipts, of so many units of each line."""
        orders = campaign.order_ids
        if supplier:
            orders = orders.filtered(lambda order: order.partner_id == supplier)
        pickings = orders.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        for move in pickings.move_ids:
            move.quantity = move.product_uom_qty if quantity is None else quantity
            move.picked = True
        pickings.with_context(
            skip_backorder=True, picking_ids_not_to_backorder=[] if backorder else pickings.ids
        ).button_validate()
        return pickings

    def _bill(self, campaign, supplier=None, quantity=None, price=None, extra=(), post=True):
        """Bill the order of a supplier; ``extra`` is a list of a product and an amount."""
        order = campaign.order_ids.filtered(
            lambda order: order.partner_id == (supplier or self.roaster)
        )
        before = order.invoice_ids
        order.action_create_invoice()
        bill = order.invoice_ids - before
        for line in bill.invoice_line_ids:
            if quantity is not None:
                line.quantity = quantity
            if price is not None:
                line.price_unit = price
        bill.invoice_date = fields.Date.today()
        bill.invoice_line_ids = [
            Command.create(
                {"product_id": product.id, "quantity": 1, "price_unit": amount, "tax_ids": []}
            )
            for product, amount in extra
        ]
        if post:
            bill.action_post()
        return bill

    def _credit(self, bill, quantity=None, price=None):
        """Credit a bill, or some of its goods."""
        credit = bill._reverse_moves([{"invoice_date": fields.Date.today()}])
        goods = credit.invoice_line_ids.filtered("purchase_line_id")
        if quantity is not None or price is not None:
            (credit.invoice_line_ids - goods).unlink()
            for line in goods:
                line.quantity = line.quantity if quantity is None else quantity
                line.price_unit = line.price_unit if price is None else price
        credit.action_post()
        return credit

    def _of(self, campaign, payer):
        """Return the allocations of an Activity or a person."""
        name = "activity_id" if payer._name == "coop.activity" else "partner_id"
        return campaign.allocation_ids.filtered(
            lambda one: one.pledge_line_id and one[name] == payer
        )

    def _received(self, campaign, *payers):
        return [sum(self._of(campaign, payer).mapped("received")) for payer in payers]

    def _shared(self, campaign):
        """Return what the shared services have."""
        return campaign.allocation_ids.filtered(lambda one: not one.pledge_line_id)

    def _charged(self, campaign, *payers, kind=None):
        """Return what each was charged; None stands for the shared services."""
        sums = []
        for payer in payers:
            charges = campaign.charge_ids.filtered(
                lambda one, payer=payer: (
                    (kind is None or one.kind == kind)
                    and (
                        payer
                        in (one.activity_id, one.partner_id if not one.pledge_id.activity_id else 0)
                        if payer
                        else not one.pledge_id
                    )
                )
            )
            sums.append(round(sum(charges.mapped("amount")), 2))
        return sums

    def assert_cleared(self, campaign):
        """Nothing is left on the clearing account, and the nightly proof finds nothing."""
        self.assertEqual(campaign.clearing_balance, 0.0)
        self.assert_books_hold()
