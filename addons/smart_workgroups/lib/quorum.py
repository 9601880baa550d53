"""Whether enough members are there, in exact integers."""


def needed(numerator, denominator, basis):
    """Return the least number of votes that is this part of all; nobody is never enough.

    >>> needed(1, 2, 7), needed(1, 2, 8), needed(2, 3, 100), needed(1, 2, 0)
    (4, 4, 67, 1)
    """
    return max(1, -(-basis * numerator // denominator))


def stand(rules, there, basis, stood=()):
    """Return for each rule whether its quorum is reached, and whether it was lost again.

    :param rules: ``(id, name, numerator, denominator)``; a numerator of zero is no quorum
    :param int there: votes of who is present or represented
    :param int basis: votes of all on the roll
    :param stood: ids of the rules whose quorum was reached before
    :return: a list of plain data, which is logged as it is

    >>> [row] = stand([(7, "Statutes", 1, 2)], 4, 9, stood=[7])
    >>> row["needed"], row["reached"], row["lost"]
    (5, False, True)
    >>> stand([(8, "Ordinary", 0, 1)], 1, 9)[0]["reached"]
    True
    """
    rows = []
    for rule, name, numerator, denominator in rules:
        least = needed(numerator, denominator, basis) if numerator else 1
        reached = there >= least
        rows.append(
            {
                "class": rule,
                "name": name,
                "needed": least,
                "reached": reached,
                "lost": not reached and rule in stood,
            }
        )
    return rows
