"""How unequal the turnover is: a Lorenz curve that tells of no single member."""

from .small_groups import SMALLEST

# The finest steps first: each is about enough members, or the next one is taken.
STEPS = (10, 5, 4, 2)


def lorenz_points(values, smallest=SMALLEST):
    """Return the curve: what part of the members, the smallest first, has what part of the total.

    Between two points are at least ``smallest`` members, and both parts are whole percents; that
    of the members is exact to half a member. What is negative, more refunded than invoiced, counts
    as nothing.

    :param values: one number for each member
    :return: list of ``(percent of members, percent of the total)``, or empty when the members are
        too few or there is nothing to share

    >>> lorenz_points([10] * 50)[:3]
    [(0, 0), (10, 10), (20, 20)]
    >>> lorenz_points([0] * 40 + [100] * 10)[-3:]
    [(80, 0), (90, 50), (100, 100)]
    >>> lorenz_points([5] * 9)
    []
    """
    ordered = sorted(max(value, 0) for value in values)
    count, total = len(ordered), sum(ordered)
    steps = next((number for number in STEPS if count // number >= smallest), None)
    if not steps or not total:
        return []
    points = [(0, 0)]
    running, last = 0, 0
    for step in range(1, steps + 1):
        end = round(count * step / steps)
        running += sum(ordered[last:end])
        last = end
        points.append((round(100 * step / steps), round(100 * running / total)))
    return points


def top_share(points, top=20):
    """Return what part of the total the ``top`` percent of the members have, told by the curve.

    :return: whole percents, or None where the curve has no point there

    >>> top_share(lorenz_points([0] * 40 + [100] * 10))
    100
    >>> top_share([(0, 0), (50, 20), (100, 100)]) is None
    True
    """
    shares = dict(points)
    return 100 - shares[100 - top] if 100 - top in shares else None
