"""Whether the votes of a meeting adopt a resolution, in whole numbers."""


def is_adopted(votes_for, votes_against, numerator=1, denominator=2, strict=True):
    """Tell whether those in favour reach the majority; abstentions are left out.

    With the default, more than half; with ``strict`` off, the fraction itself is enough.

    >>> is_adopted(51, 49), is_adopted(50, 50), is_adopted(0, 0)
    (True, False, False)
    >>> is_adopted(75, 25, 3, 4, strict=False), is_adopted(299, 100, 3, 4, strict=False)
    (True, False)
    """
    reached, needed = votes_for * denominator, (votes_for + votes_against) * numerator
    if not votes_for:
        return False
    return reached > needed if strict else reached >= needed


def add_up(present, represented, votes_for, votes_against, abstained, not_voted):
    """Tell whether all who were there are accounted for.

    >>> add_up(80, 20, 60, 30, 5, 5), add_up(80, 20, 60, 30, 5, 4), add_up(3, -1, 2, 0, 0, 0)
    (True, False, False)
    """
    figures = (present, represented, votes_for, votes_against, abstained, not_voted)
    return min(figures) >= 0 and present + represented == sum(figures[2:])
