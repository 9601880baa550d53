"""The separation of a member who left, up to the file for the bank."""

from sepa import MEMBER_IBAN, SepaMixin

from odoo.tests import tagged

from odoo.addons.smart_membership.tests.exit_common import ExitCase


@tagged("post_install", "-at_install")
class TestExitSepa(SepaMixin, ExitCase):
    """The payment order of the companion addon takes the amount, the member's account and pays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.membership = cls._member(4, "Leaver")
        cls._setup_sepa(cls.bank_journal, cls.membership.partner_id)

    def test_a_deferred_amount_is_in_no_order_and_a_payable_one_in_the_file(self):
        share_exit = self._exit(self.membership, "lost_quality", bank_account_id=self.account.id)
        share_exit.action_approve()
        self.assertEqual(share_exit.state, "deferred")
        self.assertFalse(self._order(share_exit.due_date).payment_line_ids)
        self._test_report()
        self.assertEqual(share_exit.state, "payable")
        order = self._order(share_exit.due_date)
        self.assertEqual(order.payment_line_ids.partner_bank_id, self.account)
        name, iban, amount, text = self._read_transfer(order)
        self.assertEqual((name, iban, amount), ("Leaver", MEMBER_IBAN, "200.00"))
        self.assertIn(share_exit.name, text)
        order.generated2uploaded()
        self.assertEqual(share_exit.state, "paid")
        self.assert_register_holds()
