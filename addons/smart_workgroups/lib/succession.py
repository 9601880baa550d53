"""Who has a seat by the count when somebody refuses it, and how long somebody sat in a row."""

from datetime import timedelta

from .counting import elect_by_marks

# A row of terms ends with a pause of so many days.
PAUSE = 365


def seated(definition, votes, out=()):
    """Return who has a seat when some refuse theirs, in the order of the count.

    It is the count of the same ballots without them: whoever had a seat keeps it.

    :param dict definition: what was frozen of the election; not one of preferences
    :param dict votes: of each candidate, by number
    :param out: the numbers of those who refuse

    >>> frozen = {"kind": "plurality", "seats": 2, "lot_order": [3, 1, 2, 4], "reserved": {}}
    >>> frozen["options"] = [{"number": one, "category": ""} for one in (1, 2, 3, 4)]
    >>> votes = {1: 9, 2: 7, 3: 5, 4: 5}
    >>> seated(frozen, votes), seated(frozen, votes, [1]), seated(frozen, votes, [1, 2])
    ((1, 2), (2, 3), (3, 4))

    The seat of a category stays in it, and is vacant when nobody is left:

    >>> frozen["reserved"], frozen["options"][3]["category"] = {"staff": 1}, "staff"
    >>> seated(frozen, votes), seated(frozen, votes, [4])
    ((4, 1), (1,))
    """
    if definition["kind"] == "stv":
        raise ValueError("the next of a count of preferences is not known without the ballots")
    left = {number: count for number, count in votes.items() if number not in out}
    lots = [number for number in definition["lot_order"] if number in left]
    categories = {option["number"]: option["category"] for option in definition["options"]}
    return elect_by_marks(
        left, definition["seats"], lots, categories, definition["reserved"]
    ).elected


def terms_in_a_row(terms, start, pause=PAUSE):
    """Return how many terms lead up to a day without a long pause.

    :param terms: pairs of first and last day; one without a last day leads to any day
    :param date start: the first day of the next term

    >>> from datetime import date
    >>> old = date(2010, 1, 1), date(2013, 12, 31)
    >>> two = [(date(2018, 1, 1), date(2021, 12, 31)), (date(2022, 1, 1), date(2025, 12, 31))]
    >>> terms_in_a_row([old, *two], date(2026, 1, 1)), terms_in_a_row(two, date(2027, 6, 1))
    (2, 0)
    >>> terms_in_a_row([(date(2022, 1, 1), None)], date(2026, 1, 1))
    1
    """
    count, edge = 0, start
    for first, last in sorted(terms, key=lambda term: term[0], reverse=True):
        if first >= edge or (last and last + timedelta(days=pause) < edge):
            continue
        count, edge = count + 1, first
    return count
