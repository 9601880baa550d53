"""Secret links in e-mails: made, recognised, and kept out of the log of the server."""

import json
import logging
import re
import secrets
from hashlib import sha256

PAGE = "/approval"
# 32 bytes, as `secrets.token_urlsafe` writes them.
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_IN_TEXT = re.compile(rf"{PAGE}/[A-Za-z0-9_%-]{{20,}}")


def new_token():
    """Return 256 bits of chance as text for an address.

    >>> len(new_token()), new_token() != new_token()
    (43, True)
    """
    return secrets.token_urlsafe(32)


def is_token(text):
    """Tell whether a text can be a token at all.

    >>> is_token(new_token()), is_token("x" * 42), is_token("x" * 42 + "é")
    (True, False, False)
    """
    return bool(_TOKEN.fullmatch(text))


def hash_token(token):
    """Return what is kept of a token: it opens nothing.

    >>> hash_token("a")[:8], len(hash_token("a"))
    ('ca978112', 64)
    """
    return sha256(token.encode()).hexdigest()


def fingerprint(facts):
    """Return the hash of what somebody decides on; another order of the names is the same.

    >>> fingerprint({"total": "5.00", "shop": "A"}) == fingerprint({"shop": "A", "total": "5.00"})
    True
    >>> fingerprint({"total": "5.00"}) == fingerprint({"total": "50.0"})
    False
    """
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True, default=str)
    return sha256(text.encode()).hexdigest()


def mask(text):
    """Return a text without the secrets of the links in it.

    >>> mask("GET /fr/approval/" + "aB3-" * 10 + "xyz/files/7 HTTP/1.1")
    'GET /fr/approval/***/files/7 HTTP/1.1'
    >>> mask("GET /approval/style.css")
    'GET /approval/style.css'
    """
    return _IN_TEXT.sub(f"{PAGE}/***", text)


class MaskLinks(logging.Filter):
    """Lets every line pass, without the secrets: who reads the log decides on nothing.

    >>> line = ("GET /approval/" + "a" * 43, 200)
    >>> record = logging.LogRecord("x", 20, "", 0, '"%s" %s', line, None)
    >>> MaskLinks().filter(record), record.getMessage()
    (True, '"GET /approval/***" 200')
    """

    def filter(self, record):
        if isinstance(record.msg, str):
            record.msg = mask(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(
                mask(value) if isinstance(value, str) else value for value in record.args
            )
        return True
