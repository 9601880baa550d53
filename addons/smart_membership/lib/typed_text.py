"""Texts as members type them, made harmless for the database and for spreadsheets."""

import re

# What an integer column of the database can hold.
MAX_INTEGER = 2**31 - 1
# The database refuses the first one, and halves of a surrogate pair are no characters at all.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet would calculate a cell that starts with one of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def typed_text(text):
    """Return the text with plain line ends and without characters that are none.

    >>> typed_text(" Caf\\u00e9\\x00\\r\\nto\\x1b go "), typed_text(None)
    ('Café\\nto go', '')
    """
    if not isinstance(text, str):
        return ""
    return _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def inert_cell(value):
    """Return the value as a spreadsheet shows it, never calculates it.

    >>> inert_cell("=HYPERLINK(1)"), inert_cell("a = b"), inert_cell(-3)
    ("'=HYPERLINK(1)", 'a = b', -3)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def typed_id(text):
    """Return the id that a form holds, or 0: no record has that.

    >>> [typed_id(text) for text in ("42", "-1", "1 OR 1", "²", "", None, "9" * 50)]
    [42, 0, 0, 0, 0, 0, 0]
    """
    text = str(text or "")
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return 0
    return int(text) if int(text) <= MAX_INTEGER else 0
