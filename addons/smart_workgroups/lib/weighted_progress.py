"""How far a tree of actions is, weighted exactly: fractions, rounded once at the end."""

from fractions import Fraction


def share_done(done, total):
    """Return how much of a number of things is done, as a fraction.

    >>> share_done(2, 5), share_done(0, 0)
    (Fraction(2, 5), Fraction(0, 1))
    """
    return Fraction(done, total) if total else Fraction(0)


def weighted(parts):
    """Return the progress of a whole of ``(weight, progress)``; without weights they count alike.

    >>> weighted([(1, Fraction(1)), (2, Fraction(1, 2))])
    Fraction(2, 3)
    >>> weighted([(0, Fraction(1)), (0, Fraction(0))]), weighted([])
    (Fraction(1, 2), Fraction(0, 1))
    """
    parts = list(parts)
    total = sum(weight for weight, _progress in parts)
    if not total:
        parts = [(1, progress) for _weight, progress in parts]
        total = len(parts)
    if not total:
        return Fraction(0)
    return sum((weight * progress for weight, progress in parts), Fraction(0)) / total


def tree_progress(nodes):
    """Return ``{id: Fraction}`` for ``{id: (parent, weight, own progress)}``.

    The progress of what has parts is that of its parts. A node whose own progress is None does not
    count: it was stopped. A whole of which all parts were stopped has done nothing.

    >>> tree_progress({1: (None, 1, Fraction(1)), 2: (1, 3, Fraction(1)), 3: (1, 1, Fraction(0))})
    {2: Fraction(1, 1), 3: Fraction(0, 1), 1: Fraction(3, 4)}
    >>> tree_progress({1: (None, 1, Fraction(1, 5)), 2: (1, 1, None)})[1]
    Fraction(0, 1)
    >>> tree_progress({1: (9, 1, Fraction(1, 5))})
    {1: Fraction(1, 5)}
    """
    children = {}
    for node, (parent, _weight, _own) in nodes.items():
        children.setdefault(parent, []).append(node)
    progress, todo = {}, [node for node in nodes if nodes[node][0] not in nodes]
    order = []
    while todo:
        node = todo.pop()
        order.append(node)
        todo += children.get(node, ())
    for node in reversed(order):
        own = nodes[node][2]
        parts = children.get(node)
        if parts and own is not None:
            progress[node] = weighted(
                (nodes[part][1], progress[part]) for part in parts if nodes[part][2] is not None
            )
        else:
            progress[node] = own or Fraction(0)
    return progress


def percent(progress, digits=0):
    """Return a fraction in percent, half up, so that 100 is only what is wholly done.

    >>> percent(Fraction(2, 5)), percent(Fraction(1, 3), 2), percent(Fraction(999, 1000))
    (40, 33.33, 99)
    >>> percent(Fraction(1, 1000)), percent(Fraction(1, 1000), 2)
    (0, 0.1)
    """
    scale = 10**digits
    # Half up in whole numbers: floor(2x + 1) / 2.
    rounded = (2 * progress * 100 * scale + 1) // 2
    rounded = min(rounded, 100 * scale - (progress < 1))
    return rounded / scale if digits else int(rounded)
