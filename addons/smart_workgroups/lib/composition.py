"""Who must be in a workgroup before it starts."""


def lacking(wanted, present):
    """Return how many are lacking of each role, roles with enough left out.

    >>> lacking({"director": 2, "staff": 1, "secretary": 1}, {"director": 1, "staff": 3})
    {'director': 1, 'secretary': 1}
    """
    missing = {role: count - present.get(role, 0) for role, count in wanted.items()}
    return {role: count for role, count in missing.items() if count > 0}


def places_left(places, taken):
    """Return how many places are left, or None where there is no limit.

    >>> places_left(0, 40), places_left(12, 10), places_left(12, 14)
    (None, 2, 0)
    """
    return max(places - taken, 0) if places else None
