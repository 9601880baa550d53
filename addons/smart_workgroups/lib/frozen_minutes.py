"""Minutes as one text that is hashed: the same content always gives the same text."""

import hashlib
import json

from lxml import etree, html

# What freezing adds to what the minutes say.
SEAL = ("author", "frozen_on", "previous_hash", "reason", "revision")
# What would make a printer fetch something from elsewhere, or act.
FETCHING = ("audio", "embed", "iframe", "img", "link", "object", "script", "style", "svg", "video")


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


def printable(text):
    """Return rich text of which nothing is fetched when it is printed: without pictures and looks.

    >>> printable('<p style="background: url(http://x)">A<img src="http://x/y"/> <b>B</b></p>')
    '<div><p>A <b>B</b></p></div>'
    >>> printable("")
    ''
    """
    if not text.strip():
        return ""
    root = html.fragment_fromstring(text, create_parent="div")
    etree.strip_elements(root, *FETCHING, with_tail=False)
    for element in root.iter():
        element.attrib.clear()
    return html.tostring(root, encoding="unicode")


def with_seal(content, **seal):
    """Return the content with what freezing adds: number, reason, author, the hash before.

    >>> with_seal({"place": "Here"}, **dict.fromkeys(SEAL, ""))["previous_hash"]
    ''
    """
    if set(seal) != set(SEAL) or content.keys() & seal.keys():
        raise ValueError("minutes are sealed once, with all that belongs to it")
    return content | seal


def without_seal(content):
    """Return what was frozen without what freezing added.

    >>> without_seal(with_seal({"place": "Here"}, **dict.fromkeys(SEAL, "")))
    {'place': 'Here'}
    """
    return {name: value for name, value in content.items() if name not in SEAL}
