"""Whether a translation still says what the authentic text says: by hashes, never by a flag."""

import hashlib
import json


def text_hash(texts):
    """Return the SHA-256 of texts by field; what is empty counts as if it were not there.

    >>> text_hash({"name": "Charter", "body": ""}) == text_hash({"name": "Charter"})
    True
    >>> text_hash({"name": "Charter"}) == text_hash({"name": "Chart", "body": "er"})
    False
    """
    rows = sorted([name, text] for name, text in texts.items() if text)
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def translation_state(source, text, reviewed=None):
    """Return where a translation stands: missing, draft, reviewed or stale.

    :param source: the authentic text, by field
    :param text: what is there in the other language, by field
    :param reviewed: the hashes of both when somebody last said that they agree

    Nothing is there until each field has a text of its own; a copy of the source is none, unless
    somebody reviewed it (a name may be the same in all languages).

    >>> source = {"name": "Rules", "body": "Be kind"}
    >>> translation_state(source, {"name": "Regels"})
    'missing'
    >>> translation_state(source, {"name": "Regels", "body": "Be kind"})
    'missing'
    >>> text = {"name": "Regels", "body": "Wees lief"}
    >>> translation_state(source, text)
    'draft'
    >>> seen = text_hash(source), text_hash(text)
    >>> translation_state(source, text, seen)
    'reviewed'
    >>> translation_state(source | {"body": "Be fair"}, text, seen)
    'stale'
    >>> translation_state(source, text | {"body": "Wees stout"}, seen)
    'draft'
    >>> translation_state(source, {}, seen)
    'missing'
    >>> translation_state(source, source, (text_hash(source), text_hash(source)))
    'reviewed'
    """
    wanted = [name for name in source if source[name]]
    if not wanted or not all(text.get(name) for name in wanted):
        return "missing"
    if reviewed:
        source_seen, text_seen = reviewed
        if source_seen != text_hash(source):
            return "stale"
        if text_seen == text_hash(text):
            return "reviewed"
    if any(text[name] == source[name] for name in wanted):
        return "missing"
    return "draft"
