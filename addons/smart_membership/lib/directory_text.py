"""What people type in the directory, made comparable and harmless. Needs no database."""

import re
import unicodedata
from urllib.parse import urlsplit

from .typed_text import typed_text

# Word joiners that one writer uses and the next leaves out: "web design", "web-design".
_JOINERS = re.compile(r"[\s\-\u00ad\u2010-\u2015_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
MAX_SEARCH_LENGTH = 100
MAX_SEARCH_WORDS = 5


def key(text):
    """Return what two writings of the same word have in common: no case, accents or spaces.

    Signs that make a difference stay: C, C++ and C# are three skills.

    >>> key("Web-Design") == key(" web design ") == key("WEBDESIGN")
    True
    >>> key("Éclairage scène"), key("Cœur"), key("C++"), key("- -")
    ('eclairagescene', 'coeur', 'c++', '')
    """
    folded = unicodedata.normalize("NFKD", typed_text(text).casefold().translate(_LIGATURES))
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return _JOINERS.sub("", plain)


def words(text):
    """Return the words of a search; more than anybody types are left out.

    >>> words("  Béa   van-Gent ")
    ['Béa', 'van-Gent']
    >>> words("a b c d e f g - "), words("--")
    (['a', 'b', 'c', 'd', 'e'], [])
    """
    parts = typed_text(text)[:MAX_SEARCH_LENGTH].split()
    return [part for part in parts if key(part)][:MAX_SEARCH_WORDS]


def names(text):
    """Return the names in a list with commas, semicolons or lines, each of them once.

    >>> names("Layout, typesetting;LAY-OUT\\n ,Dutch  to   French")
    ['Layout', 'typesetting', 'Dutch to French']
    """
    found = {}
    for part in re.split(r"[,;\n\r]+", text or ""):
        name = " ".join(typed_text(part).split())
        if key(name):
            found.setdefault(key(name), name)
    return list(found.values())


def web_address(text):
    """Return the address with its scheme, "" for none, or None when it is no web address.

    >>> web_address("www.example.com/me"), web_address(" "), web_address("HTTP://Example.com")
    ('https://www.example.com/me', '', 'http://example.com')
    >>> [web_address(text) for text in ("javascript:alert(1)", "ftp://example.com", "no dots")]
    [None, None, None]
    >>> [web_address(text) for text in ("https://", "https://me@example.com", "https://a b.be")]
    [None, None, None]
    """
    text = typed_text(text)
    if not text:
        return ""
    if re.search(r"[\s<>\"'\\]", text):
        return None
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return None
    # Who writes a name before the host wants to look like another site.
    if parts.scheme not in ("http", "https") or "@" in parts.netloc:
        return None
    if not re.fullmatch(r"(?:[\w-]+\.)+\w[\w-]+", host):
        return None
    netloc = f"{host}:{port}" if port else host
    return parts._replace(netloc=netloc).geturl()
