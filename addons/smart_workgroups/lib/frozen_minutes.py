"""Minutes as one text that is hashed: the same content always gives the same text."""

import hashlib
import json


def canonical(content):
    """Return the content as JSON text, keys in order and nothing that may differ.

    >>> canonical({"b": ["é"], "a": 1})
    '{"a":1,"b":["é"]}'
    """
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text):
    """Return the SHA-256 of a text or of the bytes of a file, as 64 hexadecimal digits.

    >>> digest("")[:8], digest(b"")[:8]
    ('e3b0c442', 'e3b0c442')
    """
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()
