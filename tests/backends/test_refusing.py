"""The backend that says no says it to everything, as asked."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from espace_tui.backends import port
from espace_tui.backends.refusing import RefusingBackend, open_backend
from espace_tui.errors import InvalidSettings, Refused, Unreachable
from espace_tui.model.policy import GUIDE_2022

PARTS = {
    "activation": port.Activation,
    "sign_in": port.SignIn,
    "recovery": port.Recovery,
    "space": port.OpenSpace,
}


def calls(backend: RefusingBackend) -> Iterator[Any]:
    """Every call of the port, without its arguments."""
    for name, protocol in PARTS.items():
        for call, function in inspect.getmembers(protocol, inspect.iscoroutinefunction):
            given = [None] * (len(inspect.signature(function).parameters) - 1)
            yield getattr(getattr(backend, name), call)(*given)


@pytest.mark.parametrize(("mode", "no"), [("refused", Refused), ("unreachable", Unreachable)])
async def test_every_call_is_answered_by_the_same_no(mode: str, no: type[Exception]) -> None:
    found = list(calls(open_backend({"mode": mode})))
    assert len(found) == 20
    for call in found:
        with pytest.raises(no):
            await call


async def test_it_publishes_rules_unless_nobody_answers() -> None:
    assert await open_backend({}).policy() == GUIDE_2022
    with pytest.raises(Unreachable):
        await open_backend({"mode": "unreachable"}).policy()


def test_an_unknown_mode_names_the_nearest() -> None:
    with pytest.raises(InvalidSettings) as told:
        open_backend({"mode": "refuse"})
    assert told.value.values["nearest"] == "refused"
