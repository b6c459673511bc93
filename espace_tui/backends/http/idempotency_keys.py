"""The idempotency keys of the calls whose answer is not known yet.

A key belongs to one request, byte for byte, until a definitive answer came: a person who presses
« Réessayer » after a cut sends the same key, and what was already done is not done twice. Requests
are recognised by a keyed digest, so that nothing typed stays in here.
"""

from __future__ import annotations

import hmac
import secrets

from espace_tui.backends.http.request import HttpRequest

_MANY = 64


class IdempotencyKeys:
    """One key per request in doubt; the oldest are forgotten beyond a number."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._kept: dict[bytes, str] = {}

    def key_for(self, request: HttpRequest) -> str:
        """Return the key of a request: the one it was sent with, or a fresh one."""
        mark = self._mark(request)
        if mark not in self._kept and len(self._kept) >= _MANY:
            del self._kept[next(iter(self._kept))]
        return self._kept.setdefault(mark, secrets.token_urlsafe(24))

    def forget(self, request: HttpRequest) -> None:
        """Let go of a key: the answer is known, the same request would be a new act."""
        self._kept.pop(self._mark(request), None)

    def _mark(self, asked: HttpRequest) -> bytes:
        whole = repr((asked.method, asked.path, sorted(asked.headers.items()), asked.body))
        return hmac.digest(self._secret, whole.encode(), "sha256")
