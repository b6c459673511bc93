"""Whatever a person does, in any order: nothing typed is lost, no step is skipped, no crash.

The machine plays random moves against a model that knows the order of the guide and nothing of
the wizard.
"""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from typing_extensions import override

from espace_tui.journey.form import ActionKind
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.journey.wizard import Wizard
from espace_tui.model.values import Channel
from tests.people import ZOE, birth_date_as_typed
from tests.walks.catalogue import WALKS
from tests.walks.plain import resolve
from tests.walks.script import IDENTIFIER, PASSWORD, SERIAL, Value, one_time_code, provisional_code
from tests.walks.worlds import World, embedded

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick

ORDER = ("identification", "card", "decision", "contacts", "credentials", "review", "done")
RIGHT: dict[str, Value] = {
    "code": provisional_code,
    "nir": ZOE.nir,
    "kind": "photo",
    "serial": SERIAL,
    "choice": "activate",
    "terms": "yes",
    "identifier": IDENTIFIER,
    "password": PASSWORD,
    "confirmation": PASSWORD,
    "birth_date": birth_date_as_typed(ZOE),
    "channel": Channel.EMAIL,
    "email": "autre@exemple.fr",
    "mobile": "06 39 98 76 54",
    "one_time_code": one_time_code,
}
GARBAGE = st.text(max_size=30) | st.sampled_from(["0", "yes", "photo", "x" * 12, "٣" * 15, "\0"])


class AnyWalk(RuleBasedStateMachine):
    """A newcomer who may do anything."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.stack = AsyncExitStack()
        self.wizard: Wizard
        self.world: World
        self.typed: dict[tuple[str, str], str] = {}

    def run(self, call: Any) -> Any:  # noqa: ANN401 — any coroutine
        return self.loop.run_until_complete(call)

    @initialize()
    def begin(self) -> None:
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        opening = embedded(folder, WALKS[0])
        self.world = self.run(self.stack.enter_async_context(opening))
        self.wizard = Wizard(self.world.context())
        self.wizard.context.preferences.choose(frozenset())
        self.run(self.wizard.start())

    def fill(self, name: str, text: str) -> None:
        self.wizard.set_text(name, text)
        self.typed[self.wizard.step_name, name] = text

    @precondition(lambda self: self.wizard.view().fields)
    @rule(data=st.data())
    def type_anything(self, data: st.DataObject) -> None:
        field = data.draw(st.sampled_from(self.wizard.view().fields))
        self.fill(field.name, data.draw(GARBAGE))

    @rule()
    def answer_rightly(self) -> None:
        for field in self.wizard.view().fields:
            value = RIGHT.get(field.name, "yes")
            try:
                self.fill(field.name, resolve(value, self.run(self.world.messages())))
            except IndexError:  # no such code was sent yet
                self.fill(field.name, "123456")

    @rule(data=st.data())
    def do_an_action(self, data: st.DataObject) -> None:
        action = data.draw(st.sampled_from(self.wizard.view().actions))
        before = self.wizard.step_name
        worked = self.run(self.wizard.submit(action.name))
        view = self.wizard.view()
        said_why = view.problems or view.advice or view.alert or action.kind is ActionKind.BACK
        assert worked or said_why, (before, action)
        self.forget(before)

    @rule()
    def go_on(self) -> None:
        before = self.wizard.step_name
        self.run(self.wizard.submit())
        self.forget(before)

    @rule()
    def go_back(self) -> None:
        before, possible = self.wizard.step_name, self.wizard.can_go_back
        assert self.run(self.wizard.back()) == possible
        assert possible == (self.wizard.step_name != before)

    @rule(step=st.sampled_from(ORDER))
    def jump(self, step: str) -> None:
        open_ = {stop.step for stop in self.wizard.step_links() if stop.reachable}
        assert self.run(self.wizard.jump(step)) == (step in open_)

    @rule(minutes=st.sampled_from([1, 20, 60]))
    def wait(self, minutes: int) -> None:
        self.world.clock.move(minutes=minutes)

    def forget(self, before: str) -> None:
        """An end forgets; a proof or a confirmation accepted is of no more use."""
        if self.wizard.step_name in ACTIVATION.terminal:
            self.typed = {}
        elif (
            before in ACTIVATION.clear_on_success
            and self.wizard.step_name not in ACTIVATION.clear_on_success
        ):
            for key in [key for key in self.typed if key[0] in ACTIVATION.clear_on_success]:
                del self.typed[key]

    @invariant()
    def nothing_typed_is_lost(self) -> None:
        for (step, name), text in self.typed.items():
            assert self.wizard.draft(step).get(name) in {text, *self.proposed(name)}

    def proposed(self, name: str) -> set[str | None]:
        """A password the person asked for replaces what was there."""
        return {self.wizard.draft(self.wizard.step_name).get(name)} if name == "password" else set()

    @invariant()
    def no_step_is_skipped(self) -> None:
        """One never stands on a numbered step whose service stage was not reached."""
        step_name, flow = self.wizard.step_name, self.wizard.session.flow
        if step_name in ORDER[1:-1]:
            assert flow is not None
            stages = ["card", "decision", "contacts", "credentials", "credentials"]
            reached = list(ORDER).index("credentials")
            assert stages.index(flow.stage) + 1 >= min(ORDER.index(step_name), reached)
        if step_name == "review":
            assert self.wizard.session.credentials is not None

    @invariant()
    def it_can_be_drawn(self) -> None:
        view = self.wizard.view()
        assert view.title.id in {f"step.{self.wizard.step_name}.title", "step.part"}
        assert all(answer.shown for answer in self.wizard.answers() if answer.clear)
        assert "confirmation" not in {answer.field.name for answer in self.wizard.answers()}

    @override
    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.loop.close()


TestAnyWalk = AnyWalk.TestCase
TestAnyWalk.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
