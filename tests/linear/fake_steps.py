"""Small steps, and a wizard that walks them: the conversation without the journey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

import pytest
from typing_extensions import override

from espace_tui.backends.port import Backend
from espace_tui.errors import ExpectedError, InvalidValue
from espace_tui.i18n import Text
from espace_tui.journey import steps
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    ActionKind,
    Block,
    Field,
    FieldKind,
    Paragraph,
    Step,
    StepState,
    is_checked,
)
from espace_tui.journey.session import Session
from espace_tui.journey.wizard import Wizard
from espace_tui.validators import Advice, Tick


def required(problem: str, wrong: str = "wrong") -> Callable[[str], str]:
    """Return a parsing that refuses nothing and one word."""

    def parse(text: str) -> str:
        if not text or text == wrong:
            raise InvalidValue(problem)
        return text

    return parse


def long_enough(text: str) -> tuple[Tick, ...]:
    return (Tick(Text("field.email.hint"), met=len(text) > 3),)


def advise(value: str) -> tuple[Advice, ...]:
    return (Advice(Text("advice.identifier.taken"), "better"),) if value == "odd" else ()


LINE = Field("code", required("choice.missing"), length=4, values={"length": 4}, magnify=True)
SECRET = Field("password", required("confirmation.missing"), FieldKind.SECRET, normalize=str)
CHOICE = Field("kind", required("kind.missing"), FieldKind.CHOICE, choices=("photo", "plain"))
TICK = Field("keep_log", is_checked, FieldKind.CHECKBOX)
ADVISED = Field("email", required("channel.missing"), advise=advise, ticks=long_enough)


class SmallStep(Step[Mapping[str, Any]]):
    """A step made to measure; what was submitted is kept, what is in `failures` is raised.

    `drafted` and `focus` are what stands in the fields, and where the person is, at the start.
    """

    name: ClassVar[str] = "welcome"
    early: ClassVar[bool] = True

    def __init__(self, *fields: Field, actions: tuple[Action, ...] = (CONTINUE,)) -> None:
        self.field_list = fields
        self.action_list = actions
        self.block_list: tuple[Block, ...] = (Paragraph(Text("welcome.what")),)
        self.submitted: list[Mapping[str, Any]] = []
        self.failures: list[ExpectedError | Exception] = []
        self.draft: Mapping[str, str] = {}
        self.focus = ""

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return self.block_list

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return self.field_list

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return self.action_list

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> Mapping[str, Any]:
        return values

    @override
    async def submit(
        self, context: StepContext, answers: Mapping[str, Any], session: Session
    ) -> Session:
        if self.failures:
            raise self.failures.pop(0)
        self.submitted.append(answers)
        return session

    @override
    async def fill(self, action: str, context: StepContext, session: Session) -> Mapping[str, str]:
        return {"password": "Proposed-Secret-7"}


class ChosenPreferences:
    """Preferences that were chosen before."""

    chosen = True
    paste_anywhere = False
    kept = frozenset({"keyring"})

    def allows(self, what: str) -> bool:
        return what == "keyring"

    def choose(self, kept: frozenset[str]) -> None:
        pass


def wizard_with(monkeypatch: pytest.MonkeyPatch, small: SmallStep) -> Wizard:
    """Return a wizard whose every step is this one."""
    monkeypatch.setattr(steps, "load", lambda _name: small)
    wizard = Wizard(StepContext(cast("Backend", None), ChosenPreferences(), cast("Any", None)))
    wizard.focus = small.focus
    for name, text in small.draft.items():
        wizard.set_text(name, text)
    return wizard


PROPOSE = Action("propose_password", ActionKind.FILL)
