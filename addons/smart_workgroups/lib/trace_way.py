"""The way from a first idea to what is done, as a list of its stations.

A station is any hashable; an edge is ``(from, to, relation, hash of the text handed over)``.
"""

from collections import defaultdict


def in_order(stations, edges):
    """Return the stations so that each comes after all that led to it.

    Where nothing decides, the order of ``stations`` does.

    >>> in_order(["a"], [("b", "a", "", ""), ("a", "c", "", "")])
    ['b', 'a', 'c']
    >>> in_order("d c b a".split(), [("a", "b", "", ""), ("a", "d", "", "")])
    ['c', 'a', 'd', 'b']
    >>> in_order([], [("a", "b", "", ""), ("b", "a", "", "")])
    Traceback (most recent call last):
    ValueError: a circle: a, b
    """
    known = dict.fromkeys(stations)
    for source, target, _relation, _hash in edges:
        known.setdefault(source)
        known.setdefault(target)
    before = defaultdict(set)
    for source, target, _relation, _hash in edges:
        before[target].add(source)
    way, left = [], list(known)
    while left:
        station = next((one for one in left if before[one] <= set(way)), None)
        if station is None:
            raise ValueError(f"a circle: {', '.join(map(str, left))}")
        way.append(station)
        left.remove(station)
    return way


def tell_way(start, edges, last_hashes):
    """Return ``[(station, relation, hash)]`` of the way through ``start``, in its order.

    The relation is that of the first link that leads to the station, None where the way begins;
    the hash is that of the text that it handed over first, or of the last text that was frozen of
    it, or None.

    :param last_hashes: ``{station: hash}`` of texts that were frozen, handed over or not

    >>> tell_way("b", [("a", "b", "led to", "h1")], {"b": "h2"})
    [('a', None, 'h1'), ('b', 'led to', 'h2')]
    >>> tell_way("b", [], {})
    [('b', None, None)]
    """
    relations, hashes = {}, {}
    for source, target, relation, text_hash in edges:
        relations.setdefault(target, relation)
        hashes.setdefault(source, text_hash)
    return [
        (station, relations.get(station), hashes.get(station) or last_hashes.get(station))
        for station in in_order([start], edges)
    ]


def reaches(start, goal, edges):
    """Tell whether a way leads from ``start`` to ``goal``; each leads to itself.

    >>> reaches("a", "c", [("a", "b", "", ""), ("b", "c", "", "")])
    True
    >>> reaches("c", "a", [("a", "b", "", ""), ("b", "c", "", "")])
    False
    """
    reached = {start}
    grown = True
    while grown and goal not in reached:
        more = {target for source, target, *_rest in edges if source in reached} - reached
        grown = bool(more)
        reached |= more
    return goal in reached
