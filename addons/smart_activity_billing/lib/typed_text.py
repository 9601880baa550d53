"""Texts as people type or send them, made harmless for documents, mails and the database."""

import re

# No XML, and so no electronic invoice, can bear these; the database refuses the first one, and
# halves of a surrogate pair are no characters at all.
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# What an integer column of the database can hold.
MAX_ID = 2**31 - 1


def typed_text(text):
    """Return the text without characters that are none; what is no text is empty.

    >>> typed_text("Caf\\u00e9\\x00 \\x1b[1m\\ud800!"), typed_text(None)
    ('Caf\u00e9 [1m!', '')
    """
    return _NOT_TEXT.sub("", text) if isinstance(text, str) else ""


def typed_id(text):
    """Return the id that a form or an address holds, or 0: no record has that.

    >>> typed_id("42"), typed_id("0042")
    (42, 42)
    >>> [typed_id(text) for text in ("\u00b2", "-1", "1 OR 1", "", None, "9" * 5000)]
    [0, 0, 0, 0, 0, 0]
    """
    text = str(text or "")
    if not (text.isascii() and text.isdigit() and len(text) <= 10):
        return 0
    number = int(text)
    return number if number <= MAX_ID else 0
