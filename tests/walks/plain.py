"""Plays a walk on the wizard itself, without a face."""

from __future__ import annotations

from typing import Any

from espace_tui.journey.session import Session
from espace_tui.journey.wizard import Wizard
from espace_tui.model.grants import Message
from tests.walks.script import At, Back, Do, Fill, Jump, Move, Value, Wait, Walk
from tests.walks.worlds import Place


def said(value: Value, messages: tuple[Message, ...]) -> str:
    """Return what is typed for a value of a script."""
    return value if isinstance(value, str) else value(messages)


def seen(wizard: Wizard) -> At:
    """Return what the person is told, as a script expects it."""
    view = wizard.view()
    return At(
        view.place,
        tuple(problem.code for problem in view.problems),
        view.alert.id if view.alert else "",
        view.notice.id.removeprefix("notice.") if view.notice else "",
        tuple(noticed.advice.text.id for noticed in view.noticed),
    )


def known(session: Session) -> dict[str, Any]:
    """Return all that a session holds, but for what chance decides."""
    chance = {"id": True, "token": True}
    holders = dict.fromkeys(("flow", "code_request", "reset", "space"), chance)
    return session.model_dump(
        exclude={"identification": {"code"}, "inbox": {"__all__": {"text"}}, **holders}
    )


async def play(walk: Walk, place: Place) -> Wizard:
    """Play a walk; every `At` must be so."""
    wizard = Wizard(place.desk())
    await wizard.start()
    for number, move in enumerate(walk.moves):
        if isinstance(move, At):
            assert seen(wizard) == move, f"move {number}: {seen(wizard)} is not {move}"
        else:
            await _do(wizard, move, place)
    return wizard


async def _do(wizard: Wizard, move: Move, place: Place) -> None:
    match move:
        case Fill(field, value):
            wizard.note(field, said(value, await place.messages()))
        case Do(action):
            assert action in {each.name for each in wizard.view().actions}
            await wizard.submit(action)
        case Back():
            assert await wizard.back()
        case Jump(step):
            assert await wizard.jump(step)
        case Wait(seconds):
            place.clock.move(seconds=seconds)
