"""Numbers as people type them, in the notation of their language."""

import re
from decimal import Decimal

# Spaces of every width and apostrophes only ever group thousands.
_GROUPING = re.compile("[\\s\u00a0\u202f\u2009'\u2019]")
_PLAIN = re.compile(r"\d{1,15}(\.\d{1,10})?", re.ASCII)


def typed_number(text, decimal_point="."):
    """Return what was typed as a ``Decimal``, or None when it is not a plain positive number.

    Signs, exponents, "nan" and "inf" are not numbers here. The last separator counts as the
    decimal one unless it groups thousands in the notation of the language.

    :param str text: what was typed
    :param str decimal_point: the decimal separator of the language, "," or "."

    >>> typed_number("1.234,56", ",")
    Decimal('1234.56')
    >>> typed_number("1,234.56")
    Decimal('1234.56')
    >>> typed_number("12,5"), typed_number("12.5", ",")
    (Decimal('12.5'), Decimal('12.5'))
    >>> typed_number("1.234", ","), typed_number("1.234")
    (Decimal('1234'), Decimal('1.234'))
    >>> typed_number("1 000,50", ",")
    Decimal('1000.50')
    >>> [typed_number(text) for text in ("nan", "inf", "1e9", "-1", "", "1.2.3", "0x1", "\u0661")]
    [None, None, None, None, None, None, None, None]
    """
    text = _GROUPING.sub("", text or "")
    other_point = "," if decimal_point == "." else "."
    if re.fullmatch(rf"\d{{1,3}}(\{other_point}\d{{3}})+(\{decimal_point}\d+)?", text, re.ASCII):
        text = text.replace(other_point, "")
    elif text.count(other_point) == 1 and decimal_point not in text:
        text = text.replace(other_point, decimal_point)
    text = text.replace(decimal_point, ".") if text.count(decimal_point) <= 1 else ""
    return Decimal(text) if _PLAIN.fullmatch(text) else None


def decimals_of(number):
    """Return how many decimals a number really has.

    >>> decimals_of(Decimal("1.250")), decimals_of(Decimal("100"))
    (2, 0)
    """
    return max(0, -number.normalize().as_tuple().exponent)
