from collections import Counter, defaultdict
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .exit_common import ExitCase
from .transfer_common import DECISION

STEPS = 200
LIVES = 2


class NothingThereError(Exception):
    """There is nobody, or nothing, to which this can happen."""


class Life(RuleBasedStateMachine):
    """What may happen to the shares of a cooperative, in any order and as often as it likes.

    A step that the cooperative refuses with a message leaves nothing behind; `case.done` counts
    the others.
    """

    # What happens more often is named more often. The first life that is tried always takes the
    # first of them, and nothing else.
    ACTS = (
        *["change_statutes", "refuse", "cancel", "report", "change_price"],
        *["subscribe", "pay", "pay_part", "undo_payment", "redo_payment"] * 2,
        *["transfer", "convert", "leave", "return_some", "pay_exit"] * 2,
    )

    def __init__(self, case):
        super().__init__()
        self.case = case
        self.env = case.env
        self.payments = []
        self.life = self.env.cr.savepoint()

    def teardown(self):
        self.case.assertFalse(self.env["coop.share.movement"]._verify_chain(self.case.company))
        self.life.rollback()
        self.life.close()

    @rule(act=st.sampled_from(ACTS), chance=st.integers(0, 10**6), quantity=st.integers(1, 6))
    def live(self, act, chance, quantity):
        try:
            with self.env.cr.savepoint():
                happened = getattr(self, act)(chance, quantity)
        except (NothingThereError, UserError, ValidationError):
            happened = False
        self.case.steps += 1
        self.case.done[act] += happened is not False

    @invariant()
    def books_and_register_agree(self):
        self.case.assert_books_and_register_agree()

    # ------------------------------------------------------------------
    # Who and what
    # ------------------------------------------------------------------

    def _records(self, model, *domain):
        company = ("company_id", "=", self.case.company.id)
        return self.env[model].search([company, *domain], order="id")

    def _one(self, records, chance):
        """Return one of many; without any, nothing can happen."""
        if not records:
            raise NothingThereError
        return records[chance % len(records)]

    def _member(self, chance):
        return self._one(self._records("coop.membership", ("state", "=", "member")), chance)

    def _subscription(self, chance):
        return self._one(
            self._records("coop.share.subscription", ("state", "=", "approved")), chance
        )

    def _class(self, chance):
        return (self.case.share_a | self.case.share_c)[chance % 5 == 0]

    # ------------------------------------------------------------------
    # What happens
    # ------------------------------------------------------------------

    def subscribe(self, chance, quantity):
        partner = None if chance % 2 else self._member(chance).partner_id
        self.case._subscribe(quantity, partner, share_class_id=self._class(chance).id)

    def pay(self, chance, _quantity, part=1.0):
        subscription = self._subscription(chance)
        residual = subscription.capital_call_id.amount_residual
        amount = self.case.company.currency_id.round(residual * part)
        if not amount:
            return False
        self.payments.append((self.case._pay(subscription, amount), subscription))
        return True

    def pay_part(self, chance, quantity):
        return self.pay(chance, quantity, quantity / 7)

    def undo_payment(self, chance, _quantity):
        line, _subscription = self._one(self.payments, chance)
        if not line.matched_debit_ids:
            return False
        line.remove_move_reconcile()
        return True

    def redo_payment(self, chance, _quantity):
        open_payments = [pair for pair in self.payments if not pair[0].reconciled]
        line, subscription = self._one(open_payments, chance)
        call_line = subscription.capital_call_id.line_ids.filtered(
            lambda item: item.display_type == "payment_term" and not item.reconciled
        )
        if not call_line:
            return False
        (line | call_line).reconcile()
        return True

    def refuse(self, _chance, quantity):
        subscription = self.case._subscribe(quantity, approve=False)
        subscription.refusal_reason = "The candidate has no activity."
        subscription.action_refuse()

    def cancel(self, chance, _quantity):
        self._subscription(chance).action_cancel()

    def transfer(self, chance, quantity):
        giver, receiver = self._member(chance), self._member(chance // 7)
        if giver == receiver:
            return False
        transfer = self.env["coop.share.transfer"].create(
            {
                "company_id": self.case.company.id,
                "share_class_id": self.case.share_a.id,
                "partner_from_id": giver.partner_id.id,
                "partner_to_id": receiver.partner_id.id,
                "quantity": quantity,
            }
        )
        transfer.action_submit()
        transfer.action_accept()
        self.env["coop.share.transfer.decision"].create(
            {"transfer_ids": transfer.ids, **DECISION}
        ).action_apply()
        return True

    def convert(self, chance, _quantity):
        self.env["coop.share.conversion"].create(
            {
                "company_id": self.case.company.id,
                "partner_id": self._member(chance).partner_id.id,
                "share_class_id": self.case.share_a.id,
                "quantity": 5,
                "target_class_id": self.case.share_c.id,
                **DECISION,
            }
        ).action_convert()

    def leave(self, chance, _quantity):
        self.case._exit(self._member(chance), "lost_quality").action_approve()

    def return_some(self, chance, quantity):
        self.case._exit(
            self._member(chance),
            "partial",
            share_class_id=self.case.share_a.id,
            quantity=quantity,
        ).action_approve()

    def report(self, _chance, quantity):
        self.case._test_report(quantity * 500)

    def pay_exit(self, chance, _quantity):
        share_exit = self._one(self._records("coop.share.exit", ("state", "=", "payable")), chance)
        self.case._pay_exit(share_exit)

    def change_statutes(self, _chance, quantity):
        self.case.company.coop_share_issue = "first" if quantity % 2 else "paid"

    def change_price(self, _chance, quantity):
        prices = self.case.share_a.price_ids
        newest = max(prices.mapped("date_from"))
        prices[0].copy({"date_from": newest + timedelta(days=1), "price": 50 + quantity})


@tagged("post_install", "-at_install")
class TestShareLife(ExitCase):
    """In two hundred steps of anything, the books and the register keep saying the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"coop_exit_partial": True, "coop_share_concentration": 0})
        cls.capital_c = (
            cls.env["account.account"]
            .with_company(cls.company)
            .create({"name": "Capital C", "code": "110991", "account_type": "equity"})
        )
        cls.share_c.write(
            {"capital_account_id": cls.capital_c.id, "category_ids": cls.user_category.ids}
        )
        for number in range(6, 12):
            cls._member(number, f"Member {number}")
        cls.done, cls.steps = Counter(), 0

    def test_a_life_of_two_hundred_steps(self):
        run_state_machine_as_test(
            lambda: Life(self),
            settings=settings(
                max_examples=LIVES,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                # A shorter life would be nice to have, and would take an hour to find.
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
        self.assertEqual(self.steps, LIVES * STEPS)
        real_life = sum(self.done.values()) - STEPS
        self.assertGreater(real_life, STEPS / 4, f"too little happened: {self.done}")

    def assert_books_and_register_agree(self):
        """Compare class by class, then look at what is owed to who left.

        What was paid on a call is not capital of the register in two cases only: the shares wait
        for the rest of the payment, or the payment was undone after they had gone elsewhere.
        """
        self.env.flush_all()
        register = Counter()
        for (_holder, class_id), (quantity, paid_up) in (
            self.env["coop.share.movement"]._positions_at(None, self.company).items()
        ):
            self.assertGreaterEqual(quantity, 0)
            self.assertGreaterEqual(paid_up, 0)
            register[class_id] += paid_up
        waiting = self._paid_and_not_in_the_register()
        for share_class in self.share_a | self.share_c:
            self.assertAlmostEqual(
                register[share_class.id] + waiting[share_class.id],
                self._paid_in_books(share_class),
                2,
            )
        owed = self.env["coop.share.exit"].search(
            [("company_id", "=", self.company.id), ("state", "in", ("deferred", "payable"))]
        )
        self.assertAlmostEqual(
            sum(owed.mapped("amount")),
            -self._sum("balance", self.separation) - self._sum("balance", self.deferred),
            2,
        )

    def _paid_and_not_in_the_register(self):
        subscriptions = self.env["coop.share.subscription"].search(
            [("company_id", "=", self.company.id), ("state", "in", ("approved", "paid"))]
        )
        paid = self._paid_by_call(subscriptions.capital_call_id)
        issued = self._issued_by_subscription(subscriptions)
        difference = Counter()
        for subscription in subscriptions:
            call_paid, (quantity, paid_up) = (
                paid[subscription.capital_call_id],
                issued[subscription.id],
            )
            if abs(call_paid - paid_up) > 0.001:
                undone = "The payment of shares was undone"
                self.assertTrue(
                    not quantity or undone in subscription.activity_ids.mapped("summary"),
                    f"{subscription.name}: {call_paid} paid, {paid_up} in the register",
                )
                difference[subscription.share_class_id.id] += call_paid - paid_up
        return difference

    def _paid_by_call(self, calls):
        groups = self.env["account.move.line"]._read_group(
            [("move_id", "in", calls.ids), ("account_id", "=", self.called.id)],
            ["move_id"],
            ["balance:sum", "amount_residual:sum"],
        )
        return {call: balance - residual for call, balance, residual in groups}

    def _issued_by_subscription(self, subscriptions):
        issued = defaultdict(lambda: (0, 0.0))
        for movement in self.env["coop.share.movement"].search(
            [("res_model", "=", subscriptions._name), ("res_id", "in", subscriptions.ids)]
        ):
            sign = 1 if movement.partner_to_id else -1
            quantity, paid_up = issued[movement.res_id]
            issued[movement.res_id] = (
                quantity + sign * movement.quantity,
                paid_up + sign * movement.paid_up,
            )
        return issued

    def _paid_in_books(self, share_class):
        calls = [("move_id.share_class_id", "=", share_class.id)]
        return -self._sum("balance", share_class.capital_account_id) - self._sum(
            "amount_residual", self.called, calls
        )

    def _sum(self, field, account, domain=()):
        [[total]] = self.env["account.move.line"]._read_group(
            [("account_id", "=", account.id), ("parent_state", "=", "posted"), *domain],
            aggregates=[f"{field}:sum"],
        )
        return total or 0.0
