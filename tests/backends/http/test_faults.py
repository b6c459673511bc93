"""Whatever the network does, at every call: one effect, and nothing typed is lost."""

from __future__ import annotations

import asyncio
from itertools import cycle, starmap

import pytest
import stamina
from structlog.testing import capture_logs

from espace_tui.activation.audit import Event
from espace_tui.backends.http import HttpBackend, open_backend
from espace_tui.errors import Unreachable
from tests.people import ALICE
from tests.service.faults import Harm, harming
from tests.service.journey import LifeWalker
from tests.service.serving import in_thread
from tests.service.town import ServiceWorld, open_world


def backend(port: int, seconds: float = 10.0) -> HttpBackend:
    return open_backend({"url": f"http://127.0.0.1:{port}", "timeout": str(seconds)})


# What a life leaves in the audit trail when nothing disturbs it.
QUIET = [
    Event.INVITED,
    Event.IDENTIFIED,
    Event.CARD_VERIFIED,
    Event.DECIDED,
    Event.CODE_SENT,
    Event.CODE_SENT,
    Event.CONTACT_PROVED,
    Event.ACTIVATED,
    Event.PASSWORD_ACCEPTED,
    Event.CODE_SENT,
    Event.SIGNED_IN,
    Event.CLOSED,
    Event.REOPENED,
    Event.SIGNED_OUT,
    Event.PROVISIONAL_CODE_ASKED,
    Event.IDENTIFIER_ASKED,
    Event.RESET_ASKED,
    Event.CODE_SENT,
    Event.RESET_PROVED,
    Event.PASSWORD_CHANGED,
]


async def test_a_quiet_life(town: ServiceWorld, port: int) -> None:
    asked = backend(port)
    await LifeWalker(asked, town).walk()
    await asked.aclose()
    assert await town.audit_events() == QUIET


SLOW = (Harm.BLACK_HOLE, Harm.DRIP)
"""What each try is waited for in vain."""
HARMED = [
    *((harm, (True,)) for harm in Harm if harm not in SLOW),
    *((harm, (True, False)) for harm in SLOW),
    *((harm, (False, True)) for harm in SLOW),
]
"""Each harm, and to which calls it is done in turn: one that makes one wait is done by halves."""


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[list[Event], int]]:
    """For each of `HARMED`, all along a life: its trail, and how many answers changed."""

    async def life(harm: Harm, turns: tuple[bool, ...]) -> tuple[list[Event], int]:
        turn = cycle(turns)
        town = await open_world(tmp_path_factory.mktemp("town"))
        with in_thread(town.options) as port:
            async with harming(port) as proxy:
                asked = backend(proxy.port, 2.0 if harm in SLOW else 10.0)
                await LifeWalker(
                    asked, town, lambda _: proxy.harm(harm if next(turn) else None)
                ).walk()
                await asked.aclose()
        trail = await town.audit_events()
        await town.rules.aclose()
        return trail, len(proxy.differed)

    async def all_at_once() -> list[tuple[list[Event], int]]:
        return await asyncio.gather(*starmap(life, HARMED))

    return asyncio.run(all_at_once())


@pytest.mark.parametrize("number", range(len(HARMED)))
def test_one_effect_whatever_happens_to_each_call(
    lives: list[tuple[list[Event], int]], number: int
) -> None:
    assert lives[number] == (QUIET, 0)


async def test_trying_again_has_one_effect(town: ServiceWorld, port: int) -> None:
    """The network stays down for a whole call: the person presses « Réessayer »."""
    code = await town.invite()
    async with harming(port) as proxy:
        asked = backend(proxy.port, 1.0)
        proxy.harm(Harm.DROPPED, times=100)
        with pytest.raises(Unreachable):
            await asked.activation.identify(code, ALICE.nir)
        proxy.harm(None)
        flow = await asked.activation.identify(code, ALICE.nir)
        await asked.aclose()
    assert flow.revision == 1
    assert await town.audit_events() == [Event.INVITED, Event.IDENTIFIED]


async def test_a_try_that_gets_no_answer_leaves_time_for_another(port: int) -> None:
    """Within one call: the person sees nothing of it."""
    async with harming(port) as proxy:
        asked = backend(proxy.port, 2.0)
        proxy.harm(Harm.BLACK_HOLE)
        assert (await asked.policy()).name == "guide-2022"
        await asked.aclose()
    assert proxy.seen == 2


async def test_trying_again_writes_nothing(port: int, caplog: pytest.LogCaptureFixture) -> None:
    """A line of a library would stand in the middle of a screen."""
    stamina.instrumentation.set_on_retry_hooks(None)
    async with harming(port) as proxy:
        asked = backend(proxy.port, 2.0)
        proxy.harm(Harm.RESET)
        with capture_logs() as written:
            await asked.policy()
        await asked.aclose()
    assert proxy.seen == 2
    assert [line for line in written if line["event"] != "request"] == []
    assert [record for record in caplog.records if record.name.startswith("stamina")] == []
