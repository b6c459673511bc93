"""Text messages through an HTTP gateway: any that takes one request for one message.

The request is a template: ``{to}``, ``{text}``, ``{id}`` and ``{secret}`` are replaced in the
address, the headers and the body, escaped as each needs (JSON or form in the body, percent signs in
the address). An answer 2xx means sent. Another 4xx refuses this message: `DeliveryError`. 401, 403
(we are refused), 429, 5xx or silence: `Unreachable`, and every message waits.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLError
from urllib.parse import quote, quote_plus

import httpx2

from espace_tui.activation.mail.deliveries.trust import trust
from espace_tui.activation.mail.delivery import DeliveryError, OutgoingMessage
from espace_tui.errors import Unreachable

_US = frozenset({401, 403, 404, 405, 407, 408, 425, 429})
_REFUSED = range(400, 500)
_TAKEN = range(200, 300)
_PLACE = re.compile(r"\{(to|text|id|secret)\}")


@dataclass(frozen=True, slots=True)
class Gateway:
    """How a gateway is asked; `form` tells how the body is written: ``json`` or ``form``."""

    url: str
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: str = ""
    secret: str = field(default="", repr=False)
    authority: Path | None = None
    timeout: float = 10

    @property
    def content_type(self) -> str:
        """The kind of body, as the headers tell it; JSON where they do not."""
        given = {name.lower(): value for name, value in self.headers.items()}
        return given.get("content-type", "application/json")


class GatewayDelivery:
    """A Delivery to one gateway, over kept connections."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._client: httpx2.AsyncClient | None = None

    async def send(self, message: OutgoingMessage) -> None:
        """Send one message; raises `DeliveryError` or `Unreachable`."""
        try:
            async with asyncio.timeout(self._gateway.timeout):
                status = await self._asked(message)
        except TimeoutError as error:
            raise Unreachable("timeout") from error
        except httpx2.TransportError as error:
            raise Unreachable(_code(error), reason=type(error).__name__) from error
        if status in _TAKEN:
            return
        if status in _REFUSED and status not in _US:
            raise DeliveryError(f"http-{status}", is_final=True)
        raise Unreachable("network", reason=f"http-{status}")

    async def aclose(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def _asked(self, message: OutgoingMessage) -> int:
        gateway = self._gateway
        values = {
            "to": message.to,
            "text": message.text,
            "id": message.id,
            "secret": gateway.secret,
        }
        is_json = "json" in gateway.content_type
        answer = await self._opened().request(
            gateway.method,
            _filled(gateway.url, values, lambda value: quote(value, safe="")),
            headers={"Content-Type": gateway.content_type}
            | {name: _filled(value, values, str) for name, value in gateway.headers.items()},
            content=_filled(gateway.body, values, _in_json if is_json else quote_plus).encode(),
        )
        return answer.status_code

    def _opened(self) -> httpx2.AsyncClient:
        if self._client is None:
            self._client = httpx2.AsyncClient(
                verify=trust(self._gateway.authority),
                timeout=self._gateway.timeout,
                trust_env=False,
            )
        return self._client


def _filled(template: str, values: Mapping[str, str], written: Callable[[str], str]) -> str:
    """Return a template with its values, each written as the place wants it.

    >>> _filled('{"to": "{to}", "at": {}}', {"to": "Éa {id}"}, quote_plus)
    '{"to": "%C3%89a+%7Bid%7D", "at": {}}'
    """
    return _PLACE.sub(lambda found: written(values[found[1]]), template)


def _in_json(value: str) -> str:
    return json.dumps(value)[1:-1]


def _code(error: BaseException | None) -> str:
    if isinstance(error, SSLError):
        return "certificate"
    if isinstance(error, httpx2.TimeoutException):
        return "timeout"
    return _code(error.__cause__ or error.__context__) if error else "network"
