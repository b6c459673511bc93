"""What is asked, and what is known when no answer came."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from espace_tui.errors import Unreachable


@dataclass(frozen=True, slots=True, repr=False)
class HttpRequest:
    """One request: it holds rights and answers in clear, and never shows them."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None = None


class RetryableError(Unreachable):
    """Nobody knows what became of a request: asked again at once, it may pass.

    `wait` is what the service asked for, in seconds.
    """

    def __init__(self, code: str, wait: int | None = None) -> None:
        super().__init__(code)
        self.wait = wait
