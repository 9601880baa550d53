"""How the writing off of one thing is split over those who share it.

Amounts are ``Decimal`` multiples of the currency's ``unit``. Each step looks at what every share
should have borne since the purchase, not at the step alone: no cent drifts to one of them, and
when all is written off each has borne its cost, to the cent.
"""

from decimal import ROUND_FLOOR, Decimal
from itertools import accumulate

from .money import allocate, exact


def split_write_off(amount, costs, borne, unit):
    """Split one depreciation over the shares.

    What a share deserves is its part of all that will be written off after this step, less what
    it bore already. Nobody is given anything back by a depreciation, and nobody bears more than
    its cost. A correction downwards gives back in proportion to what was borne.

    :param amount: what is written off now, at most what is left of the costs
    :param costs: the cost of each share
    :param borne: what each share bore so far
    :return: list of ``Decimal`` that sum to ``amount``
    :raise ValueError: more than what is left, or less than nothing would remain

    >>> split_write_off("10.00", ["100", "100", "100"], ["0", "0", "0"], "0.01")
    [Decimal('3.34'), Decimal('3.33'), Decimal('3.33')]
    >>> split_write_off("10.00", ["100", "100", "100"], ["3.34", "3.33", "3.33"], "0.01")
    [Decimal('3.33'), Decimal('3.34'), Decimal('3.33')]
    >>> split_write_off("280", ["100", "100", "100"], ["6.67", "6.67", "6.66"], "0.01")
    [Decimal('93.33'), Decimal('93.33'), Decimal('93.34')]
    >>> split_write_off("-3", ["100", "200"], ["10", "20"], "0.01")
    [Decimal('-1.00'), Decimal('-2.00')]
    """
    unit = Decimal(str(unit))
    amount = exact(amount, unit)
    costs = [exact(cost, unit) for cost in costs]
    borne = [exact(part, unit) for part in borne]
    after = sum(borne) + amount
    if not 0 <= after <= sum(costs):
        raise ValueError("Only what is left of the costs can be written off.")
    if not amount:
        return [Decimal(0) * unit for _cost in costs]
    if amount < 0:
        return allocate(amount, borne, unit)
    deserved = [
        (after * cost / sum(costs) - part) / unit for cost, part in zip(costs, borne, strict=True)
    ]
    steps = [max(Decimal(0), one.quantize(Decimal(1), rounding=ROUND_FLOOR)) for one in deserved]
    left = int(amount / unit - sum(steps))
    by_remainder = sorted(
        range(len(costs)), key=lambda i: (steps[i] - deserved[i], -costs[i], i), reverse=left < 0
    )
    while left:
        for i in by_remainder:
            step = 1 if left > 0 else -1
            if left and 0 <= steps[i] + step <= (costs[i] - borne[i]) / unit:
                steps[i] += step
                left -= step
    return [step * unit for step in steps]


def split_credit(amount, costs, borne, unit):
    """Split what a supplier takes back over the shares.

    First goes what is not written off yet; what is more than that gives back what was borne.

    :return: list of ``(cost, borne)``, the parts by which each share's cost goes down, and what
        it gets back of what it bore
    :raise ValueError: more than the costs

    >>> split_credit("60", ["100", "50"], ["40", "20"], "0.01")
    [(Decimal('40.00'), Decimal('0.00')), (Decimal('20.00'), Decimal('0.00'))]
    >>> split_credit("150", ["100", "50"], ["40", "20"], "0.01")
    [(Decimal('100.00'), Decimal('40.00')), (Decimal('50.00'), Decimal('20.00'))]
    """
    unit = Decimal(str(unit))
    amount = exact(amount, unit)
    borne = [exact(part, unit) for part in borne]
    left = [exact(cost, unit) - part for cost, part in zip(costs, borne, strict=True)]
    if not 0 <= amount <= sum(left) + sum(borne):
        raise ValueError("No more than the costs can be taken back.")
    from_left = min(amount, sum(left))
    back = amount - from_left
    zeros = [Decimal(0) * unit for _part in left]
    lefts = allocate(from_left, left, unit) if from_left else zeros
    backs = allocate(back, borne, unit) if back else zeros
    return [(part + given, given) for part, given in zip(lefts, backs, strict=True)]


def part_of_share(part, cost, borne, unit):
    """Return what was borne of a ``part`` of a share, so that neither half bears too much.

    >>> part_of_share("25", "100", "40.01", "0.01")
    Decimal('10.00')
    >>> part_of_share("100", "100", "40.01", "0.01")
    Decimal('40.01')
    """
    part, cost, borne = (exact(value, unit) for value in (part, cost, borne))
    return exact(borne * part / cost, unit) if part != cost else borne


def spread(total, planned, unit):
    """Spread what is left to write off over the planned steps, keeping their shape.

    >>> spread("90", ["50", "50", "50"], "0.01")
    [Decimal('30.00'), Decimal('30.00'), Decimal('30.00')]
    >>> spread("90", ["0", "0"], "0.01")
    [Decimal('45.00'), Decimal('45.00')]
    """
    weights = [max(Decimal(str(step)), Decimal(0)) for step in planned]
    return allocate(total, weights if any(weights) else [1] * len(weights), unit)


def keep_within(total, planned, unit):
    """Return planned steps that never write off more than ``total``, and all of it at the end.

    What keeps within it stays as planned. Steps that were each rounded up do not: 0.43 over twelve
    months is eleven times 0.04, and then -0.01. These are all spread anew, in their shape; a step
    that the others left nothing for weighs as much as the one before it.

    :param total: what is left to write off
    :param planned: the steps, in their order
    :return: list of ``Decimal``, as long as ``planned``, that sum to ``total``

    >>> [str(step) for step in keep_within("1.00", ["0.33", "0.33", "0.34"], "0.01")]
    ['0.33', '0.33', '0.34']
    >>> [str(step) for step in keep_within("0.07", ["0.02"] * 4 + ["-0.01"], "0.01")]
    ['0.02', '0.02', '0.01', '0.01', '0.01']
    """
    total = exact(total, unit)
    steps = [exact(step, unit) for step in planned]
    if sum(steps) == total and max(accumulate(steps)) <= total:
        return steps
    weights = []
    for step in steps:
        weights.append(step if step > 0 or not weights else weights[-1])
    return spread(total, weights, unit)


def stop_at(total, planned, unit):
    """Return planned steps up to the one that reaches ``total``, which the last does in any case.

    For methods that write off the same amount each month until a limit is reached.

    >>> [str(step) for step in stop_at("250", ["100", "100", "100", "-50"], "0.01")]
    ['100.00', '100.00', '50.00', '0.00']
    """
    left = exact(total, unit)
    steps = []
    for i, step in enumerate(planned, start=1):
        part = min(exact(step, unit), left) if left and i < len(planned) else left
        steps.append(part)
        left -= part
    return steps
