"""Numbers as people type them, in the notation of their language."""

import re
from decimal import Decimal

# Spaces of every width and apostrophes only ever group thousands.
_GROUPING = re.compile("[\\s\u00a0\u202f\u2009'\u2019]")
# "1.234", "1,234,567" or "1.234,56": one separator groups thousands, the other may end them.
_GROUPED = re.compile(
    r"[1-9]\d{0,2}(?P<group>[.,])\d{3}((?P=group)\d{3})*((?!(?P=group))[.,]\d+)?", re.ASCII
)
_PLAIN = re.compile(r"\d{1,15}(\.\d{1,10})?", re.ASCII)


def typed_number(text, decimal_point="."):
    """Return what was typed as a ``Decimal``, or None when it is not a plain positive number.

    Signs, exponents, "nan" and "inf" are not numbers here. Of two different separators the last one
    is the decimal one, and one that stands twice groups thousands, whatever the language. Only a
    single separator before three digits can mean both: there the notation of the language decides.

    :param str text: what was typed
    :param str decimal_point: the decimal separator of the language, "," or "."

    >>> typed_number("1.234,56", ","), typed_number("1.234,56")
    (Decimal('1234.56'), Decimal('1234.56'))
    >>> typed_number("1,234.56"), typed_number("1,234.56", ",")
    (Decimal('1234.56'), Decimal('1234.56'))
    >>> typed_number("1.234.567"), typed_number("1,234,567.8", ",")
    (Decimal('1234567'), Decimal('1234567.8'))
    >>> typed_number("12,5"), typed_number("12.5", ",")
    (Decimal('12.5'), Decimal('12.5'))
    >>> typed_number("1.234", ","), typed_number("1.234")
    (Decimal('1234'), Decimal('1.234'))
    >>> typed_number("0,125"), typed_number("0.125", ",")
    (Decimal('0.125'), Decimal('0.125'))
    >>> typed_number("1 000,50", ","), typed_number("1'000.50")
    (Decimal('1000.50'), Decimal('1000.50'))
    >>> [typed_number(text) for text in ("nan", "inf", "1e9", "-1", "", "1.2.3", "0x1", "\u0661")]
    [None, None, None, None, None, None, None, None]
    >>> [typed_number(text) for text in ("1.2,3", "12.34,5", "1.234,567,8", "1,", ".5")]
    [None, None, None, None, None]
    """
    text = _GROUPING.sub("", text or "")
    grouped = _GROUPED.fullmatch(text)
    if grouped and not (grouped["group"] == decimal_point and _has_one_separator(text)):
        text = text.replace(grouped["group"], "")
    text = text.replace(",", ".")
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def _has_one_separator(text):
    return text.count(",") + text.count(".") == 1


def decimals_of(number):
    """Return how many decimals a number really has.

    >>> decimals_of(Decimal("1.250")), decimals_of(Decimal("100"))
    (2, 0)
    """
    return max(0, -number.normalize().as_tuple().exponent)
