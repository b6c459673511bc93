"""Tokens of 256 bits that a page is given, and that open one connection, once.

>>> tokens = OneUseTokens()
>>> token = tokens.issue()
>>> tokens.use(token), tokens.use(token), tokens.use("x")
(True, False, False)
"""

from __future__ import annotations

import hmac
import secrets

TOKEN_BYTES = 32
MOST = 64
"""How many pages may wait at once; the token of the oldest is then forgotten."""


class OneUseTokens:
    """The tokens of the pages that wait; the repr shows none."""

    def __init__(self) -> None:
        self._waiting: list[str] = []

    def issue(self) -> str:
        """Return a token for a page."""
        token = secrets.token_hex(TOKEN_BYTES)
        self._waiting = [*self._waiting[-(MOST - 1) :], token]
        return token

    def use(self, token: str) -> bool:
        """Tell whether a token was given out and not used yet; it is used up."""
        given = token.encode()
        found = [each for each in self._waiting if hmac.compare_digest(each.encode(), given)]
        self._waiting = [each for each in self._waiting if each not in found]
        return bool(found)
