from odoo.exceptions import UserError
from odoo.tests import tagged

from .exit_common import ExitCase
from .transfer_common import TransferCase


@tagged("post_install", "-at_install")
class TestSharePromises(TransferCase, ExitCase):
    """What waits for a transfer, a conversion or an exit is promised once: each knows the others.

    The giver holds four shares A.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.coop_exit_partial = True
        cls.share_b = cls._share_class("B", cls.user_category, 100)

    @classmethod
    def _conversion(cls, quantity=2, target_class=None, **values):
        return super()._conversion(quantity, target_class or cls.share_b, **values)

    def _convert(self, quantity):
        self._conversion(quantity).action_convert()

    def _part(self, quantity, submit=True):
        return self._exit(
            self.giver_membership,
            "partial",
            share_class_id=self.share_a.id,
            quantity=quantity,
            submit=submit,
        )

    def _assert_refused(self, pending, quantity, step, *args):
        pattern = f"{quantity} (are|of the shares).*{pending.name}"
        with self.assertRaisesRegex(UserError, pattern), self.cr.savepoint():
            step(*args)

    def test_a_pending_transfer(self):
        transfer = self._transfer(3)
        self._assert_refused(transfer, 3, self._exit, self.giver_membership)
        self._assert_refused(transfer, 3, self._exit, self.giver_membership, "death")
        self._assert_refused(transfer, 3, self._part, 2)
        self._assert_refused(transfer, 3, self._convert, 2)
        self._assert_refused(transfer, 3, self._transfer, 2)
        self._part(1)
        transfer.action_cancel()
        self.assertEqual(self._transfer(3).state, "accepted")

    def test_an_offer_that_nobody_accepted_promises_nothing(self):
        offer = self._transfer(3, "submitted")
        share_exit = self._exit(self.giver_membership)
        self.assertEqual(share_exit.state, "submitted")
        self._assert_refused(share_exit, 4, offer.action_accept)

    def test_a_pending_exit(self):
        # Whenever it is asked for, it takes effect on another day than today.
        self.company.coop_exit_window_months = 1
        share_exit = self._exit(self.giver_membership)
        for state in ("submitted", "approved"):
            self.assertEqual(share_exit.state, state)
            self._assert_refused(share_exit, 4, self._transfer, 1)
            self._assert_refused(share_exit, 4, self._convert, 2)
            if state == "submitted":
                share_exit.action_approve()
        share_exit.action_cancel()
        self.assertEqual(self._transfer(4).state, "accepted")

    def test_part_of_the_shares_leaves_the_rest_free(self):
        part = self._part(1)
        self._assert_refused(part, 1, self._transfer, 4)
        self.assertEqual(self._transfer(3).state, "accepted")
        self.assertEqual(self.share_a._get_free_quantity(self.giver), 0)
        self.assertEqual(self.share_a._get_free_quantity(self.receiver), 2)

    def test_another_class_is_another_matter(self):
        self._convert(2)
        self.assertEqual(self._held(self.giver, self.share_b), 1)
        self._part(1)
        back = self._conversion(1, share_class_id=self.share_b.id, target_class_id=self.share_a.id)
        back.action_convert()
        self.assertEqual(self._held(self.giver), 4)
        self.assertEqual(self.share_a._get_free_quantity(self.giver), 3)

    def test_a_pending_conversion(self):
        conversion = self._conversion(2)
        self._assert_refused(conversion, 2, self._exit, self.giver_membership)
        self._assert_refused(conversion, 2, self._part, 3)
        self._assert_refused(conversion, 2, self._transfer, 3)
        self._assert_refused(conversion, 2, self._convert, 4)
        self.assertEqual(self._transfer(2).state, "accepted")
        conversion.action_cancel()
        self._exit(self.giver_membership, submit=False)

    def test_a_sketch_of_a_conversion_promises_nothing(self):
        self._conversion(4, decision_date=False)
        self.assertEqual(self._exit(self.giver_membership).state, "submitted")

    def test_the_receiver_does_not_read_that_the_giver_leaves(self):
        offer = self._transfer(3, "submitted")
        share_exit = self._exit(self.giver_membership)
        # The portal accepts in the name of the receiver, who has no right to write.
        with self.assertRaisesRegex(UserError, "4 are promised") as refused, self.cr.savepoint():
            offer.with_user(self.other).sudo()._accept()
        self.assertNotIn(share_exit.name, str(refused.exception))

    def test_approval_of_what_was_promised_first_goes_on(self):
        transfer = self._transfer(3)
        self._part(1)
        self._decide(transfer)
        self.assertEqual((self._held(self.giver), self._held(self.receiver)), (1, 5))
        self.assert_register_holds()

    def test_the_giver_reads_what_is_free(self):
        self._part(1)
        [row] = self.env["coop.share.transfer"]._get_own_holdings(self.portal)
        self.assertEqual((row["held"], row["promised"], row["free"]), (4, 1, 3))
