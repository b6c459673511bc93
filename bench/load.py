"""A small load generator: HTTP/1.1 on kept connections, so that what is measured is the service."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from secrets import token_hex
from typing import Any, TypeVar

from espace_tui.model.values import Channel
from espace_tui.wire.routes import Header, Route

Answer = dict[str, Any]
T = TypeVar("T")
TERMS = "2022-01"


@dataclass
class Client:
    """One connection; `seconds` holds how long each light request took, by its name."""

    port: int
    seconds: dict[str, list[float]] = field(default_factory=dict)
    busy_answers: int = 0

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)

    def close(self) -> None:
        """Close the connection."""
        self._writer.close()

    async def post(
        self, path: str, body: Mapping[str, object] | None, headers: Mapping[str, str]
    ) -> Answer:
        """Post once, with a fresh key; again where the service is too busy for a hash."""
        while True:
            sent = dict(headers) | {Header.KEY.value: token_hex(16)}
            status, answer = await self._ask("POST", path, body, sent)
            if status < HTTPStatus.MULTIPLE_CHOICES:
                return answer
            if status != HTTPStatus.SERVICE_UNAVAILABLE:
                raise RuntimeError(status, path, answer)
            self.busy_answers += 1
            await asyncio.sleep(0.05)

    async def get(self, path: str, headers: Mapping[str, str]) -> Answer:
        """Get once."""
        return (await self._ask("GET", path, None, headers))[1]

    async def _ask(
        self, verb: str, path: str, body: Mapping[str, object] | None, headers: Mapping[str, str]
    ) -> tuple[int, Answer]:
        content = json.dumps(body).encode() if body is not None else b""
        lines = [f"{verb} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(content)}"]
        lines += ["Content-Type: application/json"] if content else []
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        head = await self._reader.readuntil(b"\r\n\r\n")
        _, found, rest = head.partition(b"content-length: ")
        size = int(rest.partition(b"\r\n")[0]) if found else 0
        content = await self._reader.readexactly(size) if size else b"{}"
        return int(head.split(b" ", 2)[1]), json.loads(content)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Record how long something took."""
        started = time.perf_counter()
        yield
        self.seconds.setdefault(name, []).append(time.perf_counter() - started)


async def throughput(
    items: Iterable[T],
    work: Callable[[Client, T], Awaitable[None]],
    clients: Sequence[Client],
) -> float:
    """Let each client take one item after another; return how many a second.

    Only what ends while all of them work is counted: neither before each could do one, nor once the
    first of them finds nothing left.
    """
    waiting, ends = iter(items), list[float]()

    async def walker(client: Client) -> float:
        await client.open()
        for item in waiting:
            await work(client, item)
            ends.append(time.perf_counter())
        last = time.perf_counter()
        client.close()
        return last

    stops = await asyncio.gather(*map(walker, clients))
    first, last = sorted(ends)[len(clients)], min(stops)
    return sum(first < end <= last for end in ends) / (last - first)


@dataclass(frozen=True)
class InvitedPerson:
    """A person to activate, with the code they received."""

    nir: str
    serial: str
    code: str
    identifier: str


async def activate(client: Client, person: InvitedPerson) -> None:
    """Walk from the code to the active space: ten requests with `sign_in`, three of them hash."""

    def headers_of(flow: Answer) -> dict[str, str]:
        return {
            Header.FLOW_TOKEN.value: flow["token"],
            Header.REVISION.value: f'"{flow["revision"]}"',
        }

    flow = await client.post(Route.FLOWS, {"code": person.code, "nir": person.nir}, {})
    at = flow["id"]
    steps: tuple[tuple[Route, Answer | None], ...] = (
        (Route.CARD, {"kind": "photo", "serial": person.serial}),
        (Route.DECISION, {"choice": "activate", "terms": TERMS}),
        (Route.CONTACTS, None),
    )
    for route, body in steps:
        with client.timed(route.name):
            flow = await client.post(route.at(flow_id=at), body, headers_of(flow))
    with client.timed("AVAILABILITY"):
        await client.post(
            Route.AVAILABILITY.at(flow_id=at), {"identifier": person.identifier}, headers_of(flow)
        )
    chosen = {"identifier": person.identifier, "password": "Kv7-rTm2qe!"}
    await client.post(Route.COMPLETION.at(flow_id=at), chosen, headers_of(flow))


async def sign_in(
    client: Client, person: InvitedPerson, code_of: Callable[[InvitedPerson], Any]
) -> None:
    """Sign in by the code received, look at the space, sign out."""
    opening = {
        "identifier": person.identifier,
        "password": "Kv7-rTm2qe!",
        "channel": Channel.EMAIL.value,
    }
    request = await client.post(Route.SIGN_INS, opening, {})
    headers = {Header.CODE_TOKEN.value: request["token"]}
    code = await code_of(person)
    with client.timed("SIGN_IN_PROOF"):
        space = await client.post(
            Route.SIGN_IN_PROOF.at(request_id=request["id"]), {"code": code}, headers
        )
    entered = {Header.SPACE_TOKEN.value: space["token"]}
    with client.timed("SPACE"):
        await client.get(Route.SPACE, entered)
    with client.timed("SIGN_OUT"):
        await client.post(Route.SIGN_OUT, None, entered)
