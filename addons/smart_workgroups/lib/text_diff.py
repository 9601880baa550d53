"""What changed between two texts, in words."""

import difflib
import re


def words_of(text):
    """Return the words, spaces and line ends of a text; together they are the text.

    >>> words_of("One  word,\\nmore")
    ['One', '  ', 'word,', '\\n', 'more']
    """
    return re.findall(r"\n|[^\S\n]+|\S+", text or "")


def diff_words(old, new):
    """Return ``[(kind, text)]``: what stayed ("same"), is "gone" or is "new", in reading order.

    Without "gone" it is the new text, without "new" the old one.

    >>> diff_words("open to some", "open to all trades")
    [('same', 'open to '), ('gone', 'some'), ('new', 'all trades')]
    >>> diff_words("", "")
    []
    """
    before, after = words_of(old), words_of(new)
    parts = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if kind == "equal":
            parts.append(("same", "".join(before[from_old:to_old])))
            continue
        if to_old > from_old:
            parts.append(("gone", "".join(before[from_old:to_old])))
        if to_new > from_new:
            parts.append(("new", "".join(after[from_new:to_new])))
    return parts
