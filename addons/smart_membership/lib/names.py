"""Whether two texts are the same name to a person who types it."""

import unicodedata


def same_name(typed, known):
    """Tell whether somebody typed a name: case, accents, spaces and order do not matter.

    >>> same_name(" elise  JANSSENS ", "Élise Janssens")
    True
    >>> same_name("Janssens, Élise", "Élise Janssens")
    True
    >>> same_name("Janssens", "Élise Janssens")
    False
    >>> same_name("", "")
    False
    """
    words = _words(typed)
    return bool(words) and words == _words(known)


def _words(text):
    plain = unicodedata.normalize("NFKD", text or "")
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    separated = "".join(char if char.isalnum() else " " for char in plain.casefold())
    return sorted(separated.split())
