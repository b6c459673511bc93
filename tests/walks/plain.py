"""Plays a walk on the wizard itself, without a face."""

from __future__ import annotations

from typing import Any

from espace_tui.journey.session import Session
from espace_tui.journey.wizard import Wizard
from espace_tui.model.grants import Message
from tests.walks.script import (
    Back,
    Do,
    Expect,
    Fill,
    Jump,
    Move,
    Press,
    Value,
    Wait,
    Walk,
)
from tests.walks.told import Told
from tests.walks.worlds import World


def resolve(value: Value, messages: tuple[Message, ...]) -> str:
    """Return what is typed for a value of a script."""
    return value if isinstance(value, str) else value(messages)


def outcome(wizard: Wizard) -> Expect:
    """Return what the person is told, as a script expects it."""
    view = wizard.view()
    return Expect(
        view.step_name,
        tuple(problem.code for problem in view.problems),
        view.alert.id if view.alert else "",
        view.notice.id.removeprefix("notice.") if view.notice else "",
        tuple(noticed.advice.text.id for noticed in view.advice),
    )


def without_chance(session: Session) -> dict[str, Any]:
    """Return all that a session holds, but for what chance decides."""
    chance = {"id": True, "token": True}
    holders = dict.fromkeys(("flow", "code_request", "reset", "space"), chance)
    return session.model_dump(
        exclude={"identification": {"code"}, "inbox": {"__all__": {"text"}}, **holders}
    )


async def play(walk: Walk, world: World, told: Told | None = None) -> Wizard:
    """Play a walk; every `At` must be so."""
    wizard = world.wizard()
    await wizard.start()
    if told:
        told.hear(wizard)
    for number, move in enumerate(walk.moves):
        if isinstance(move, Expect):
            assert outcome(wizard) == move, f"move {number}: {outcome(wizard)} is not {move}"
        else:
            await make(wizard, move, world)
            if told:
                told.hear(wizard, move)
    return wizard


async def make(wizard: Wizard, move: Move, world: World) -> None:
    """Make one move."""
    match move:
        case Fill(field, value):
            wizard.set_text(field, resolve(value, await world.messages()))
        case Do(action):
            assert action in {each.name for each in wizard.view().actions}, wizard.step_name
            await wizard.submit(action)
        case Back():
            assert await wizard.back()
        case Jump(step):
            assert await wizard.jump(step)
        case Press(_, _, act):
            await act(wizard)
        case Wait(seconds):
            world.clock.move(seconds=seconds)
