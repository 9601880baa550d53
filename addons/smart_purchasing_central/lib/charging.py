"""Who pays how much of the bills of a campaign, to the last cent.

Amounts are of the currency's smallest ``unit``, as in ``smart_activity_billing.lib.money``. Each
function returns the parts of all who take something, and of the shared services, which bear what
nobody got: together they are the whole.
"""

from decimal import Decimal

from odoo.addons.smart_activity_billing.lib.money import allocate, exact


def share_goods(total, billed, kept, unit):
    """Share what was billed for one order line by what each kept of it.

    What was billed and reached nobody is borne by the shared services: until the supplier credits
    it, where it did not come or was sent back.

    :param total: what was billed, less what was credited
    :param billed: the quantity of it
    :param list kept: what each took and still has
    :return: list of parts, and the part of the shared services

    >>> share_goods("100", 10, [6, 4], "0.01")
    ([Decimal('60.00'), Decimal('40.00')], Decimal('0.00'))
    >>> share_goods("100", 10, [6, 2], "0.01")  # two were broken
    ([Decimal('60.00'), Decimal('20.00')], Decimal('20.00'))
    >>> share_goods("80", 8, [6, 2], "0.01")  # and then credited
    ([Decimal('60.00'), Decimal('20.00')], Decimal('0.00'))
    >>> share_goods("90", 10, [6, 4], "0.01")  # a discount afterwards
    ([Decimal('54.00'), Decimal('36.00')], Decimal('0.00'))
    >>> share_goods("10", 3, [1.02, 0.97, 1.01], "0.01")
    ([Decimal('3.40'), Decimal('3.23'), Decimal('3.37')], Decimal('0.00'))
    >>> share_goods("5", 1, [0, 0], "0.01")
    ([Decimal('0.00'), Decimal('0.00')], Decimal('5.00'))
    """
    quantities = [max(_number(quantity), Decimal(0)) for quantity in kept]
    rest = max(_number(billed) - sum(quantities), Decimal(0))
    return _split(total, [*quantities, rest], unit)


def share_freight(total, weights, points, unit):
    """Share costs of delivery by weights; with points, first in equal parts over these.

    :param list weights: what each counts: value, units, kilograms
    :param list points: the pick-up point of each, or None to leave points out
    :return: list of parts, and the part of the shared services: all, where nobody counts

    >>> share_freight("10", [100, 100, 100], None, "0.01")
    ([Decimal('3.34'), Decimal('3.33'), Decimal('3.33')], Decimal('0.00'))
    >>> share_freight("10", [100, 300, 50], ["Gent", "Gent", "Luik"], "0.01")
    ([Decimal('1.25'), Decimal('3.75'), Decimal('5.00')], Decimal('0.00'))
    >>> share_freight("10", [0, 0], None, "0.01")
    ([Decimal('0.00'), Decimal('0.00')], Decimal('10.00'))
    """
    weights = [max(_number(weight), Decimal(0)) for weight in weights]
    if points is None or not any(weights):
        return _split(total, [*weights, 0], unit)
    parts = [exact(0, unit)] * len(weights)
    places = list(dict.fromkeys(p for p, weight in zip(points, weights, strict=True) if weight))
    for place, share in zip(places, allocate(total, [1] * len(places), unit), strict=True):
        inside = [index for index, point in enumerate(points) if point == place]
        for index, part in zip(
            inside, allocate(share, [weights[index] for index in inside], unit), strict=True
        ):
            parts[index] = part
    return parts, exact(0, unit)


def share_deposits(charged, total, out, back, unit):
    """Share deposits by the packaging that each has not brought back.

    What came back and the supplier has not credited yet is at the hub: the shared services bear it.

    :param charged: what the supplier took for packaging
    :param total: that, less what was credited when it went back
    :param list out: packaging that each still has
    :param back: packaging that came back from all together

    >>> share_deposits("20", "20", [6, 4], 0, "0.01")
    ([Decimal('12.00'), Decimal('8.00')], Decimal('0.00'))
    >>> share_deposits("20", "20", [1, 4], 5, "0.01")
    ([Decimal('2.00'), Decimal('8.00')], Decimal('10.00'))
    >>> share_deposits("20", "10", [1, 4], 5, "0.01")
    ([Decimal('2.00'), Decimal('8.00')], Decimal('0.00'))
    """
    out = [max(_number(one), Decimal(0)) for one in out]
    parts, rest = _split(charged, [*out, max(_number(back), Decimal(0))], unit)
    return parts, rest + exact(total, unit) - exact(charged, unit)


def billed_quantity(bills, credits_):
    """Return how many units bills were for, less those that were credited.

    A credit of less than half the price is a discount on what stays, whatever quantity it names.

    :param list bills: tuples of quantity and amount
    :param list credits_: the same, both positive

    >>> billed_quantity([(10, 100)], [(2, 20)]), billed_quantity([(10, 100)], [(10, 5)])
    (Decimal('8'), Decimal('10'))
    >>> billed_quantity([], [(1, 10)])
    Decimal('-1')
    """
    quantity = sum((_number(one) for one, _amount in bills), Decimal(0))
    amount = sum((_number(one) for _quantity, one in bills), Decimal(0))
    price = amount / quantity if quantity else Decimal(0)
    for credited, worth in credits_:
        if _number(worth) * 2 >= _number(credited) * price:
            quantity -= _number(credited)
    return quantity


def _split(total, weights, unit):
    """Return the parts, the last one on its own; without any weight that one is all."""
    weights = [_number(weight) for weight in weights]
    if not any(weights):
        weights[-1] = Decimal(1)
    *parts, rest = allocate(total, weights, unit)
    return parts, rest


def _number(value):
    return value if isinstance(value, Decimal) else Decimal(str(value))
