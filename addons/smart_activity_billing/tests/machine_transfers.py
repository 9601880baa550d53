from hypothesis.stateful import precondition, rule

from .machine_common import BREAKS, CENTS, PLACE

# Most transfers are accepted.
STEPS = ["approve_transfer", "approve_transfer", "refuse_transfer", "withdraw_transfer"]


class TransferRules:
    """Budget asked for another Activity, and what becomes of it."""

    several = {"decide_on_transfer": STEPS}

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
    @rule(turn=PLACE, place=PLACE, breaks=BREAKS)
    def decide_on_transfer(self, turn, place, breaks):
        transfers = self._in_state("coop.budget.transfer", "submitted")
        step = self._choose("decide_on_transfer", turn)
        reason = ["No"] if step == "refuse_transfer" else []
        method = f"action_{step.removesuffix('_transfer')}"
        self._step(step, breaks, transfers, place, method, *reason)

    @precondition(lambda self: self._in_state("coop.budget.transfer", "posted"))
    @rule(place=PLACE, breaks=BREAKS)
    def reverse_transfer(self, place, breaks):
        transfers = self._in_state("coop.budget.transfer", "posted")
        self._step("reverse_transfer", breaks, transfers, place, "action_reverse", "A mistake")
