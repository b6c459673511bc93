"""The idempotency keys of the calls whose answer is unknown so far.

A key belongs to one request, byte for byte, until a definitive answer came: a person who presses
« Réessayer » after a cut sends the same key, and what was already done is not done twice. Requests
are recognised by a keyed digest, so that nothing typed stays in here.
"""

from __future__ import annotations

import hmac
import secrets

from espace_tui.backends.http.request import HttpRequest

_MAX_KEYS = 64


class IdempotencyKeys:
    """One key per request without a definitive answer; beyond a number, the oldest is dropped."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._keys: dict[bytes, str] = {}

    def key_for(self, request: HttpRequest) -> str:
        """Return the key of a request: the one it was sent with, or a fresh one."""
        mark = self._digest(request)
        if mark not in self._keys and len(self._keys) >= _MAX_KEYS:
            del self._keys[next(iter(self._keys))]
        return self._keys.setdefault(mark, secrets.token_urlsafe(24))

    def forget(self, request: HttpRequest) -> None:
        """Drop a key: the answer is known, so the same request would be a new act."""
        self._keys.pop(self._digest(request), None)

    def _digest(self, asked: HttpRequest) -> bytes:
        whole = repr((asked.method, asked.path, sorted(asked.headers.items()), asked.body))
        return hmac.digest(self._secret, whole.encode(), "sha256")
