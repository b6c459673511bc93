"""One request, and the error of a try that may be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from espace_tui.errors import Unreachable


@dataclass(frozen=True, slots=True, repr=False)
class HttpRequest:
    """One request; its repr shows nothing, since it holds tokens and what was typed."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None = None


class RetryableError(Unreachable):
    """It is unknown what became of a request; sent again, it may succeed.

    `wait` is what the service asked for, in seconds.
    """

    def __init__(self, code: str, wait: int | None = None) -> None:
        super().__init__(code)
        self.wait = wait
