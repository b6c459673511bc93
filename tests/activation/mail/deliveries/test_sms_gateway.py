"""A text message becomes the request its gateway wants, and the answer is understood."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import trustme

from espace_tui.activation.mail.deliveries.sms_gateway import Gateway, GatewayDelivery
from espace_tui.activation.mail.delivery import DeliveryError
from espace_tui.errors import Unreachable
from espace_tui.model.values import Channel
from tests.activation.mail.deliveries.letters import letter

SMS = replace(letter(channel=Channel.SMS, to="+33612345646"), text='Code 034567\n« "é" » {secret}')
JSON = Gateway(
    url="/messages/{to}",
    headers={"Authorization": "Bearer {secret}", "Idempotency-Key": "{id}"},
    body='{"to": "{to}", "text": "{text}", "options": {}}',
    secret="hush",
    timeout=2,
)


@dataclass
class Desk:
    """A gateway: what it was asked, and what it answers."""

    address: str
    authority: Path
    status: int = 202
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request after another."""
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                first, *lines = head.decode().strip().split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines)
                body = await reader.readexactly(int(headers["content-length"]))
                self.asked.append((first, dict(line.split(": ", 1) for line in lines), body))
                writer.write(b"HTTP/1.1 %d Said\r\nContent-Length: 0\r\n\r\n" % self.status)
        except asyncio.IncompleteReadError:
            writer.close()


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    authority = trustme.CA()
    trust = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(trust)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    made = Desk("", tmp_path / "authority.pem")
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=trust)
    made.address = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield made
    server.close()
    await asyncio.sleep(0)


def at(desk: Desk, gateway: Gateway) -> Gateway:
    return replace(gateway, url=desk.address + gateway.url, authority=desk.authority)


async def send(gateway: Gateway) -> None:
    delivery = GatewayDelivery(gateway)
    try:
        await delivery.send(SMS)
    finally:
        await delivery.aclose()


async def test_a_json_gateway_reads_every_character(desk: Desk) -> None:
    await send(at(desk, JSON))
    ((first, headers, body),) = desk.asked
    assert first == "POST /messages/%2B33612345646 HTTP/1.1"
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer hush", SMS.id)
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body) == {"to": "+33612345646", "text": SMS.text, "options": {}}


async def test_a_form_gateway_reads_every_character(desk: Desk) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    await send(at(desk, replace(JSON, headers=form, body="to={to}&message={text}&key={secret}")))
    fields = {name: values[0] for name, values in parse_qs(desk.asked[0][2].decode()).items()}
    assert fields == {"to": "+33612345646", "message": SMS.text, "key": "hush"}


@pytest.mark.parametrize("status", [400, 422])
async def test_a_refused_message_comes_back_for_good(desk: Desk, status: int) -> None:
    desk.status = status
    with pytest.raises(DeliveryError) as told:
        await send(at(desk, JSON))
    assert (told.value.reason, told.value.is_final) == (f"http-{status}", True)


@pytest.mark.parametrize("status", [301, 401, 403, 404, 405, 407, 408, 425, 429, 500, 503])
async def test_a_gateway_that_refuses_us_makes_every_message_wait(desk: Desk, status: int) -> None:
    desk.status = status
    with pytest.raises(Unreachable) as told:
        await send(at(desk, JSON))
    assert told.value.values == {"reason": f"http-{status}"}


async def test_a_gateway_nobody_vouches_for_is_given_nothing(desk: Desk) -> None:
    with pytest.raises(Unreachable) as told:
        await send(replace(at(desk, JSON), authority=None))
    assert (told.value.code, desk.asked) == ("certificate", [])


async def test_a_gateway_that_is_gone_or_silent_is_not_waited_for() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    hole = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = hole.sockets[0].getsockname()[1]
    for gateway, code in (
        (Gateway(f"http://127.0.0.1:{port}", timeout=0.2), "timeout"),
        (Gateway("http://127.0.0.1:1", timeout=2), "network"),
    ):
        with pytest.raises(Unreachable) as told:
            await send(gateway)
        assert told.value.code == code
    hole.close()
    await asyncio.sleep(0)


def test_a_gateway_never_shows_its_secret() -> None:
    assert "hush" not in repr(JSON)
