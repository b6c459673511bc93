"""Sealing: what must be read again but not by who only holds the database.

Encrypt, then authenticate, with the one primitive the standard library gives in constant time:
HMAC-SHA256. The keystream is HMAC(k1, nonce ‖ counter), a pseudo-random function in counter mode;
the tag is HMAC(k2, nonce ‖ len(bound) ‖ bound ‖ ciphertext), checked before anything is opened.
The two keys are derived from one, the nonce is 16 random bytes. `bound` ties a sealed text to its
row: moved to another row it does not open. See docs/decisions/ for why not AES-GCM.

    >>> key = Key.of(bytes(32))
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


class BrokenSeal(Exception):  # noqa: N818 — what is found, as in « the seal is broken »
    """A sealed text was changed, moved, or sealed with another key."""


class Key(NamedTuple):
    """The two keys derived from one."""

    to_hide: bytes
    to_tag: bytes

    @classmethod
    def of(cls, key: bytes) -> Key:
        """Derive them from a 32-byte key."""
        return cls(
            hmac.digest(key, b"seal: encrypt", "sha256"),
            hmac.digest(key, b"seal: authenticate", "sha256"),
        )


def seal(key: Key, text: str, bound: str) -> str:
    """Return a text sealed with a key and bound to a place, as URL-safe base64."""
    nonce = secrets.token_bytes(_NONCE)
    hidden = _mix(key, nonce, text.encode())
    return urlsafe_b64encode(nonce + _tag(key, nonce, bound, hidden) + hidden).decode()


def unseal(key: Key, sealed: str, bound: str) -> str:
    """Return the text back; raises `BrokenSeal`."""
    raw = urlsafe_b64decode(sealed)
    nonce, tag, hidden = raw[:_NONCE], raw[_NONCE : _NONCE + _TAG], raw[_NONCE + _TAG :]
    if not hmac.compare_digest(tag, _tag(key, nonce, bound, hidden)):
        raise BrokenSeal
    return _mix(key, nonce, hidden).decode()


def _mix(key: Key, nonce: bytes, data: bytes) -> bytes:
    blocks = range(-(-len(data) // 32))
    stream = b"".join(
        [hmac.digest(key.to_hide, nonce + n.to_bytes(4, "big"), "sha256") for n in blocks]
    )
    mixed = int.from_bytes(data, "big") ^ int.from_bytes(stream[: len(data)], "big")
    return mixed.to_bytes(len(data), "big")


def _tag(key: Key, nonce: bytes, bound: str, hidden: bytes) -> bytes:
    place = bound.encode()
    return hmac.digest(key.to_tag, nonce + len(place).to_bytes(4, "big") + place + hidden, "sha256")
