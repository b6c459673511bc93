"""Sealing: what must be read again, but not by somebody who only has the database.

Encrypt, then authenticate, with the one primitive the standard library gives in constant time:
HMAC-SHA256. The keystream is HMAC(k1, nonce ‖ counter), a pseudo-random function in counter mode;
the tag is HMAC(k2, nonce ‖ len(bound) ‖ bound ‖ ciphertext), checked before anything is opened.
The two keys are derived from one, the nonce is 16 random bytes. `bound` ties a sealed text to its
row: moved to another row it does not open. See docs/decisions/ for why not AES-GCM.

    >>> key = SealKey.derive(bytes(32))
    >>> unseal(key, seal(key, "0039 Ω", "row 7"), "row 7")
    '0039 Ω'
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

_NONCE = 16
_TAG = 32


class BrokenSealError(Exception):
    """A sealed text was changed, moved, or sealed with another key."""


class SealKey(NamedTuple):
    """The two keys derived from one."""

    cipher_key: bytes
    mac_key: bytes

    @classmethod
    def derive(cls, key: bytes) -> SealKey:
        """Derive them from a 32-byte key."""
        return cls(
            hmac.digest(key, b"seal: encrypt", "sha256"),
            hmac.digest(key, b"seal: authenticate", "sha256"),
        )


def seal(key: SealKey, text: str, bound: str) -> str:
    """Return a text sealed with a key and bound to a place, as URL-safe base64."""
    nonce = secrets.token_bytes(_NONCE)
    hidden = _mix(key, nonce, text.encode())
    return urlsafe_b64encode(nonce + _tag(key, nonce, bound, hidden) + hidden).decode()


def unseal(key: SealKey, sealed: str, bound: str) -> str:
    """Return the text back; raises `BrokenSealError`."""
    raw = urlsafe_b64decode(sealed)
    nonce, tag, hidden = raw[:_NONCE], raw[_NONCE : _NONCE + _TAG], raw[_NONCE + _TAG :]
    if not hmac.compare_digest(tag, _tag(key, nonce, bound, hidden)):
        raise BrokenSealError
    return _mix(key, nonce, hidden).decode()


def _mix(key: SealKey, nonce: bytes, data: bytes) -> bytes:
    blocks = range(-(-len(data) // 32))
    stream = b"".join(
        [hmac.digest(key.cipher_key, nonce + n.to_bytes(4, "big"), "sha256") for n in blocks]
    )
    mixed = int.from_bytes(data, "big") ^ int.from_bytes(stream[: len(data)], "big")
    return mixed.to_bytes(len(data), "big")


def _tag(key: SealKey, nonce: bytes, bound: str, hidden: bytes) -> bytes:
    place = bound.encode()
    return hmac.digest(
        key.mac_key, nonce + len(place).to_bytes(4, "big") + place + hidden, "sha256"
    )
