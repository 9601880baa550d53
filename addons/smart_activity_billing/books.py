"""Only the books write the budget of an Activity."""

# The proof is an object, not a value: no RPC call can put this very object in a context.
_PROOF = object()


def as_books(records):
    """Return ``records``, allowed to write the analytic lines of Activities."""
    return records.with_context(activity_books=_PROOF)


def written_by_books(records):
    """Tell whether ``records`` came from ``as_books``."""
    return records.env.context.get("activity_books") is _PROOF
