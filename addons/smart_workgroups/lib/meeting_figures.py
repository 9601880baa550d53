"""Whether the figures of a meeting account for everybody, in whole numbers."""


def add_up(present, represented, *counted):
    """Tell whether all who were there are accounted for.

    :param counted: those for, against, who abstained, voted blank or spoilt, or did not vote

    >>> add_up(80, 20, 60, 30, 5, 5), add_up(80, 20, 60, 30, 5, 4), add_up(3, -1, 2, 0, 0, 0)
    (True, False, False)
    """
    return min(present, represented, *counted) >= 0 and present + represented == sum(counted)
