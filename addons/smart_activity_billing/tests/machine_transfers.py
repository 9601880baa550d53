from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from .machine_common import BREAKS, CENTS, PLACE

# Most transfers are accepted.
STEPS = ["approve", "approve", "refuse", "withdraw"]


class TransferRules:
    """Budget asked for another Activity, and what becomes of it."""

    operations = (
        "ask_transfer",
        "approve_transfer",
        "refuse_transfer",
        "withdraw_transfer",
        "reverse_transfer",
    )

    @rule(cents=CENTS, place=PLACE, breaks=BREAKS)
    def ask_transfer(self, cents, place, breaks):
        source = self._pick(self.activities, place)
        sides = {
            "source_id": source.id,
            "destination_id": self._pick(self.activities, place + 1).id,
        }
        self._do(
            "ask_transfer",
            breaks,
            lambda: self.case._transfer(cents / 100, **sides).action_submit(),
            source,
        )

    @precondition(lambda self: self._in_state("coop.budget.transfer", "submitted"))
    @rule(place=PLACE, breaks=BREAKS, step=st.sampled_from(STEPS))
    def decide_on_transfer(self, place, breaks, step):
        transfers = self._in_state("coop.budget.transfer", "submitted")
        reason = ["No"] if step == "refuse" else []
        self._step(f"{step}_transfer", breaks, transfers, place, f"action_{step}", *reason)

    @precondition(lambda self: self._in_state("coop.budget.transfer", "posted"))
    @rule(place=PLACE, breaks=BREAKS)
    def reverse_transfer(self, place, breaks):
        transfers = self._in_state("coop.budget.transfer", "posted")
        self._step("reverse_transfer", breaks, transfers, place, "action_reverse", "A mistake")
