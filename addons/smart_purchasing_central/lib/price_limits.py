"""Nobody gets a unit for more than the most that it may cost: who is left out, and who gets which.

A product can come from several suppliers at different prices. What is dear goes to those who accept
its price only; beyond that everybody gets of each supplier in proportion.
"""

from .sharing import _spread, share_out


def share_by_price(supplies, claims, limits, equally=False):
    """Share what comes, by the rule of ``share_out``, so that no limit is exceeded.

    :param supplies: list of pairs of the price and the steps that come
    :param claims: list of ``Claim``
    :param limits: for each claim the most that it accepts as a price, None for any price
    :return: for each claim the steps of each supply; what is left of each supply; and the places of
        the claims that have to go first, for there is not enough at prices that they accept

    >>> from .sharing import Claim
    >>> share_by_price([(100, 6), (90, 6)], [Claim(0, 6), Claim(0, 6)], [None, None])
    ([[3, 3], [3, 3]], [0, 0], [])
    >>> share_by_price([(100, 6), (90, 6)], [Claim(0, 6), Claim(0, 6)], [None, 95])
    ([[6, 0], [0, 6]], [0, 0], [])
    >>> share_by_price([(100, 6), (90, 6)], [Claim(0, 4), Claim(0, 8)], [None, 95])
    ([], [], [1])
    """
    parts, rest = share_out(sum(steps for _price, steps in supplies), claims, equally)
    # What nobody takes is for the shared services, whatever it costs.
    needs, limits = [*parts, rest], [*limits, None]
    given = [[0] * len(supplies) for _need in needs]
    for place in sorted(range(len(supplies)), key=lambda place: -supplies[place][0]):
        price, steps = supplies[place]
        room = [
            need if limit is None or limit >= price else 0
            for need, limit in zip(needs, limits, strict=True)
        ]
        lacking = steps - sum(room)
        if lacking > 0:
            return [], [], _choose(lacking, price, parts, limits)
        for index, part in enumerate(_spread(steps, room)):
            given[index][place] = part
            needs[index] -= part
    return given[:-1], given[-1], []


def _choose(lacking, price, parts, limits):
    """Return who goes: those who accept least, the last of them first, until there is room.

    >>> _choose(3, 100, [2, 2, 2, 2], [90, 95, 90, None])
    [0, 2]
    """
    going = []
    candidates = [index for index, part in enumerate(parts) if part and limits[index] is not None]
    for index in sorted(candidates, key=lambda index: (limits[index], -index)):
        if lacking <= 0 or limits[index] >= price:
            break
        going.append(index)
        lacking -= parts[index]
    return sorted(going)
