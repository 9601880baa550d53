"""How much is asked of people: a budget of requests a month, in few e-mails."""

import hashlib


def pick(fresh, reminders, budget, used):
    """Return what goes into the next digest, and nothing beyond what is left of the month.

    :param fresh: requests that were never sent, as tuples ``(deadline or "", id)``
    :param reminders: ids of requests that were sent and not answered
    :param budget: how many requests somebody gets in a month
    :param used: how many of them went out this month, reminders too

    What is due first goes first; reminders take what is left.

    >>> pick([("2026-05-09", 1), ("", 2), ("2026-05-02", 3)], [9], 3, 1)
    ([3, 1], [])
    >>> pick([("", 2)], [9, 8], 4, 1)
    ([2], [9, 8])
    >>> pick([("", 2)], [9], 2, 2)
    ([], [])
    """
    left = max(budget - used, 0)
    in_order = sorted(fresh, key=lambda one: (not one[0], one[0], one[1]))
    new = [number for _deadline, number in in_order[:left]]
    return new, list(reminders)[: left - len(new)]


def draw(candidates, size, seed):
    """Draw people for a panel: who was asked longest ago first, by lot among equals.

    :param candidates: ``{id: day of the last request or ""}``
    :param seed: text that makes the lot the same for whoever draws it again

    >>> draw({1: "2026-05-01", 2: "", 3: "2026-01-01"}, 2, "panel 1")
    [2, 3]
    >>> draw({1: "", 2: "", 3: ""}, 9, "a") == draw({3: "", 2: "", 1: ""}, 9, "a")
    True
    """

    def lot(number):
        return hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()

    return sorted(candidates, key=lambda number: (candidates[number], lot(number)))[:size]
