"""Requests as any client may write them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx2

from espace_tui.wire.routes import Header, Route
from tests.people import ALICE
from tests.service.town import IDENTIFIER, PASSWORD, ServiceWorld

CARD = {"kind": "photo", "serial": ALICE.serial}


def key_headers(key: str = "", **headers: str) -> dict[str, str]:
    """Return headers with a key of idempotency, fresh unless given."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return {Header.KEY: key or str(uuid4())} | named


def flow_headers(flow: dict[str, Any], key: str = "") -> dict[str, str]:
    """Return the headers that show the right to a flow."""
    return key_headers(key) | {
        Header.FLOW_TOKEN: flow["token"],
        Header.REVISION: f'"{flow["revision"]}"',
    }


async def identified(asking: httpx2.AsyncClient, town: ServiceWorld) -> dict[str, Any]:
    """Return a fresh flow of Alice."""
    body = {"code": await town.invite(), "nir": ALICE.nir}
    answer = await asking.post(Route.FLOWS, json=body, headers=key_headers())
    assert answer.status_code == 200
    flow: dict[str, Any] = answer.json()
    return flow


async def activated(asking: httpx2.AsyncClient, town: ServiceWorld) -> dict[str, Any]:
    """Return the flow of Alice, whose space is active."""
    flow = await identified(asking, town)
    steps: tuple[tuple[Route, dict[str, Any] | None], ...] = (
        (Route.CARD, CARD),
        (Route.DECISION, {"choice": "activate", "terms": "2022-01"}),
        (Route.CONTACTS, None),
        (Route.COMPLETION, {"identifier": IDENTIFIER, "password": PASSWORD}),
    )
    for route, body in steps:
        path = route.at(flow_id=flow["id"])
        answer = await asking.post(path, json=body, headers=flow_headers(flow))
        assert answer.status_code == 200, answer.text
        flow = answer.json()
    return flow


def visible_parts(answer: httpx2.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Return all that a client can tell of an answer, but its hour and its name."""
    own = {"date", "x-request-id"}
    headers = [pair for pair in answer.headers.multi_items() if pair[0] not in own]
    return answer.status_code, answer.content, headers
