"""Figures about groups of people, published so that they tell nothing of a few of them.

Every published cell is about nobody or about at least ``SMALLEST`` members; smaller ones are merged
with others until they are. Cells are a partition: they sum to the total, and what is left when some
of them are taken from it is again whole cells. So no difference tells what was merged.

A cell is a dict of parts, one for each published number (a time and a measure): the set of entries
``(member, activity)`` that the number is made of.
"""

SMALLEST = 5


def count_members(entries):
    """Return how many different members some entries are about.

    >>> count_members({("Ann", 1), ("Ann", 2), ("Bob", 3)})
    2
    """
    return len({member for member, _activity in entries})


def is_large(entries, smallest=SMALLEST):
    """Tell whether a number about these entries may be published: about nobody, or enough.

    >>> is_large(set()), is_large({("Ann", 1), ("Ann", 2)}, 2)
    (True, False)
    """
    return not entries or count_members(entries) >= smallest


def is_safe(cell, smallest=SMALLEST):
    """Tell whether every number of a cell may be published."""
    return all(is_large(entries, smallest) for entries in cell.values())


def union(cells):
    """Return the cell that some cells make together.

    >>> union([{"q1": {("Ann", 1)}}, {"q1": {("Bob", 2)}, "q2": set()}])["q1"] == {
    ...     ("Ann", 1), ("Bob", 2)}
    True
    """
    merged = {}
    for cell in cells:
        for part, entries in cell.items():
            merged[part] = merged.get(part, frozenset()) | entries
    return merged


def crosses_safely(cell, other, total, smallest=SMALLEST):
    """Tell whether two cells of two tables with one total keep their secrets.

    They cut the total in four: in both, in one only, in the other only, in neither. Where one of
    these is empty, the three published sums tell the other three exactly; then each of these must
    be large.

    >>> ann, others = {("Ann", 0)}, {(number, number) for number in range(1, 10)}
    >>> total = {"q1": ann | others}
    >>> crosses_safely({"q1": others}, {"q1": others | ann}, total)
    False
    >>> crosses_safely({"q1": others}, {"q1": others}, {"q1": others})
    True
    """
    for part, everybody in total.items():
        mine, theirs = cell.get(part, frozenset()), other.get(part, frozenset())
        regions = (mine & theirs, mine - theirs, theirs - mine, everybody - mine - theirs)
        if not all(regions) and not all(is_large(region, smallest) for region in regions):
            return False
    return True


def merge_small(groups, smallest=SMALLEST, others=()):
    """Merge groups until each published cell is safe.

    Groups that are safe stay alone. The others are put together, the largest first, until they are
    safe; what is left over joins the smallest cells there are.

    :param dict groups: cells by the key of their group
    :param others: cells of another table that is published of the same total
    :return: list of lists of keys, a partition; empty when even all together are too few

    >>> people = lambda first, last: {"q1": {(number, number) for number in range(first, last)}}
    >>> merge_small({"Web": people(0, 9), "Wood": people(9, 12), "Film": people(12, 15)})
    [['Web'], ['Wood', 'Film']]
    >>> merge_small({"Web": people(0, 9), "Wood": people(9, 12)})
    [['Web', 'Wood']]
    >>> merge_small({"Wood": people(9, 12)})
    []
    """
    total = union(groups.values())

    def is_fine(keys):
        cell = union(groups[key] for key in keys)
        return is_safe(cell, smallest) and all(
            crosses_safely(cell, other, total, smallest) for other in others
        )

    def size(keys):
        return count_members(frozenset().union(*union(groups[key] for key in keys).values()))

    cells, rest = [], []
    for key in groups:
        (cells if is_fine([key]) else rest).append([key])
    bucket = []
    for keys in sorted(rest, key=size, reverse=True):
        bucket += keys
        if is_fine(bucket):
            cells.append(bucket)
            bucket = []
    while bucket and not is_fine(bucket):
        if not cells:
            return []
        smallest_cell = min(cells, key=size)
        cells.remove(smallest_cell)
        bucket = smallest_cell + bucket
    return [*cells, bucket] if bucket else cells


def merge_following(cells, smallest=SMALLEST):
    """Merge cells that follow each other, months for example, until each stretch is safe.

    :param list cells: in order
    :return: list of lists of positions; empty when even all together are too few

    >>> people = lambda count: {"invoiced": {(number, number) for number in range(count)}}
    >>> merge_following([people(6), people(2), people(5), people(0), people(3)])
    [[0], [1, 2, 3, 4]]
    >>> merge_following([people(3)])
    []
    """
    stretches, current = [], []
    for position in range(len(cells)):
        current.append(position)
        if is_safe(union(cells[number] for number in current), smallest):
            stretches.append(current)
            current = []
    while current and not is_safe(union(cells[number] for number in current), smallest):
        if not stretches:
            return []
        current = stretches.pop() + current
    return [*stretches, current] if current else stretches
