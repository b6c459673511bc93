"""Any walk of the guide: whatever is typed and pressed, it goes on, and its end is clean."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from typing_extensions import override

from espace_tui.journey.form import ActionKind, FieldKind
from espace_tui.journey.session import Session
from espace_tui.journey.wizard import Wizard
from tests.walks import plain
from tests.walks.guide_catalogue import LOST, TO_THE_SITE
from tests.walks.guide_world import GuideWorld
from tests.walks.script import Walk

RIGHT = {
    "birth_date": "14/08/1955",
    "nir": "255081416802538",
    "serial": "31415926535",
    "identifier": "jardin.lune-74",
    "received": "22/11/2026",
    "letters": "",
}
ALWAYS = {"other_screen", "site_refuses"}


class AnyGuide(RuleBasedStateMachine):
    """Somebody who presses anything."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.wizard: Wizard

    def run(self, call: Coroutine[Any, Any, bool]) -> bool:
        return self.loop.run_until_complete(call)

    @initialize(lost=st.booleans())
    def begin(self, *, lost: bool) -> None:
        """Begin at the beginning, or where somebody is lost on the site."""
        walk = Walk("begun", (*TO_THE_SITE, *LOST) if lost else ())
        self.wizard = self.loop.run_until_complete(plain.play(walk, GuideWorld()))

    @precondition(lambda self: self.wizard.view().fields)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        for field in self.wizard.view().fields:
            right = [*field.choices] if field.kind is FieldKind.CHOICE else [RIGHT.get(field.name)]
            text = data.draw(st.sampled_from(right) | st.text(max_size=9))
            self.wizard.set_text(field.name, text or "")

    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        action = data.draw(st.sampled_from(self.wizard.view().actions))
        before = self.wizard.step_name
        worked = self.run(self.wizard.submit(action.name))
        view = self.wizard.view()
        said_why = view.problems or view.advice or action.kind is ActionKind.BACK
        assert worked or said_why, (before, action)
        assert view.alert is None

    @rule()
    def go_back(self) -> None:
        possible = self.wizard.can_go_back
        assert self.run(self.wizard.back()) == possible

    @rule(data=st.data())
    def jump(self, data: st.DataObject) -> None:
        reachable = [link.step for link in self.wizard.step_links() if link.reachable]
        if reachable:
            assert self.run(self.wizard.jump(data.draw(st.sampled_from(reachable))))

    @invariant()
    def another_screen_and_a_refusal_can_always_be_said(self) -> None:
        name = self.wizard.step_name
        if name.startswith("screen_") or name in {"guide_neutral", "guide_unknown", "guide_call"}:
            assert {each.name for each in self.wizard.view().actions} >= ALWAYS

    @invariant()
    def the_end_is_clean(self) -> None:
        if self.wizard.step_name == "guide_over":
            assert self.wizard.session == Session()
            assert not self.wizard.can_go_back

    @override
    def teardown(self) -> None:
        self.loop.close()


TestAnyGuide = AnyGuide.TestCase
TestAnyGuide.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
