"""What is on the convocation of a member, and is scanned at the door of an Assembly."""

import re
from typing import NamedTuple

# So much of a signature is more than anybody can guess.
DIGITS = 20
_CODE = re.compile(r"(?:^|[=\s])(\d{1,9})-(\d{1,9})-([0-9a-f]{20})\s*$", re.ASCII)


class EntryCode(NamedTuple):
    """The parts of a code: which Assembly, the number of the member, and the signature."""

    assembly: int
    number: int
    signature: str


def write_code(assembly, number, signature):
    """Return the code of a member for an Assembly.

    >>> write_code(3, 12, "ab" * 32)
    '3-12-abababababababababab'
    """
    return f"{assembly}-{number}-{signature[:DIGITS]}"


def read_code(text):
    """Return the parts of a code, scanned alone or in an address; None where there is none.

    >>> read_code("3-12-" + "ab" * 10).number
    12
    >>> read_code("https://example.com/scan?code=3-12-" + "ab" * 10).assembly
    3
    >>> read_code("3-12-xyz") is None, read_code("") is None
    (True, True)
    """
    found = _CODE.search(text or "")
    return EntryCode(int(found[1]), int(found[2]), found[3]) if found else None
