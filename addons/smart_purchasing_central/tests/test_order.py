from datetime import date, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .plan_common import PlanCase


@tagged("post_install", "-at_install")
class TestOrder(PlanCase):
    """From the chosen plan to orders, and to who gets what of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper_line = cls._want(cls.pledge, cls.campaign_paper, 38, minimum=10)
        cls.other_line = cls._want(cls.other_pledge, cls.campaign_paper, 2, tolerance=3)
        cls.flour_line = cls._want(cls.pledge, cls.campaign_flour, 1.5)
        cls._evaluate()

    def _choose(self, **values):
        plan = self._plan(**values)
        plan.with_user(self.buyer).action_choose()
        return plan

    def _order(self):
        self.campaign.with_user(self.buyer).action_order()
        return self.campaign.order_ids.sudo().filtered(lambda order: order.state != "cancel")

    def test_one_order_for_each_supplier(self):
        self._change(self.near_flour, supplier_reference="FL-500")
        self.campaign.delivery_date = date(2031, 5, 2)
        self._choose()
        orders = self._order()
        self.assertEqual(orders.partner_id, self.near | self.far)
        self.assertEqual(set(orders.mapped("state")), {"purchase"})
        self.assertEqual(self.campaign.state, "ordered")
        near, far = (
            orders.filtered(lambda one, partner=partner: one.partner_id == partner)
            for partner in (self.near, self.far)
        )
        [line] = far.order_line
        self.assertEqual(
            (line.product_id, line.product_qty, line.price_unit), (self.paper, 40, 3.0)
        )
        [line] = near.order_line
        # 1.5 kg at EUR 1.25, to the cent.
        self.assertEqual(
            (line.product_qty, line.price_unit, line.price_subtotal), (1.5, 1.25, 1.88)
        )
        self.assertIn("[FL-500]", line.name)
        self.assertEqual(near.date_planned.date(), date(2031, 5, 2))
        self.assertEqual(
            (near.partner_ref, near.origin), (self.offer_near.name, self.campaign.name)
        )
        self.assertEqual((self.offer_near.state, self.offer_near.order_id), ("selected", near))
        held = self.env["coop.budget.reservation"].search(
            [("res_model", "=", "purchase.order"), ("res_id", "in", orders.ids)]
        )
        self.assertFalse(held)

    def test_requests_for_quotation_become_orders(self):
        """Who delivers gets its request back as the order, the other one is cancelled."""
        campaign = self.campaign.with_user(self.buyer)
        with self.assertRaisesRegex(UserError, "Evaluated"):
            campaign.action_request_quotations()
        self.campaign._write_decision({"state": "frozen"})
        self.campaign.supplier_ids = self.near | self.far
        campaign.action_request_quotations()
        requests = self.campaign.order_ids
        self.assertEqual(requests.partner_id, self.near | self.far)
        self.assertEqual(requests[0].alternative_po_ids, requests)
        quantities = [40, 1.5]
        self.assertEqual(requests[0].order_line.mapped("product_qty"), quantities)
        with self.assertRaisesRegex(UserError, "was asked"):
            campaign.action_request_quotations()
        self.campaign._write_decision({"state": "evaluated"})
        self._choose(excluded_partner_ids=[(4, self.far.id)])
        orders = self._order()
        self.assertEqual((orders.partner_id, orders.state), (self.near, "purchase"))
        self.assertEqual(self.campaign.order_ids, requests)
        self.assertEqual((requests - orders).state, "cancel")
        self.assertEqual(sum(orders.order_line.mapped("price_subtotal")), 161.88)

    def test_allocations_sum_to_the_orders(self):
        self._choose()
        orders = self._order()
        allocations = self.campaign.allocation_ids
        for line in orders.order_line:
            shared = allocations.filtered(lambda one, line=line: one.order_line_id == line)
            self.assertEqual(sum(shared.mapped("ordered")), line.product_qty)
            self.assertEqual(set(shared.mapped("unit_price")), {line.price_unit})
        self.assertEqual(self._allocated(self.paper_line), {self.far: 38})
        self.assertEqual(self._allocated(self.other_line), {self.far: 2})
        self.assertEqual(self._allocated(self.flour_line), {self.near: 1.5})
        self.assertEqual(allocations.antenna_id, self.antenna)

    def test_what_is_held_comes_down_to_what_is_ordered(self):
        """38 at EUR 3 and 1.5 kg at 1.25, and the margin of the worst case for the delivery."""
        self._invoice(self._line(1000, {self.workshop: 100}))
        self._invoice(self._line(1000, {self.studio: 100}))
        for pledge in self.pledge | self.other_pledge:
            pledge._hold()
        # 38 at most EUR 5 and 1.5 kg at most 3, and 10 %.
        self.assertEqual(self.workshop.reserved_amount, 213.95)
        self._choose()
        self.assertEqual(self.workshop.reserved_amount, 213.95)
        self._order()
        self.assertEqual(self.workshop.reserved_amount, 135.33)
        self.assertEqual(self.pledge.reserved_amount, 135.33)
        # Of 2 and a tolerance of 3 at most EUR 5, 2 came.
        self.assertEqual(self.studio.reserved_amount, 6 + 2.5)
        self.assert_books_hold()

    def test_who_gets_nothing_holds_nothing(self):
        self._invoice(self._line(1000, {self.studio: 100}))
        self.other_line.maximum_price = 2.99
        self.other_pledge._hold()
        self.assertGreater(self.studio.reserved_amount, 0)
        self._choose()
        self._order()
        self.assertEqual(self._allocated(self.other_line), {})
        self.assertEqual(self.studio.reserved_amount, 0)
        self.assertEqual(self.other_pledge.reservation_id.state, "cancelled")
        self.assert_books_hold()

    def test_what_nobody_takes_is_for_the_shared_services(self):
        """39 are wanted, 40 come: the tolerance is asked by the other rule only."""
        self.other_line.wanted = 1
        self.campaign._write_decision({"leftover_rule": "cooperative"})
        self._choose()
        self._order()
        [rest] = self.campaign.allocation_ids.filtered(lambda one: not one.pledge_line_id)
        self.assertEqual((rest.ordered, rest.campaign_product_id), (1, self.campaign_paper))
        self.assertEqual(self._allocated(self.other_line), {self.far: 1})

    def test_nobody_pays_more_than_it_accepts(self):
        """20 can be had for EUR 3, the rest costs 4: who accepts less gets the cheap ones."""
        self._change(self.far_paper, capacity=20)
        self.other_line.maximum_price = 3.5
        plan = self._choose()
        self.assertEqual(self._bought(plan)[self.far_paper], 20)
        self._order()
        self.assertEqual(set(self._allocated(self.other_line)), {self.far})
        self.assertEqual(set(self._allocated(self.paper_line)), {self.near, self.far})

    def test_too_little_is_shared_by_the_rule(self):
        """12 for 38 (at least 10) and 2: the minimum first, then in proportion."""
        self._change(self.far_paper, capacity=10)
        self._change(self.near_paper, capacity=2)
        self._choose(takes_what_is_there=True)
        self._order()
        got = sum(self._allocated(self.paper_line).values())
        other = sum(self._allocated(self.other_line).values())
        self.assertEqual((got, other), (12, 0))

    def test_substitute_is_allocated_by_its_pledge(self):
        [pen] = self._make_products("Pen")
        pens = self._add_product(pen, 5, substitute_id=self.campaign_paper.id)
        line = self._want(self.other_pledge, pens, 2, substitute_allowed=True)
        self._choose()
        self._order()
        self.assertEqual(self._allocated(line), {self.far: 2})
        [allocation] = line.allocation_ids
        self.assertEqual(allocation.campaign_product_id, self.campaign_paper)

    def test_incremental_prices_come_out_to_the_cent(self):
        self._change(self.near_flour, tier_kind="incremental")
        self._change(self.near_flour, tier_ids=[(0, 0, {"minimum": 1, "price": 1.0})])
        self.flour_line.wanted = 3.5
        plan = self._choose()
        line = plan.line_ids.filtered(lambda one: one.offer_line_id == self.near_flour)
        # 1 kg at EUR 1.25 and 2.5 at 1.00.
        self.assertEqual(line.amount, 3.75)
        orders = self._order()
        near = orders.filtered(lambda one: one.partner_id == self.near)
        self.assertEqual(near.order_line.price_subtotal, 3.75)

    def test_incremental_prices_at_parts_of_a_step(self):
        self.campaign_flour.sudo()._write({"step": 0.3})
        self.env.invalidate_all()
        self._change(self.near_flour, tier_kind="incremental")
        self._change(self.near_flour, tier_ids=[(0, 0, {"minimum": 1, "price": 1.0})])
        self.env["res.lang"]._activate_lang("nl_BE")
        plan = self._plan()
        self.assertEqual(plan.state, "failed")
        self.assertIn("whole steps", plan.failure)
        dutch = plan.with_context(lang="nl_BE").failure
        self.assertIn("Flour", dutch)
        self.assertNotIn("whole steps", dutch)

    def test_order_in_the_currency_of_the_offer(self):
        dollar = self.env.ref("base.USD")
        other = self.env.ref("base.EUR") if self.company.currency_id == dollar else dollar
        other.sudo().active = True
        self.offer_far._write_decision({"offer_currency_id": other.id})
        self.env["res.currency.rate"].sudo().create(
            {
                "currency_id": other.id,
                "name": "2020-01-01",
                "rate": 2.0,
                "company_id": self.company.id,
            }
        )
        self._choose()
        orders = self._order()
        far = orders.filtered(lambda one: one.partner_id == self.far)
        self.assertEqual((far.currency_id, far.order_line.price_unit), (other, 3.0))

    def test_not_without_a_plan_nor_twice(self):
        with self.assertRaisesRegex(UserError, "Choose a plan"):
            self._order()
        self._choose()
        self._order()
        with self.assertRaisesRegex(UserError, "Ordered"):
            self._order()

    def test_offer_that_is_not_valid_any_more(self):
        self._choose()
        self.offer_far._write_decision({"valid_until": fields.Date.today() - timedelta(days=1)})
        with self.assertRaisesRegex(UserError, "Far Supplier was valid until"):
            self._order()

    def test_label_that_expired_since_the_evaluation(self):
        """What gave points has to hold when it is ordered."""
        su = self.env(su=True)
        label = su["coop.eco.label"].search([], limit=1)
        criterion = su["coop.eco.criterion"].create({"name": "Labels of an order"})
        evidence = su["coop.eco.evidence"].create(
            {
                "partner_id": self.near.id,
                "company_id": self.company.id,
                "label_id": label.id,
                "licence_number": "L 1",
                "expiry": fields.Date.today(),
            }
        )
        evidence._write_decision({"state": "accepted", "handed_in_on": fields.Datetime.now()})
        self.campaign._write_decision({"state": "draft"})
        row = su["coop.purchase.campaign.criterion"].create(
            {"campaign_id": self.campaign.id, "criterion_id": criterion.id, "weight": 100}
        )
        self.campaign._write_decision(
            {"state": "evaluated", "offers_opened_on": fields.Datetime.now()}
        )
        su["coop.supplier.offer.score"].create(
            {
                "offer_line_id": self.near_flour.id,
                "campaign_criterion_id": row.id,
                "finding": "ok",
                "evidence_id": evidence.id,
            }
        )
        self._choose()
        evidence._write_decision({"expiry": fields.Date.today() - timedelta(days=1)})
        with self.assertRaisesRegex(UserError, "does not hold any more"), self.cr.savepoint():
            self._order()
        self.assertFalse(self.campaign.order_ids)
        evidence._write_decision({"expiry": fields.Date.today()})
        self._order()
        self.assertEqual(self.campaign.state, "ordered")

    def test_orders_that_need_an_approval(self):
        """The campaign is ordered when the last order is approved."""
        self.company.sudo().write(
            {"po_double_validation": "two_step", "po_double_validation_amount": 1}
        )
        self._choose()
        orders = self._order()
        self.assertEqual(set(orders.mapped("state")), {"to approve"})
        self.assertEqual(self.campaign.state, "evaluated")
        with self.assertRaisesRegex(UserError, "placed already"):
            self._order()
        manager = new_test_user(
            self.env(su=True),
            "plan_manager",
            "purchase.group_purchase_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        first, *others = orders
        first.with_user(manager).button_approve()
        self.assertEqual(self.campaign.state, "evaluated")
        for other in others:
            other.with_user(manager).button_approve()
        self.assertEqual(self.campaign.state, "ordered")

    def test_ordered_anew_after_a_cancellation(self):
        self.company.sudo().write(
            {"po_double_validation": "two_step", "po_double_validation_amount": 1}
        )
        self._choose()
        orders = self._order()
        with self.assertRaisesRegex(UserError, "placed"):
            self.campaign.with_user(self.buyer).action_take_back_plan()
        orders.with_user(self.buyer).button_cancel()
        again = self._order()
        self.assertFalse(again & orders)
        self.assertEqual(set(self.campaign.allocation_ids.order_line_id.order_id), set(again))

    def test_sent_in_the_background(self):
        self.near.email = False
        self._choose()
        orders = self._order()
        Mail = self.env["mail.mail"].sudo()
        with self.enter_registry_test_mode():
            self.env.ref(
                "smart_purchasing_central.ir_cron_purchase_order_send"
            ).sudo().method_direct_trigger()
        self.env.invalidate_all()
        self.assertTrue(all(orders.mapped("campaign_sent_on")))
        mails = Mail.search([("model", "=", "purchase.order"), ("res_id", "in", orders.ids)])
        self.assertEqual(mails.recipient_ids & (self.near | self.far), self.far)
        self.assertEqual(
            orders.filtered(lambda one: one.partner_id == self.near).activity_ids.user_id,
            self.buyer,
        )

    def test_others_have_no_right(self):
        self._choose()
        stranger = new_test_user(
            self.env(su=True),
            "order_stranger",
            "purchase.group_purchase_user",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        with self.assertRaises(AccessError):
            self.campaign.with_user(stranger).action_order()
        self.assertFalse(self.campaign.order_ids)

    def test_queries_do_not_grow_with_pledges(self):
        """Fifty pledges more take as many queries as none."""
        few = self._count_allocation_queries()
        members = [self._create_member(f"Member {number}") for number in range(50)]
        activities = self.env["coop.activity"].create(
            [
                {"name": f"Work {number}", "membership_id": member.id, "state": "open"}
                for number, member in enumerate(members)
            ]
        )
        for activity in activities:
            self._want(self._make_pledge(activity), self.campaign_paper, 2, tolerance=1)
        many = self._count_allocation_queries()
        self.assertEqual(many, few)

    def _count_allocation_queries(self):
        plan = self._choose()
        # Former allocations go first: both times.
        self.campaign._allocate()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.campaign._allocate()
        self.env.flush_all()
        count = self.env.cr.sql_log_count - before
        self.assertTrue(plan.is_chosen)
        return count
