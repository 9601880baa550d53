"""Texts as members type them, made harmless for the database and for spreadsheets."""

import re
import uuid

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


def typed_token(text):
    """Return the token that a form holds, or None: it is no form of ours.

    >>> typed_token("0B1C2D3E4F5A4B6C8D7E9F0A1B2C3D4E"), typed_token("x"), typed_token(None)
    ('0b1c2d3e-4f5a-4b6c-8d7e-9f0a1b2c3d4e', None, None)
    """
    try:
        return str(uuid.UUID(typed_text(text)))
    except ValueError:
        return None


def typed_id(text):
    """Return the id that a form holds, or 0: no record has that.

    >>> [typed_id(text) for text in ("42", "-1", "1 OR 1", "²", "", None, "9" * 50)]
    [42, 0, 0, 0, 0, 0, 0]
    """
    text = str(text or "")
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return 0
    return int(text) if int(text) <= MAX_INTEGER else 0
