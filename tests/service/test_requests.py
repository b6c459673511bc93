"""Promises about requests: a right one is answered, however odd, and a wrong one is told why."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Self

import pytest
from pydantic import BaseModel
from typing_extensions import override

from espace_tui.errors import Refused, Unreachable
from espace_tui.i18n import Texts
from espace_tui.model import grants
from espace_tui.service.app import build_app
from espace_tui.service.metrics import AccessLog, Metrics
from espace_tui.service.openapi.examples import EXAMPLES
from espace_tui.service.problems import RequestError
from espace_tui.service.state import ServiceState, state_of
from espace_tui.wire.problems import Code
from espace_tui.wire.routes import MAX_BODY, Header
from tests.service.test_contract import OPERATIONS
from tests.service.town import ServiceWorld
from tests.service.wires import answered

WATCH = AccessLog(Metrics(), lambda _: "somebody")


def answer_of(name: str) -> object:
    """Return the example answer of a call, as the rules give it."""
    media = OPERATIONS[name][2]["responses"].get("200", {}).get("content", {})
    model = media.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
    if model in {"", "Policy"}:
        return None
    kind: type[BaseModel] = getattr(grants, model)
    return kind.model_validate_json(json.dumps(EXAMPLES[model]))


class Ready:
    """Rules that have their answer ready, whatever is asked: an example, or an error."""

    def __init__(self, error: Exception | None = None) -> None:
        self._error = error

    def guarded(self, *_: object) -> Self:
        return self

    @property
    def activation(self) -> Any:  # noqa: ANN401 — each part of the rules
        return self

    sign_in = recovery = space = activation

    def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
        call = {"open": "sign_in", "verify": "verify_sign_in"}

        async def answer(*_: object) -> object:
            if self._error:
                raise self._error
            return answer_of(call.get(name, name))

        return answer


def request_of(name: str) -> bytes:
    """Return a right request of a call: that of the examples of the contract."""
    path, method, operation = OPERATIONS[name]
    headers = {"Host": "here"}
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
        else:
            headers[parameter["name"]] = parameter["example"]
    body = b""
    if "requestBody" in operation:
        media = operation["requestBody"]["content"]["application/json"]
        body = json.dumps(media["example"], ensure_ascii=False).encode()
        headers |= {"Content-Type": "application/json"}
    return written(f"{method.upper()} {path}", headers, body)


def written(line: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    sized = headers | ({"Content-Length": str(len(body))} if body else {})
    head = [f"{line} HTTP/1.1", *(f"{name}: {value}" for name, value in sized.items())]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


async def answer_to(town: ServiceWorld, sent: bytes, error: Exception | None = None) -> bytes:
    """Return what the service answers, over rules that have their answer ready."""
    state: ServiceState = replace(state_of(town.rules), services=Ready(error))
    answer, _ = await answered(build_app(state, WATCH), sent)
    return answer


@pytest.mark.parametrize("name", OPERATIONS)
async def test_a_right_request_reaches_its_route(town: ServiceWorld, name: str) -> None:
    said = await answer_to(town, request_of(name))
    assert said.startswith(b"HTTP/1.1 20")
    if isinstance(expected := answer_of(name), BaseModel):
        body = said.partition(b"\r\n\r\n")[2]
        assert type(expected).model_validate_json(body) == expected
    tagged = b'\r\netag: "%d"\r\n' % expected.revision if isinstance(expected, grants.Flow) else b""
    assert (b"\r\netag: " in said) is bool(tagged)
    assert tagged in said


CARD = request_of("verify_card")
HEAD, BODY = CARD.split(b"\r\n\r\n")
KEY = next(line for line in HEAD.split(b"\r\n") if line.startswith(b"Idempotency-Key"))
PLAIN = b"\r\n".join(li for li in HEAD.split(b"\r\n") if not li.startswith(b"Content-Length"))


def with_body(body: bytes, head: bytes = PLAIN) -> bytes:
    return head + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body


RIGHT = {
    "the same": CARD,
    "headers in capitals": HEAD.upper().replace(b" HTTP", b" HTTP", 1).replace(
        HEAD.split(b"\r\n")[0].upper(), HEAD.split(b"\r\n")[0]
    ) + b"\r\n\r\n" + BODY,
    "a query": CARD.replace(b" HTTP", b"?code=1 HTTP", 1),
    "a percent in the address": CARD.replace(b"/card ", b"/c%61rd ", 1),
    "in chunks": PLAIN + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    + b"4\r\n" + BODY[:4] + b"\r\n%x\r\n" % len(BODY[4:]) + BODY[4:] + b"\r\n0\r\n\r\n",
    "spaces around": with_body(b" \n" + BODY + b"\r\n "),
    "a field said twice": with_body(BODY.replace(b"{", b'{"serial": "1", ', 1)),
    "a charset": CARD.replace(b"application/json", b"application/json; charset=utf-8"),
    "an odd parameter of type": CARD.replace(b"application/json", b"application/json;=;"),
    "an end of line, as FastAPI lets it be": CARD.replace(b"/card ", b"/card%0A ", 1),
    "an odd case of type": CARD.replace(b"application/json", b"Application/JSON"),
    "a key said twice": HEAD + b"\r\n" + KEY[:-1] + b"0\r\n\r\n" + BODY,
    "the same key twice, wrong last": HEAD + b"\r\nIdempotency-Key: !\r\n\r\n" + BODY,
    "a host that is none": CARD.replace(b"Host: here", b"Host: a/b?c"),
    "no host": CARD.replace(b"Host: here\r\n", b""),
    "the last of the connection": HEAD + b"\r\nConnection: close\r\n\r\n" + BODY,
    "HTTP 1.0": CARD.replace(b"HTTP/1.1", b"HTTP/1.0"),
    "with a mark": with_body(b"\xef\xbb\xbf" + BODY),
    "in UTF-16": with_body(BODY.decode().encode("utf-16")),
    "a body where none is asked": with_body(
        b"{}", request_of("confirm_contacts")[:-4] + b"\r\nContent-Type: application/json"
    ),
    "a body where nothing is written": with_body(
        b'{"a": 1}', request_of("profile")[:-4] + b"\r\nContent-Type: application/json"
    ),
}  # fmt: skip
WRONG = {
    "no body": with_body(b""),
    "a list": with_body(b"[]"),
    "null": with_body(b"null"),
    "a text": with_body(b'"abc"'),
    "an extra field": with_body(BODY.replace(b"{", b'{"more": 1, ', 1)),
    "a field missing": with_body(b'{"kind": "photo"}'),
    "no such kind": with_body(BODY.replace(b'"photo"', b'"PHOTO"')),
    "a number for a text": with_body(b'{"kind": "photo", "serial": 12345678901}'),
    "an empty text": with_body(b'{"kind": "photo", "serial": ""}'),
    "too long": with_body(b'{"kind": "photo", "serial": "%s"}' % (b"1" * 65)),
    "half a character": with_body(rb'{"kind": "photo", "serial": "\ud800"}'),
    "not UTF-8": with_body(b'{"kind": "photo", "serial": "\xff"}'),
    "a bare control character": with_body(b'{"kind": "photo", "serial": "1\x012"}'),
    "an escaped one": with_body(rb'{"kind": "photo", "serial": "1\u00012"}'),
    "not JSON": with_body(b'{"kind": "photo", "serial": '),
    "not a number": with_body(b'{"kind": NaN, "serial": "1"}'),
    "too deep": with_body(b"[" * MAX_BODY),
    "too large": with_body(b" " * (MAX_BODY + 1)),
    "another type": CARD.replace(b"application/json", b"text/plain"),
    "no type": CARD.replace(b"Content-Type: application/json\r\n", b""),
    "two types": CARD.replace(b"Content-Type", b"Content-Type: text/plain\r\nContent-Type", 1),
    "no key": CARD.replace(KEY + b"\r\n", b""),
    "an empty key": CARD.replace(KEY, b"Idempotency-Key:"),
    "a key too short": CARD.replace(KEY, b"Idempotency-Key: abc"),
    "a key of other characters": CARD.replace(KEY, b"Idempotency-Key: " + b"\xe9" * 20),
    "a wrong key before a right one": CARD.replace(KEY, b"Idempotency-Key: !\r\n" + KEY),
    "a revision without quotes": CARD.replace(b'If-Match: "', b"If-Match: "),
    "a revision that is a word": CARD.replace(b'If-Match: "', b'If-Match: "a'),
    "a token with a space": CARD.replace(b"Flow-Token: ", b"Flow-Token: a b"),
    "no token": CARD.replace(b"Flow-Token", b"Some-Token"),
    "all wrong, in French": with_body(b"{}").replace(KEY, b"Accept-Language: fr"),
    "all wrong, in English": with_body(b"{}").replace(KEY, b"Accept-Language: en"),
    "a wrong id": CARD.replace(b"/card ", b"!/card ", 1),
    "no id": written("POST /v1/flows//card", {"Host": "here"}),
    "an id with a slash": CARD.replace(b"/card ", b"%2F/card ", 1),
    "an id that ends a line": request_of("send_code").replace(b" HTTP", b"%0A HTTP", 1),
    "a slash at the end": CARD.replace(b"/card ", b"/card/ ", 1),
    "capitals in the address": CARD.replace(b"/card ", b"/CARD ", 1),
    "no such address": CARD.replace(b"/card ", b"/map ", 1),
    "beyond an address": CARD.replace(b"/card ", b"/card/x ", 1),
    "the root": written("GET /", {"Host": "here"}),
    "a word of ours for an address": written("GET /v1/policy/GET", {"Host": "here"}),
    "GET of what is posted": CARD.replace(b"POST", b"GET", 1),
    "PUT": CARD.replace(b"POST", b"PUT", 1),
    "OPTIONS": CARD.replace(b"POST", b"OPTIONS", 1),
    "POST of what is read": request_of("policy").replace(b"GET", b"POST", 1),
    "HEAD": request_of("policy").replace(b"GET", b"HEAD", 1),
}


TOLD = {
    "no body": (422, "body.missing"),
    "a list": (422, "body.format"),
    "null": (422, "body.format"),
    "a text": (422, "body.format"),
    "an extra field": (422, "body.unknown"),
    "a field missing": (422, "serial.missing"),
    "no such kind": (422, "kind.format"),
    "a number for a text": (422, "serial.format"),
    "an empty text": (422, "serial.length"),
    "too long": (422, "serial.length"),
    "half a character": (422, "serial.format"),
    "not UTF-8": (400, "bad-request"),
    "a bare control character": (400, "bad-request"),
    "an escaped one": (422, "serial.format"),
    "not JSON": (400, "bad-request"),
    "not a number": (422, "kind.format"),
    "too deep": (400, "bad-request"),
    "too large": (413, "too-large"),
    "another type": (415, "not-json"),
    "no type": (415, "not-json"),
    "two types": (415, "not-json"),
    "no key": (422, "idempotency-key.missing"),
    "an empty key": (422, "idempotency-key.format"),
    "a key too short": (422, "idempotency-key.format"),
    "a key of other characters": (422, "idempotency-key.format"),
    "a wrong key before a right one": (422, "idempotency-key.format"),
    "a revision without quotes": (422, "if-match.format"),
    "a revision that is a word": (422, "if-match.format"),
    "a token with a space": (422, "flow-token.format"),
    "no token": (422, "flow-token.missing"),
    "all wrong, in French": (422, "idempotency-key.missing kind.missing serial.missing"),
    "all wrong, in English": (422, "idempotency-key.missing kind.missing serial.missing"),
    "a wrong id": (422, "flow-id.format"),
    "no id": (404, "not-found"),
    "an id with a slash": (404, "not-found"),
    "an id that ends a line": (422, "request-id.format"),
    "a slash at the end": (404, "not-found"),
    "capitals in the address": (404, "not-found"),
    "no such address": (404, "not-found"),
    "beyond an address": (404, "not-found"),
    "the root": (404, "not-found"),
    "a word of ours for an address": (404, "not-found"),
    "GET of what is posted": (405, "method-not-allowed"),
    "PUT": (405, "method-not-allowed"),
    "OPTIONS": (405, "method-not-allowed"),
    "POST of what is read": (405, "method-not-allowed"),
    "HEAD": (405, ""),
}
"""What a wrong request is told: a status, and the codes of its fields, or that of the problem."""


@pytest.mark.parametrize("name", RIGHT)
async def test_a_right_request_may_be_odd(town: ServiceWorld, name: str) -> None:
    assert (await answer_to(town, RIGHT[name])).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("name", WRONG)
async def test_a_wrong_request_is_told_what_is_wrong(town: ServiceWorld, name: str) -> None:
    head, _, body = (await answer_to(town, WRONG[name])).partition(b"\r\n\r\n")
    problem: dict[str, Any] = json.loads(body) if body else {"code": ""}
    codes = " ".join(error["code"] for error in problem.get("errors", ())) or problem["code"]
    assert (int(head[9:12]), codes) == TOLD[name]


def test_each_wrong_request_has_its_answer() -> None:
    assert set(TOLD) == set(WRONG)


ERRORS = {
    "refused": (Refused(attempts_left=2), 401, "refused"),
    "later": (Refused("too-many-attempts", wait=30), 429, "too-many-attempts"),
    "a field": (Refused("identifier.taken", "identifier"), 422, "invalid-fields"),
    "expired": (Refused("flow-expired"), 410, "flow-expired"),
    "unreachable": (Unreachable("store-locked"), 503, "busy"),
    "an objection": (RequestError(Code.KEY_REUSED), 422, "key-reused"),
    "a bug": (RuntimeError("CANARY"), 500, "failure"),
    "a bug that looks like a wrong value": (ValueError("CANARY"), 500, "failure"),
    "an error that is not for here": (KeyError("CANARY"), 500, "failure"),
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", ERRORS)
async def test_what_the_rules_refuse_is_told_in_its_code(
    town: ServiceWorld, name: str, language: str
) -> None:
    error, status, code = ERRORS[name]
    sent = CARD.replace(b"Host", b"Accept-Language: " + language.encode() + b"\r\nHost", 1)
    said = await answer_to(town, sent, error)
    problem = json.loads(said.partition(b"\r\n\r\n")[2])
    assert (int(said[9:12]), problem["code"]) == (status, code)
    assert problem["title"] == Texts(language)(f"service.problem.{code}")
    assert b"CANARY" not in said
    assert Header.KEY.encode() not in said


async def test_the_rules_are_asked_once_whatever_they_raise(town: ServiceWorld) -> None:
    asked: list[str] = []

    class Counting(Ready):
        @override
        def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
            asked.append(name)
            return super().__getattr__(name)

    state = replace(state_of(town.rules), services=Counting(ValueError()))
    await answered(build_app(state, WATCH), CARD)
    assert asked == ["verify_card"]
