"""S14, S29: the service says no in one way, from a closed list, and gives nothing away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest

from espace_tui.activation.rules import Rules
from espace_tui.clock import MovableClock
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.service.problems import preferred_language
from espace_tui.service.server import open_rules
from espace_tui.wire.problems import MEDIA_TYPE, Code
from espace_tui.wire.routes import Header, Route
from tests.people import ALICE, BRUNO, STRANGER_NIR
from tests.service.raw import CARD, activated, flow_headers, identified, key_headers, visible_parts
from tests.service.serving import in_thread
from tests.service.town import IDENTIFIER, PASSWORD, ServiceWorld

WRONG_CODE = "abcdefghjkmn"


async def identify(asking: httpx2.AsyncClient, code: str, nir: str) -> httpx2.Response:
    return await asking.post(Route.FLOWS, json={"code": code, "nir": nir}, headers=key_headers())


async def test_unknown_wrong_used_expired_and_locked_look_the_same(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    flow = await activated(asking, town)
    assert flow["stage"] == "done"
    brunos = await town.invite(BRUNO)
    answers = {
        "unknown": await identify(asking, WRONG_CODE, STRANGER_NIR),
        "wrong": await identify(asking, WRONG_CODE, BRUNO.nir),
        "of another": await identify(asking, brunos, ALICE.nir),
        "used": await identify(asking, WRONG_CODE, ALICE.nir),
    }
    async with town.rules.context.store.transaction() as tx:
        await tx.run("UPDATE invitation SET expires_at = 0 WHERE used_at IS NULL")
    answers["expired"] = await identify(asking, brunos, BRUNO.nir)
    async with town.rules.context.store.transaction() as tx:
        await tx.run("UPDATE failure SET failures = 100, open_at = 0")
    answers["locked"] = await identify(asking, brunos, BRUNO.nir)
    first = visible_parts(answers["unknown"])
    assert {name: visible_parts(answer) for name, answer in answers.items()} == dict.fromkeys(
        answers, first
    )
    assert first[0] == 401


@pytest.fixture
async def still(town: ServiceWorld) -> AsyncIterator[httpx2.AsyncClient]:
    """The service at one moment: no wait gets shorter between two answers."""
    context = replace(open_rules(town.options).context, clock=MovableClock(datetime.now(UTC)))
    with in_thread(town.options, Rules(context)) as port:
        base = f"http://127.0.0.1:{port}"
        async with httpx2.AsyncClient(base_url=base, trust_env=False) as client:
            yield client


async def test_sign_in_looks_the_same_for_known_and_unknown(
    still: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    await activated(still, town)
    bodies = [
        {"identifier": "nobody.at.all", "password": PASSWORD, "channel": "sms"},
        {"identifier": IDENTIFIER, "password": "Not-the-one-1", "channel": "sms"},
    ]
    for number in range(7):
        known, unknown = [
            await still.post(Route.SIGN_INS, json=body, headers=key_headers()) for body in bodies
        ]
        if number < 5:
            assert visible_parts(known) == visible_parts(unknown)
        else:  # no longer told apart from a right one
            assert known.status_code == unknown.status_code == 200
            shown = [
                {name: value for name, value in each.json().items() if name not in {"id", "token"}}
                for each in (known, unknown)
            ]
            assert shown[0] == shown[1]


CODES = [
    (Route.SIGN_INS, {"identifier": IDENTIFIER, "password": PASSWORD}, Route.SIGN_IN_PROOF),
    (Route.RESETS, {"identifier": IDENTIFIER, "nir": ALICE.nir}, Route.RESET_PROOF),
]


@pytest.mark.parametrize(("route", "body", "proof"), CODES, ids=["sign-in", "reset"])
async def test_a_one_time_code_is_refused_in_one_way(
    asking: httpx2.AsyncClient, town: ServiceWorld, route: Route, body: dict[str, str], proof: Route
) -> None:
    await activated(asking, town)

    async def ask() -> dict[str, str]:
        await town.forget_send_limits()
        answer = await asking.post(route, json=body | {"channel": "sms"}, headers=key_headers())
        granted: dict[str, str] = answer.json()
        return granted

    async def prove(request: dict[str, str], code: str) -> httpx2.Response:
        headers = key_headers() | {Header.CODE_TOKEN: request["token"]}
        return await asking.post(
            proof.at(request_id=request["id"]), json={"code": code}, headers=headers
        )

    async def change(sql: str) -> None:
        async with town.rules.context.store.transaction() as tx:
            await tx.run(sql)

    first = await ask()
    code = await town.one_time_code()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert (await prove(first, code)).status_code == 200
    answers = {
        "used": await prove(first, code),
        "unknown": await prove(first | {"id": "nothing"}, code),
        "stolen": await prove(first | {"token": "another"}, code),
    }
    second = await ask()
    code = await town.one_time_code()
    answers["wrong"] = await prove(second, wrong)
    answers["locked"] = await off(change, prove(second, code))
    await change("UPDATE code_request SET expires_at = 0")
    answers["expired"] = await prove(second, code)
    assert {name: visible_parts(answer) for name, answer in answers.items()} == dict.fromkeys(
        answers, visible_parts(answers["unknown"])
    )
    assert answers["unknown"].status_code == 401


async def off(
    change: Callable[[str], Awaitable[None]], call: Awaitable[httpx2.Response]
) -> httpx2.Response:
    """Return an answer given while every authenticator that failed is off."""
    await change("UPDATE failure SET failures = 100, open_at = 0")
    answer = await call
    await change("DELETE FROM failure")
    return answer


async def test_recovery_answers_alike_for_known_and_unknown(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    await activated(asking, town)
    known = {"birth_date": "1984-05-17", "nir": ALICE.nir, "channel": "sms"}
    for route, more in ((Route.IDENTIFIERS, {}), (Route.NEW_CODES, CARD)):
        answers = [
            await asking.post(route, json=known | more | {"nir": nir}, headers=key_headers())
            for nir in (ALICE.nir, STRANGER_NIR)
        ]
        assert visible_parts(answers[0]) == visible_parts(answers[1])


REFUSALS: list[tuple[str, dict[str, Any], Code]] = [
    ("unreadable", {"content": b"{"}, Code.BAD_REQUEST),
    ("not utf-8", {"content": b'{"code": "\xff"}'}, Code.BAD_REQUEST),
    ("deep", {"content": b"[" * 15000}, Code.BAD_REQUEST),
    ("huge number", {"content": b'{"code": ' + b"9" * 9000 + b"}"}, Code.BAD_REQUEST),
    ("empty", {"content": b""}, Code.INVALID_FIELDS),
    ("a list", {"content": b"[]"}, Code.INVALID_FIELDS),
    ("half a pair", {"content": rb'{"code": "\ud800", "nir": "1"}'}, Code.INVALID_FIELDS),
    ("a zero byte", {"content": rb'{"code": "a\u0000", "nir": "1"}'}, Code.INVALID_FIELDS),
    ("not a number", {"content": b'{"code": NaN, "nir": "1"}'}, Code.INVALID_FIELDS),
    ("one too many", {"json": {"code": "a", "nir": "1", "a": "b"}}, Code.INVALID_FIELDS),
    ("too long a value", {"json": {"code": "a" * 65, "nir": "1"}}, Code.INVALID_FIELDS),
    ("too long", {"content": b" " * 17000}, Code.TOO_LARGE),
    ("a form", {"data": {"code": "a"}}, Code.NOT_JSON),
]


@pytest.mark.parametrize(("what", "sent", "code"), REFUSALS, ids=[each[0] for each in REFUSALS])
async def test_bad_input_is_a_problem(
    asking: httpx2.AsyncClient, what: str, sent: dict[str, Any], code: Code
) -> None:
    kind = {} if "data" in sent else {"Content-Type": "application/json"}
    answer = await asking.post(Route.FLOWS, headers=key_headers() | kind, **sent)
    assert (answer.status_code, answer.json()["code"]) == (code.status, code), what
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert answer.headers["Cache-Control"] == "no-store"


async def test_what_was_typed_never_comes_back(asking: httpx2.AsyncClient) -> None:
    body = {"code": "CANARY" * 20, "nir": ["CANARY"], "CANARY": "CANARY"}
    answer = await asking.post(Route.FLOWS, json=body, headers=key_headers())
    assert "CANARY" not in answer.text.replace('"field":"CANARY"', "")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/v1/flows/", 404),
        ("GET", "/docs", 404),
        ("DELETE", Route.FLOWS, 405),
        ("POST", Route.POLICY, 405),
        ("PUT", "/healthz", 405),
    ],
)
async def test_a_wrong_address_or_method_is_a_problem(
    asking: httpx2.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await asking.request(method, path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert answer.headers["Cache-Control"] == "no-store"
    assert ("Allow" in answer.headers) is (status == 405)


async def test_what_is_not_http_is_a_problem_too(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"\x16\x03\x01 hello\r\n\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert json.loads(body)["code"] == Code.BAD_REQUEST


async def test_steps_are_taken_in_order_and_once(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    flow = await identified(asking, town)
    early = await asking.post(Route.CONTACTS.at(flow_id=flow["id"]), headers=flow_headers(flow))
    assert (early.status_code, early.json()["code"]) == (409, "step-not-pending")
    path = Route.CARD.at(flow_id=flow["id"])
    await asking.post(path, json=CARD, headers=flow_headers(flow))
    other = CARD | {"kind": "plain"}
    stale = await asking.post(path, json=other, headers=flow_headers(flow))
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-revision")
    gone = await asking.post(Route.CARD.at(flow_id="gone"), json=CARD, headers=flow_headers(flow))
    assert (gone.status_code, gone.json()["code"]) == (410, "flow-expired")


async def test_only_a_refusal_asks_for_other_credentials(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    """HTTP wants the header with a 401, and clients might open a window of theirs for another."""
    flow = await identified(asking, town)
    refused = await identify(asking, WRONG_CODE, STRANGER_NIR)
    early = await asking.post(Route.CONTACTS.at(flow_id=flow["id"]), headers=flow_headers(flow))
    shown_by = [
        (each.status_code, each.headers.get("WWW-Authenticate")) for each in (refused, early)
    ]
    assert shown_by == [(401, "Espace"), (409, None)]


async def test_a_field_is_named_with_its_code(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    flow = await identified(asking, town)
    path, body = Route.CARD.at(flow_id=flow["id"]), {"kind": "photo"}
    answer = await asking.post(path, json=body, headers=flow_headers(flow))
    assert answer.json()["errors"] == [{"field": "serial", "code": "serial.missing"}]
    path, terms = Route.DECISION.at(flow_id=flow["id"]), {"choice": "activate"}
    answer = await asking.post(path, json=terms, headers=flow_headers(flow))
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "terms", "code": "terms.missing"}]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "fr"),
        ("en", "en"),
        ("EN-us", "en"),
        ("de, en;q=0.5", "en"),
        ("en;q=0.1, fr;q=0.9", "fr"),
        ("en;q=0, de", "fr"),
        ("en;q=abc", "fr"),
        ("*", "fr"),
        (";;;,,,", "fr"),
    ],
)
async def test_the_title_is_in_the_language_asked_for(
    asking: httpx2.AsyncClient, accepted: str, language: str
) -> None:
    assert preferred_language(accepted) == language
    answer = await asking.get("/nothing", headers={"Accept-Language": accepted})
    assert answer.headers["Content-Language"] == language
    assert answer.json()["title"] == Texts(language)("service.problem.not-found")


def test_every_problem_has_its_words() -> None:
    for language in LANGUAGES:
        assert all(Texts(language).has(f"service.problem.{code}") for code in Code)


PROTECTION = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=63072000",
    "X-Content-Type-Options": "nosniff",
}


async def test_every_answer_is_kept_out_of_caches_and_frames(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    answers = [
        await asking.get(Route.POLICY),
        await asking.get("/healthz"),
        await asking.get("/readyz"),
        await asking.get("/openapi.json"),
        await asking.get(Route.SPACE),
        await asking.get("/nothing"),
        await asking.get(Route.FLOWS),
        await asking.post(Route.FLOWS, content=b" " * 17000),
        await asking.post(Route.FLOWS, data={"code": "a"}),
    ]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in PROTECTION} == PROTECTION
        assert "Server" not in answer.headers
    statuses = [answer.status_code for answer in answers]
    assert statuses == [200, 200, 200, 200, 422, 404, 405, 413, 415]
    assert await town.count("answer") == 0
