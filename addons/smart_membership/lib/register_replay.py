"""Play the movements of a register in their order, to find what the register would refuse.

Plain Python, without Odoo. Who holds is whatever the caller uses to tell holders apart.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Finding:
    """What the register would refuse at a row, with the two values that do not fit."""

    row: object
    code: str
    first: object = None
    second: object = None
    holder: object = None


@dataclass(frozen=True)
class Step:
    """A movement to play: its row, its place in the register, and who gives and receives what."""

    row: object
    number: int
    date: object
    share_class: object
    giver: object
    receiver: object
    quantity: int
    paid_up: Decimal


def check_order(steps, last_number=0, last_date=None):
    """Return what is wrong with numbers and dates of steps that follow a register.

    :param steps: list of ``Step`` by number
    :param last_number: the number that the register has come to

    >>> steps = [Step(row, number, day, "A", None, 1, 1, Decimal(1)) for row, number, day in
    ...          ((2, 1, 10), (3, 3, 12), (4, 3, 11))]
    >>> for finding in check_order(steps):
    ...     print(finding.row, finding.code, finding.first, finding.second)
    3 gap 2 2
    4 doubled 3 3
    4 backwards 12 11
    """
    findings = []
    previous, previous_date, previous_row = last_number, last_date, None
    for step in steps:
        if step.number == previous and previous_row is not None:
            findings.append(Finding(step.row, "doubled", step.number, previous_row))
        elif step.number > previous + 1:
            findings.append(Finding(step.row, "gap", previous + 1, step.number - 1))
        if previous_date and step.date and step.date < previous_date:
            findings.append(Finding(step.row, "backwards", previous_date, step.date))
        else:
            previous_date = step.date or previous_date
        previous, previous_row = step.number, step.row
    return findings


def play(steps, positions):
    """Change positions as the steps do; return who would give more than is held.

    :param steps: list of ``Step`` by number
    :param positions: ``{(holder, share class): (quantity, paid up)}``, changed in place

    >>> positions = {}
    >>> steps = [Step(2, 1, 10, "A", None, "Ann", 3, Decimal(30)),
    ...          Step(3, 2, 11, "A", "Ann", "Bob", 5, Decimal(20))]
    >>> [(one.row, one.code, one.first, one.second, one.holder) for one in play(steps, positions)]
    [(3, 'held', 3, 5, 'Ann')]
    """
    findings = []
    for step in steps:
        if step.giver is not None:
            quantity, paid_up = positions.get((step.giver, step.share_class), (0, Decimal(0)))
            if quantity < step.quantity:
                findings.append(Finding(step.row, "held", quantity, step.quantity, step.giver))
            elif paid_up < step.paid_up:
                findings.append(Finding(step.row, "paid", paid_up, step.paid_up, step.giver))
            # What is missing is missing once: the rows that follow are not to blame.
            positions[step.giver, step.share_class] = (
                max(quantity - step.quantity, 0),
                max(paid_up - step.paid_up, Decimal(0)),
            )
        if step.receiver is not None:
            quantity, paid_up = positions.get((step.receiver, step.share_class), (0, Decimal(0)))
            positions[step.receiver, step.share_class] = (
                quantity + step.quantity,
                paid_up + step.paid_up,
            )
    return findings


def gaps(numbers):
    """Return the numbers that are missing below the highest one, as pairs of first and last.

    >>> gaps([1, 2, 5, 9])
    [(3, 4), (6, 8)]
    """
    found, expected = [], 1
    for number in sorted(set(numbers)):
        if number > expected:
            found.append((expected, number - 1))
        expected = max(expected, number + 1)
    return found
