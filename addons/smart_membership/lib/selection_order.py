"""Groups of a selection field in the order in which its values are given, not by the alphabet."""


def in_order(name):
    """Return a ``group_expand`` for the selection field ``name``: a way in steps reads as such.

    Only values that have records become columns or groups.
    """

    def expand(records, values, _domain):
        known = records._fields[name].get_values(records.env)
        return [value for value in known if value in values]

    return expand
