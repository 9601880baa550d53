"""Only subscriptions and exits make or change documents of capital."""

# The proof is an object, not a value: no RPC call can put this very object in a context.
_PROOF = object()


def as_capital(records):
    """Return ``records``, allowed to change documents of capital."""
    return records.with_context(coop_capital=_PROOF)


def written_as_capital(records):
    """Tell whether ``records`` came from ``as_capital``."""
    return records.env.context.get("coop_capital") is _PROOF
