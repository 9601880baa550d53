"""A key that each form page bears: it makes one record, and tells when the page was opened."""

import secrets
import time
from datetime import timedelta

from odoo.http import request
from odoo.tools.misc import hash_sign, verify_hash_signed

SCOPE = "coop-page"
# A page that stands open for longer is sent once more; nothing that was typed is lost.
HOURS_OPEN = 24


def new_page_key():
    """Return a signed key for a page that is being shown."""
    return sign("key", [secrets.token_urlsafe(16), time.time()], HOURS_OPEN)


def read_page_key(text):
    """Return ``(key, seconds since the page was opened)``; ``(None, 0)`` when it is not valid."""
    values = verify("key", text)
    if not values:
        return None, 0
    return values[0], time.time() - values[1]


def sign(purpose, values, hours):
    """Return a text that ``verify`` reads back, for this purpose and these hours only."""
    # The secret of the database signs, whoever visits.
    return hash_sign(
        request.env(su=True), f"{SCOPE}-{purpose}", values, expiration=timedelta(hours=hours)
    )


def verify(purpose, text):
    """Return the values that were signed, or None when the text is not ours or too old."""
    try:
        # As above.
        return verify_hash_signed(request.env(su=True), f"{SCOPE}-{purpose}", text or "")
    except (ValueError, TypeError):
        return None
