"""A private key that several people hold together: split into words, k of n of which give it back.

Shamir's scheme as SLIP-0039 writes it, by ``shamir-mnemonic``: 33 words for each person, with a
checksum that finds a word that was misread. Fewer than k say nothing about the key.
"""

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share

KEY_BYTES = 32
MOST_PEOPLE = 16


class SharesError(ValueError):
    """Words that give no key: a code, and what belongs to it."""

    def __init__(self, code, **params):
        super().__init__(f"{code} {params}" if params else code)
        self.code, self.params = code, params


def split_key(key, needed, people):
    """Return the words of each person.

    :param bytes key: 32 bytes
    :param int needed: how many of them give it back

    >>> shares = split_key(bytes(range(32)), 2, 3)
    >>> [len(words.split()) for words in shares]
    [33, 33, 33]
    >>> join_key([shares[2], shares[0]], 2) == bytes(range(32))
    True
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    if not 1 <= needed <= people <= MOST_PEOPLE:
        raise ValueError(f"{needed} of {people} people cannot hold a key")
    if needed == 1 and people > 1:
        # The scheme has no shares that each are enough: all hold the same words.
        return generate_mnemonics(1, [(1, 1)], key)[0] * people
    return generate_mnemonics(1, [(needed, people)], key)[0]


def join_key(shares, needed):
    """Return the key of which these are shares.

    :raise SharesError: ``too_few``, ``unreadable`` with the place of the share, or ``mismatch``

    >>> join_key(["one two"], 1)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    SharesError: unreadable {'place': 1}
    """
    words = [" ".join(share.lower().split()) for share in shares]
    words = [share for share in words if share]
    for place, share in enumerate(words, start=1):
        try:
            Share.from_mnemonic(share)
        except (MnemonicError, ValueError, KeyError) as error:
            raise SharesError("unreadable", place=place) from error
    # The same words twice are one share; more than are needed are too many for the scheme.
    unique = list(dict.fromkeys(words))
    if len(unique) < needed:
        raise SharesError("too_few", count=len(unique), needed=needed)
    try:
        return combine_mnemonics(unique[:needed])
    except MnemonicError as error:
        raise SharesError("mismatch") from error
