"""Bank account numbers. Plain Python, without Odoo."""

import re

from stdnum.iso7064 import mod_97_10


def compact_iban(number):
    """Return an IBAN without blanks, or None when it is none.

    >>> compact_iban("be68 5390 0754 7034")
    'BE68539007547034'
    >>> compact_iban("BE68 5390 0754 7035"), compact_iban("BE68 5390"), compact_iban("12345")
    (None, None, None)
    """
    compact = re.sub(r"[\s.-]", "", number or "").upper()
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", compact):
        return None
    if compact.startswith("BE") and len(compact) != 16:
        return None
    return compact if mod_97_10.is_valid(compact[4:] + compact[:4]) else None
