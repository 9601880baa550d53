"""Ballots that only the scrutineers can open, and commitments that only the voter can.

A sealed ballot has the same length whatever it says. It is bound to its poll and to its commitment:
copied to another place it does not open.
"""

import hmac
import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .ballot_choice import LONGEST

VERSION = "coop-ballot-1"
NONCE_BYTES = 32
# Nonce, length, choice, zeros.
PLAIN_BYTES = NONCE_BYTES + 2 + LONGEST
# The one-time public key before it and the tag behind it.
SEALED_BYTES = 32 + PLAIN_BYTES + 16
# Every key is used once.
_ZERO_NONCE = bytes(12)


class SealError(ValueError):
    """A ballot that does not open, or says something else than its commitment."""


def new_nonce():
    """Return the 256 bits that hide a choice, as hexadecimal text."""
    return secrets.token_hex(NONCE_BYTES)


def commitment(poll, choice, nonce):
    """Return the hash that a voter keeps: of version, poll, canonical choice and nonce.

    >>> commitment("00" * 32, "1,3", "11" * 32)
    '8f941d2645a9264c802bbc51c21d9bcc73d9cf8d1d7322a16a203fc266407dc0'
    """
    if any("\n" in part for part in (poll, choice, nonce)):
        raise ValueError("a line break would let two ballots have one commitment")
    return sha256("\n".join((VERSION, poll, choice, nonce)).encode()).hexdigest()


def new_key_pair():
    """Return a private and its public key, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private):
    """Return the public key that belongs to a private one.

    >>> private, public = new_key_pair()
    >>> public_of(private) == public
    True
    """
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def seal(public, poll, choice, nonce):
    """Return a choice and its nonce, sealed to a public key.

    >>> private, public = new_key_pair()
    >>> len(seal(public, "p", "1", new_nonce())) == len(seal(public, "p", "1,2", new_nonce()))
    True
    """
    text = choice.encode("ascii")
    if len(text) > LONGEST:
        raise ValueError(f"a choice of {len(text)} bytes is longer than {LONGEST}")
    plain = bytes.fromhex(nonce) + len(text).to_bytes(2, "big") + text
    if len(plain) != NONCE_BYTES + 2 + len(text):
        raise ValueError("a nonce has 256 bits")
    once = X25519PrivateKey.generate()
    secret = once.exchange(X25519PublicKey.from_public_bytes(public))
    mine = once.public_key().public_bytes_raw()
    cipher = _cipher(secret, mine, public, _info(poll))
    bound = commitment(poll, choice, nonce).encode()
    return mine + cipher.encrypt(_ZERO_NONCE, plain.ljust(PLAIN_BYTES, b"\x00"), bound)


def unseal(private, poll, sealed, committed):
    """Return the choice and the nonce that are sealed under a commitment.

    :raise SealError: when it does not open, or holds something else

    >>> private, public = new_key_pair()
    >>> nonce = new_nonce()
    >>> unseal(private, "p", seal(public, "p", "1,3", nonce), commitment("p", "1,3", nonce))[0]
    '1,3'
    """
    return Opener(private, poll).open(sealed, committed)


class Opener:
    """Opens the ballots of one poll: what is the same for all of them is worked out once."""

    def __init__(self, private, poll):
        self.poll, self.key = poll, X25519PrivateKey.from_private_bytes(private)
        self.public, self.info = self.key.public_key().public_bytes_raw(), _info(poll)

    def open(self, sealed, committed):
        """Return the choice and the nonce of one ballot, as ``unseal`` does."""
        if len(sealed) != SEALED_BYTES:
            raise SealError(f"a sealed ballot has {SEALED_BYTES} bytes, not {len(sealed)}")
        once = sealed[:32]
        try:
            secret = self.key.exchange(X25519PublicKey.from_public_bytes(once))
            cipher = _cipher(secret, once, self.public, self.info)
            plain = cipher.decrypt(_ZERO_NONCE, sealed[32:], committed.encode())
        except (InvalidTag, ValueError) as error:
            raise SealError("the ballot does not open") from error
        return self._read(plain, committed)

    def _read(self, plain, committed):
        """Return what was sealed, which is what the commitment says."""
        length = int.from_bytes(plain[NONCE_BYTES : NONCE_BYTES + 2], "big")
        start = NONCE_BYTES + 2
        if length > LONGEST or plain[start + length :].strip(b"\x00"):
            raise SealError("the ballot is not filled up as it should be")
        nonce = plain[:NONCE_BYTES].hex()
        try:
            choice = plain[start : start + length].decode("ascii")
            found = commitment(self.poll, choice, nonce)
        except ValueError as error:
            raise SealError("the ballot is not written in plain text") from error
        if not hmac.compare_digest(found, committed):
            raise SealError("the ballot says something else than its commitment")
        return choice, nonce


def _info(poll):
    return f"{VERSION} {poll}".encode()


def _cipher(secret, once, public, info):
    """Return the cipher for one ballot: its key hangs on both keys and the poll."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=once + public, info=info)
    return ChaCha20Poly1305(kdf.derive(secret))
