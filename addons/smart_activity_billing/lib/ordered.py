"""What an order still has to cost: ordered and not yet billed.

Amounts in and out are of the currency's smallest ``unit``, as in ``money``.
"""

from decimal import Decimal

from .money import allocate, exact


def not_yet_billed(budget, ordered, billed, unit):
    """Return what is still to come of ``budget``, the cost of all that was ordered.

    What was billed counts by quantity and by amount, whichever leaves less: a bill at a lower price
    holds nothing back once all came, and a credit on the price alone orders nothing again. It is
    never less than nothing, and never more than all that was ordered.

    :param ordered: tuple of the quantity and the untaxed amount of the order
    :param billed: tuple of the quantity and the untaxed amount of the posted bills, less credits

    >>> not_yet_billed(1000, (10, 1000), (0, 0), "0.01")
    Decimal('1000.00')
    >>> not_yet_billed(1000, (10, 1000), (4, 400), "0.01")
    Decimal('600.00')
    >>> not_yet_billed(1000, (10, 1000), (5, 600), "0.01")  # dearer than ordered
    Decimal('400.00')
    >>> not_yet_billed(1000, (10, 1000), (10, 900), "0.01")  # cheaper, and all came
    Decimal('0.00')
    >>> not_yet_billed(1000, (10, 1000), (0, 990), "0.01")  # ten credited one euro each
    Decimal('10.00')
    >>> not_yet_billed(1000, (10, 1000), (12, 1200), "0.01")
    Decimal('0.00')
    >>> not_yet_billed(1000, (10, 1000), (-2, -200), "0.01")
    Decimal('1000.00')
    >>> not_yet_billed(100, (3, 100), (1, 33.33), "0.01")
    Decimal('66.67')
    >>> not_yet_billed(-50, (1, -50), (0, 0), "0.01")  # a discount promises nothing
    Decimal('0.00')
    """
    budget = exact(budget, unit)
    if budget <= 0:
        return exact(0, unit)
    left = [Decimal(1)]
    for whole, part in zip(map(str, ordered), map(str, billed), strict=True):
        if Decimal(whole) > 0:
            left.append((Decimal(whole) - Decimal(part)) / Decimal(whole))
    return exact(budget * max(Decimal(0), min(left)), unit)


def split_over(total, percentages, unit):
    """Return the part of ``total`` for each of ``percentages``, which may leave a rest.

    Where they add up to 100 or less, cents go to the largest remainder, as in the ledger.

    >>> split_over("100", [33.33, 33.33, 33.34], "0.01")
    [Decimal('33.33'), Decimal('33.33'), Decimal('33.34')]
    >>> split_over("10.01", [50, 25], "0.01")
    [Decimal('5.01'), Decimal('2.50')]
    >>> split_over("10", [100, 100], "0.01")
    [Decimal('10.00'), Decimal('10.00')]
    >>> split_over("10", [-10, 0], "0.01")
    [Decimal('0.00'), Decimal('0.00')]
    """
    weights = [max(Decimal(0), Decimal(str(percentage))) for percentage in percentages]
    rest = Decimal(100) - sum(weights)
    if rest < 0:
        return [exact(exact(total, unit) * weight / 100, unit) for weight in weights]
    return allocate(total, [*weights, rest], unit)[: len(weights)]
