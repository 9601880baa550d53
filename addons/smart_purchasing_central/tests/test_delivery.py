from psycopg2.errors import RestrictViolation

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .delivery_common import DeliveryCase


@tagged("post_install", "-at_install")
class TestDelivery(DeliveryCase):
    """What comes in at the hub, who gets it, and the trail that it leaves."""

    def test_all_came(self):
        campaign = self._campaign()
        self._receive(campaign)
        self.assertEqual(campaign.state, "receiving")
        self.assertEqual(
            self._received(campaign, self.workshop, self.studio, self.gallery), [8, 8, 4]
        )
        self.assertFalse(self._shared(campaign))
        self.assert_books_hold()

    def test_shortage_serves_minimums_first_and_then_in_proportion(self):
        campaign = self._campaign()
        self._receive(campaign, 10)
        # 4 first; then 6 over 4, 8 and 4 that are still wanted.
        self.assertEqual(
            self._received(campaign, self.workshop, self.studio, self.gallery), [6, 3, 1]
        )

    def test_shortage_in_equal_parts(self):
        campaign = self._campaign(shortage_rule="equal")
        self._receive(campaign, 10)
        self.assertEqual(
            self._received(campaign, self.workshop, self.studio, self.gallery), [6, 2, 2]
        )

    def test_receipt_in_two_parts_and_shared_again(self):
        campaign = self._campaign()
        self._receive(campaign, 10, backorder=True)
        first = self._received(campaign, self.workshop, self.studio, self.gallery)
        self._receive(campaign)
        self.assertEqual(
            self._received(campaign, self.workshop, self.studio, self.gallery), [8, 8, 4]
        )
        moves = len(campaign.allocation_move_ids)
        campaign.with_user(self.buyer).action_share_receipts()
        campaign.with_user(self.buyer).action_share_receipts()
        self.assertEqual(len(campaign.allocation_move_ids), moves)
        self.assertEqual(first, [6, 3, 1])
        self.assert_books_hold()

    def test_validated_twice(self):
        campaign = self._campaign()
        picking = self._receive(campaign, 12)
        before = len(campaign.allocation_move_ids)
        picking._action_done()
        self.assertEqual(len(campaign.allocation_move_ids), before)
        self.assertEqual(
            sum(campaign.allocation_ids.mapped("received")),
            12,
        )

    def test_what_was_handed_over_is_not_shared_again(self):
        campaign = self._campaign()
        self._receive(campaign, 10, backorder=True)
        gallery = self._of(campaign, self.gallery)
        studio = self._of(campaign, self.studio)
        studio._hand_over({studio: 3})
        self._receive(campaign, 2)
        self.assertEqual(sum(campaign.allocation_ids.mapped("received")), 12)
        self.assertGreaterEqual(studio.received, 3)
        self.assertGreaterEqual(gallery.received, 1)

    def test_more_than_ordered(self):
        """What comes above goes to tolerance, and what nobody takes to the shared services."""
        campaign = self._campaign()
        self._receive(campaign, 24)
        self.assertEqual(
            self._received(campaign, self.workshop, self.studio, self.gallery), [8, 10, 4]
        )
        self.assertEqual(self._shared(campaign).received, 2)

    def test_more_than_ordered_for_the_cooperative(self):
        campaign = self._campaign(leftover_rule="cooperative")
        self._receive(campaign, 24)
        self.assertEqual(self._received(campaign, self.studio), [8])
        self.assertEqual(self._shared(campaign).received, 4)

    def test_two_suppliers_of_one_product(self):
        """One that fails is short for all who ordered the product, not for its part of them."""
        pledges = self._demand()["pledges"]
        demand = [
            self._demand(ordered=12, pledges=pledges[:2]),
            self._demand(ordered=12, supplier=self.farm, price=11.0, pledges=pledges[1:]),
        ]
        campaign = self._campaign(demand)
        self._receive(campaign, 3, supplier=self.roaster)
        self._receive(campaign, 12, supplier=self.farm)
        got = self._received(campaign, self.workshop, self.studio, self.gallery)
        self.assertEqual(sum(got), 15)
        self.assertGreaterEqual(got[0], 4)
        self.assertLessEqual(got[1], 8)
        for order in campaign.order_ids:
            rows = campaign.allocation_ids & order.order_line.allocation_ids
            self.assertEqual(
                sum(rows.mapped("received")), 3 if order.partner_id == self.roaster else 12
            )

    def test_trail_is_only_added_to(self):
        campaign = self._campaign()
        self._receive(campaign)
        move = campaign.allocation_move_ids[0]
        with self.assertRaises(UserError):
            move.quantity = 3
        with self.assertRaises(UserError):
            move.unlink()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(RestrictViolation, "only ever added to"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE coop_purchase_allocation_move SET quantity = 1 WHERE id = %s", [move.id]
            )
        with self.assertRaises(UserError):
            campaign.allocation_ids[0].unlink()

    def test_changed_by_other_ways_leaves_a_trail_too(self):
        campaign = self._campaign()
        one = self._of(campaign, self.studio)
        one.sudo().write({"ordered": 9})
        self.assertEqual(one.move_ids.sorted("id").mapped("quantity"), [8, 1])
        self.assert_books_hold()

    # ------------------------------------------------------------------
    # Pick-up points
    # ------------------------------------------------------------------

    def test_one_transfer_for_each_point(self):
        campaign = self._campaign()
        self._receive(campaign, 10, backorder=True)
        transfers = {one.antenna_id: one for one in campaign.picking_ids}
        self.assertEqual(set(transfers), {self.gent, self.luik})
        self.assertEqual(transfers[self.gent].move_ids.product_uom_qty, 9)
        self.assertEqual(transfers[self.gent].location_dest_id, self.gent.stock_location_id)
        transfers[self.gent].move_ids.picked = True
        transfers[self.gent].button_validate()
        self._receive(campaign)
        new = campaign.picking_ids - transfers[self.gent] - transfers[self.luik]
        self.assertEqual((new.antenna_id, new.move_ids.product_uom_qty), (self.gent, 7))
        self.assertEqual(transfers[self.luik].move_ids.product_uom_qty, 4)

    def test_stock_leaves_with_the_members(self):
        self.coffee.is_storable = True
        campaign = self._campaign()
        self._receive(campaign)
        for picking in campaign.picking_ids:
            picking.move_ids.picked = True
            picking.button_validate()
        here = self.coffee.with_context(location=self.gent.stock_location_id.id)
        self.assertEqual(here.qty_available, 16)
        one = self._of(campaign, self.workshop)
        one._hand_over({one: 8})
        one._bring_back(2, "Stale")
        self._bill(campaign)
        campaign._settle()
        here.invalidate_recordset(["qty_available"])
        self.assertEqual(here.qty_available, 10)
        one._bring_back(1, "Stale too")
        campaign._settle()
        campaign._settle()
        here.invalidate_recordset(["qty_available"])
        self.assertEqual(here.qty_available, 11)
        self.assertEqual(len(campaign.hand_over_ids), 2)

    # ------------------------------------------------------------------
    # Hand-over
    # ------------------------------------------------------------------

    def test_hand_over_in_parts(self):
        campaign = self._campaign()
        self._receive(campaign)
        one = self._of(campaign, self.workshop)
        one._hand_over({one: 3})
        self.assertEqual((one.to_hand_over, one.kept), (5, 8))
        with self.assertRaisesRegex(UserError, "there are 5 Units, not 6 Units"):
            one._hand_over({one: 6})
        one.with_user(self.buyer).action_hand_over()
        self.assertEqual((one.handed_over, one.to_hand_over), (8, 0))
        one.with_user(self.buyer).action_hand_over()
        self.assertEqual(one.handed_over, 8)
        self.assertEqual(one.move_ids.sorted("id")[-1].user_id, self.buyer)

    def test_impossible_quantities(self):
        campaign = self._campaign()
        self._receive(campaign)
        one = self._of(campaign, self.workshop)
        for quantity in (0, -1, float("nan"), float("inf"), None, "four", 1e9):
            with self.assertRaises(ValidationError):
                one._hand_over({one: quantity})
        self.assertFalse(one.handed_over)

    def test_damage_and_return_need_a_reason(self):
        campaign = self._campaign()
        self._receive(campaign)
        one = self._of(campaign, self.workshop)
        with self.assertRaisesRegex(UserError, "Say why"):
            one._damage(1, " ")
        one._damage(1, "Torn open")
        self.assertEqual((one.kept, one.to_hand_over), (7, 7))
        one._hand_over({one: 7})
        with self.assertRaisesRegex(UserError, "there are 7 Units"):
            one._bring_back(8, "Stale")
        one._bring_back(2, "Stale")
        self.assertEqual((one.kept, one.returned), (5, 2))
        # Shared again, it stays: it is known of whom it was.
        campaign._share_receipts()
        self.assertEqual((one.received, one.kept), (8, 5))
        self.assert_books_hold()

    def test_damaged_at_the_hub_is_short_for_all(self):
        campaign = self._campaign()
        self._receive(campaign)
        line = campaign.order_ids.order_line
        with self.assertRaisesRegex(UserError, "Say what happened"):
            campaign._note_damage(line, 10, "")
        campaign._note_damage(line, 10, "Fell off the van")
        self.assertEqual(
            self._received(campaign, self.workshop, self.studio, self.gallery), [6, 3, 1]
        )
        shared = self._shared(campaign)
        self.assertEqual((shared.received, shared.damaged, shared.kept), (10, 10, 0))
        campaign._share_receipts()
        self.assertEqual(self._received(campaign, self.workshop), [6])
        with self.assertRaisesRegex(ValidationError, "10 Units is still to be handed over"):
            campaign._note_damage(line, 11, "More")

    def test_sent_back_by_the_hub_without_a_note_is_short_for_all(self):
        campaign = self._campaign()
        picking = self._receive(campaign)
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.quantity = 10
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.write({"quantity": 10, "picked": True})
        back.button_validate()
        self.assertEqual(
            self._received(campaign, self.workshop, self.studio, self.gallery), [6, 3, 1]
        )

    def test_weighed(self):
        campaign = self._campaign([self._demand(product=self.cheese, step=0.5, catch_weight=True)])
        self._receive(campaign)
        one = self._of(campaign, self.workshop)
        with self.assertRaisesRegex(UserError, "9 Units is 12 % away from the 8 Units"):
            one._hand_over({one: 9})
        one._hand_over({one: 8.31})
        self.assertEqual((one.weighed, one.handed_over, one.kept), (0.31, 8.31, 8.31))
        two = self._of(campaign, self.studio)
        two._hand_over({two: 6.5}, "The wheel was small")
        self.assertEqual((two.weighed, two.kept), (-1.5, 6.5))
        self.assertEqual(
            two.move_ids.filtered(lambda move: move.kind == "weight").reason, "The wheel was small"
        )
        self.assert_books_hold()

    def test_weighed_in_halves(self):
        """What came is no whole number of steps: the rest is of the shared services."""
        campaign = self._campaign([self._demand(product=self.cheese, step=0.5, catch_weight=True)])
        self._receive(campaign, 9.7)
        members = sum(self._received(campaign, self.workshop, self.studio, self.gallery))
        self.assertEqual((members, self._shared(campaign).received), (9.5, 0.2))
