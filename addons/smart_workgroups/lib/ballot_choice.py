"""What a voter marks: checked, and written in one way only.

The options of a poll are numbered from 1. A choice is written as its numbers with commas between
them, in the order of preference where that matters and in rising order where it does not; nothing
marked is a blank ballot. Where votes are counted by category of members, the category stands before
it with a colon.
"""

import re
from typing import NamedTuple

KINDS = ("resolution", "plurality", "approval", "stv")
# Of a resolution: these are the options 1, 2 and 3.
ANSWERS = ("yes", "no", "abstain")
MOST_OPTIONS = 99
LONGEST = 320
_CATEGORY = re.compile(r"[a-z0-9_]{1,20}")


class ChoiceError(ValueError):
    """A choice that is refused: a code and what belongs to it."""

    def __init__(self, code, **params):
        super().__init__(f"{code} {params}" if params else code)
        self.code, self.params = code, params


class Choice(NamedTuple):
    """What one ballot says."""

    marks: tuple
    category: str


def check_marks(kind, marks, options, most=None):
    """Return the marks as a tuple as they are written, or refuse them.

    :param marks: numbers of options
    :param int options: how many there are
    :param int most: how many may be marked; a resolution takes one, and an approval or a ranking
        any number

    >>> check_marks("plurality", [3, 1], 4, 2)
    (1, 3)
    >>> check_marks("stv", [3, 1], 4)
    (3, 1)
    >>> check_marks("plurality", [1, 1], 4, 2)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    ChoiceError: duplicate {'number': 1}
    """
    if kind not in KINDS:
        raise ChoiceError("kind", kind=kind)
    marks = [*marks]
    if len(marks) > MOST_OPTIONS:
        raise ChoiceError("too_many", count=len(marks), most=most or options)
    if marks and (set(map(type, marks)) != {int} or min(marks) < 1 or max(marks) > options):
        number = next(one for one in marks if type(one) is not int or not 1 <= one <= options)
        raise ChoiceError("foreign", number=number)
    if len(set(marks)) != len(marks):
        raise ChoiceError("duplicate", number=next(one for one in marks if marks.count(one) > 1))
    limit = {"resolution": 1, "plurality": most}.get(kind) or options
    if len(marks) > limit:
        raise ChoiceError("too_many", count=len(marks), most=limit)
    return tuple(marks if kind == "stv" else sorted(marks))


def canonical(marks, category=""):
    """Return the one way in which checked marks are written.

    >>> canonical((3, 1)), canonical(()), canonical((2,), "staff")
    ('3,1', '', 'staff:2')
    """
    if category and not _CATEGORY.fullmatch(category):
        raise ChoiceError("category", category=category)
    text = ",".join(map(str, marks))
    return f"{category}:{text}" if category else text


def parse(text, kind, options, most=None):
    """Return the ``Choice`` that is written, or refuse what is written in any other way.

    >>> parse("staff:2", "resolution", 3)
    Choice(marks=(2,), category='staff')
    >>> parse("3,1", "plurality", 4, 2)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    ChoiceError: written {'text': '3,1'}
    """
    category, colon, numbers = text.rpartition(":")
    try:
        marks = [int(number) for number in numbers.split(",")] if numbers else []
    except ValueError:
        raise ChoiceError("written", text=text[:40]) from None
    marks = check_marks(kind, marks, options, most)
    if (colon and not category) or canonical(marks, category) != text:
        raise ChoiceError("written", text=text[:40])
    return Choice(marks, category)
