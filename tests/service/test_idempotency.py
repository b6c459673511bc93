"""S18: one key and request, one effect and one answer: whatever process, whatever crash."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx2
import pytest
from typing_extensions import override

from espace_tui.activation.audit import Event
from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto import seal
from espace_tui.activation.stores.port import Transaction
from espace_tui.errors import Unreachable
from espace_tui.model.grants import Profile
from espace_tui.service.idempotency import IdempotencyGuard, IdempotencyStore, IdempotentRequest
from espace_tui.service.server import housekeeping
from espace_tui.service.state import state_of
from espace_tui.wire.routes import Header, Route
from tests.people import ALICE
from tests.service.raw import CARD, flow_headers, identified, key_headers, visible_parts
from tests.service.serving import in_thread
from tests.service.town import IDENTIFIER, PASSWORD, ServiceWorld, open_world

KEY = "0b8f3c62-8c1e-4c0f-9d53-0f4b7e6a1d29"


async def test_the_same_key_and_request_get_the_same_answer(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    flow = await identified(asking, town)
    path = Route.CARD.at(flow_id=flow["id"])
    answers = [
        await asking.post(path, json=CARD, headers=flow_headers(flow, KEY)) for _ in range(3)
    ]
    assert {visible_parts(answer)[1] for answer in answers} == {answers[0].content}
    assert {answer.status_code for answer in answers} == {200}
    assert (await town.audit_events()).count(Event.CARD_VERIFIED) == 1


async def test_a_wrong_guess_sent_twice_is_counted_once(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    flow = await identified(asking, town)
    path, wrong = Route.CARD.at(flow_id=flow["id"]), CARD | {"serial": "00000000000"}
    first, again = [
        await asking.post(path, json=wrong, headers=flow_headers(flow, KEY)) for _ in range(2)
    ]
    assert visible_parts(first) == visible_parts(again)
    assert first.status_code == 401
    assert (await town.audit_events()).count(Event.CARD_REFUSED) == 1


@dataclass(frozen=True)
class Other:
    """What is different in a request made with a key that served."""

    flow_id: str = ""
    body: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


@pytest.mark.parametrize(
    "other",
    [
        Other(body={"serial": "98765432109"}),
        Other(headers={Header.REVISION: '"7"'}),
        Other(headers={Header.FLOW_TOKEN: "another"}),
        Other(flow_id="another"),
    ],
)
async def test_the_same_key_for_another_request_is_refused(
    asking: httpx2.AsyncClient, town: ServiceWorld, other: Other
) -> None:
    flow = await identified(asking, town)
    path, headers = Route.CARD.at(flow_id=flow["id"]), flow_headers(flow, KEY)
    first = await asking.post(path, json=CARD, headers=headers)
    path = Route.CARD.at(flow_id=other.flow_id or flow["id"])
    answer = await asking.post(path, json=CARD | other.body, headers=headers | other.headers)
    assert first.status_code == 200
    assert answer.status_code == 422
    assert answer.json()["code"] == "key-reused"
    assert (await town.audit_events()).count(Event.CARD_VERIFIED) == 1


async def test_a_key_that_served_is_no_way_to_guess(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    flow = await identified(asking, town)
    path, headers = Route.CARD.at(flow_id=flow["id"]), flow_headers(flow, KEY)
    serials = [CARD["serial"], *(f"0000000000{n}" for n in range(5)), CARD["serial"]]
    told = [
        (await asking.post(path, json=CARD | {"serial": serial}, headers=headers)).status_code
        for serial in serials
    ]
    assert told == [200, *[422] * 6]


async def test_every_write_wants_a_key(asking: httpx2.AsyncClient) -> None:
    for key in (None, "short", "not a key at all, but long"):
        headers = {} if key is None else {Header.KEY.value: key}
        body = {"code": "abcdefghjkmn", "nir": ALICE.nir}
        answer = await asking.post(Route.FLOWS, json=body, headers=headers)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] == Header.KEY


async def told_at_once(town: ServiceWorld) -> None:
    """Two processes are asked the same four times at once: one does it, and both tell it."""
    body = {"code": await town.invite(), "nir": ALICE.nir}
    with in_thread(town.options) as port, in_thread(town.options) as other:
        async with httpx2.AsyncClient(trust_env=False) as client:
            answers = await asyncio.gather(
                *(
                    client.post(
                        f"http://127.0.0.1:{each}{Route.FLOWS}", json=body, headers=key_headers(KEY)
                    )
                    for each in (port, other, port, other)
                )
            )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert await town.audit_events() == [Event.INVITED, Event.IDENTIFIED]


async def test_at_once_on_two_processes_one_does_it_and_both_tell(town: ServiceWorld) -> None:
    await told_at_once(town)


async def test_the_same_over_postgres(tmp_path: Path, database: str) -> None:
    town = await open_world(tmp_path, database=database)
    await told_at_once(town)
    await town.rules.aclose()


class Housekeeping(IdempotencyStore):
    """Tells when it was done; `away` while nobody reaches the store."""

    def __init__(self, context: ServiceContext, away: int) -> None:
        super().__init__(context)
        self._away = away
        self.done = asyncio.Event()

    @override
    async def purge(self) -> None:
        if self._away:
            self._away -= 1
            raise Unreachable("store-locked")
        await super().purge()
        self.done.set()


async def test_a_day_later_the_key_is_free_again(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    flow = await identified(asking, town)
    assert await town.count("answer") == 1
    async with town.rules.context.store.transaction() as tx:
        await tx.run("UPDATE answer SET kept_at = kept_at - 86400")
    once = Housekeeping(town.rules.context, away=2)
    async with housekeeping(replace(state_of(town.rules), idempotency=once), every=0.01):
        await asyncio.wait_for(once.done.wait(), 5)
    assert await town.count("answer") == 0
    path = Route.CARD.at(flow_id=flow["id"])
    answer = await asking.post(path, json=CARD, headers=flow_headers(flow, KEY))
    assert answer.status_code == 200


async def test_later_is_not_an_answer_to_keep(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    body = {"birth_date": "1984-05-17", "nir": ALICE.nir, "channel": "sms"}
    first = await asking.post(Route.IDENTIFIERS, json=body, headers=key_headers())
    soon = await asking.post(Route.IDENTIFIERS, json=body, headers=key_headers(KEY))
    assert (first.status_code, soon.status_code) == (204, 429)
    assert int(soon.headers["Retry-After"]) == soon.json()["wait"]
    await town.forget_send_limits()
    later = await asking.post(Route.IDENTIFIERS, json=body, headers=key_headers(KEY))
    assert (later.status_code, later.content) == (204, b"")


async def test_what_is_kept_tells_nothing_to_who_holds_the_store_and_its_keys(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    flow = await identified(asking, town)
    async with town.rules.context.store.transaction() as tx:
        rows = await tx.all("SELECT * FROM answer")
    kept = repr([dict(row) for row in rows])
    assert not any(each in kept for each in (flow["token"], flow["id"], "Alice", ALICE.nir))
    keys = town.rules.context.keys
    guess = keys.tag("request", "POST", Route.FLOWS, ALICE.nir)
    assert guess not in kept


async def test_the_keys_of_the_service_do_not_open_an_answer_without_the_callers(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    await identified(asking, town)
    async with town.rules.context.store.transaction() as tx:
        row = await tx.one("SELECT key_digest, sealed FROM answer")
    assert row
    key_id, _, sealed = row["sealed"].partition(".")
    pepper = town.rules.context.keys.pepper
    for guess in ((), ("",), (row["key_digest"],)):
        key = seal.SealKey.derive(pepper(key_id, "answer", *guess))
        with pytest.raises(seal.BrokenSealError):
            seal.unseal(key, sealed, row["key_digest"])


async def test_a_call_undone_by_the_same_one_answers_as_it_did(town: ServiceWorld) -> None:
    """The narrow place: both looked before either was kept."""
    context, keyed_request = (
        town.rules.context,
        IdempotentRequest(KEY, ("POST", "/v1/space/closing")),
    )
    here, there = state_of(town.rules).idempotency, state_of(town.rules).idempotency
    closed = {"first_name": "A", "status": "closed", "decided_at": "2026-01-01T00:00:00Z"}
    kept = Profile.model_validate(closed)
    effects: list[str] = []

    async def done(_: Transaction) -> Profile:
        effects.append("done")
        return kept

    async def looked(_: Transaction) -> None:
        return None

    async def overtaken(guard: IdempotencyGuard) -> Profile:
        guarded = replace(context, guard=guard)
        await guarded.read(looked)
        await there.answer(
            keyed_request, Profile, lambda other: replace(context, guard=other).act(done)
        )
        return await guarded.act(done)

    assert await here.answer(keyed_request, Profile, overtaken) == kept
    assert effects == ["done", "done"]
    assert await town.count("answer") == 1


async def test_a_password_in_a_kept_request_cannot_be_guessed_quickly(
    asking: httpx2.AsyncClient, town: ServiceWorld
) -> None:
    """The digest covers the caller's key, which is not kept."""
    body = {"identifier": IDENTIFIER, "password": PASSWORD, "channel": "sms"}
    tags = []
    for _ in range(2):
        await asking.post(Route.SIGN_INS, json=body, headers=key_headers())
    async with town.rules.context.store.transaction() as tx:
        tags = [row["request_tag"] for row in await tx.all("SELECT request_tag FROM answer")]
    assert len(set(tags)) == 2
