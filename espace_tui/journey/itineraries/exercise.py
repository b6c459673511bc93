"""The itinerary of an exercise: who comes, a visit in which things happen, and what was done.

`practised` makes an exercise of any itinerary: « Exercice » stands on each title, what the person
brought lies on the table, and on the way from one step to the next something may happen.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey import steps
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Facts,
    Paragraph,
    Step,
    StepState,
)
from espace_tui.journey.guiding import site_rules, words
from espace_tui.journey.itineraries import Itinerary
from espace_tui.model.exercise import (
    BRIEFING,
    CARD_STEPS,
    CHOOSING,
    DEBRIEF,
    EVENT,
    OVER,
    PAPERS,
    Exercise,
)

if TYPE_CHECKING:
    from espace_tui.journey.context import StepContext
    from espace_tui.journey.session import Session
    from espace_tui.model.policy import Policy

_STEPS: Mapping[str, tuple[str, str]] = {
    CHOOSING: ("espace_tui.journey.steps.exercise.briefing", "ChooseCaseStep"),
    BRIEFING: ("espace_tui.journey.steps.exercise.briefing", "BriefingStep"),
    DEBRIEF: ("espace_tui.journey.steps.exercise.debrief", "DebriefStep"),
}
_EVENT = ("espace_tui.journey.steps.exercise.event", "EventStep")


class ExercisedStep:
    """A step as it is in an exercise: it says that it is one, and the papers lie beside it."""

    def __init__(self, step: Step[Any], exercise: Exercise) -> None:
        self._step = step
        self._exercise = exercise

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 — all else is the step's own
        return getattr(self._step, name)

    def marked(self, title: Text) -> Text:
        """Return a title that says so."""
        return Text("exercise.title", {"title": title})

    def blocks(self, state: StepState) -> tuple[Block, ...]:
        """Return what there is to read, and what lies on the table."""
        return (*self._step.blocks(state), *papers_at(self._step.name, self._exercise))

    async def enter(self, context: StepContext, session: Session) -> Session:
        """Arrive, as it is told."""
        self._exercise.arrive(self._step.name)
        return await self._step.enter(context, session)

    async def submit(self, context: StepContext, answers: object, session: Session) -> Session:
        """Do what the answers ask, and note that it was done."""
        followed = await self._step.submit(context, answers, session)
        self._exercise.leave(self._step.name)
        return followed

    def actions(self, state: StepState) -> tuple[Action, ...]:
        """Return what can be done; a message that came can be put where one is checked."""
        main, *others = map(self._with_detour, self._step.actions(state))
        pasted = [each for each in self._step.fields(state) if each.many_lines]
        message = self._exercise.message if pasted and self._exercise.chosen else ""
        fills = tuple((each.name, each.normalize(message)) for each in pasted)
        take = (Action("take_message", ActionKind.FILL, fills=fills),) if message else ()
        return (main, *take, *others)

    def _with_detour(self, action: Action) -> Action:
        """Return an action that may lead to what happens before its target."""
        leads = action.kind is ActionKind.GO and self._exercise.chosen is not None
        return action._replace(target=self._exercise.detour_for(action.target)) if leads else action


def papers_at(step_name: str, exercise: Exercise) -> tuple[Block, ...]:
    """Return what lies on the table at a step."""
    case = exercise.chosen
    if case is None:
        return ()
    found: list[Block] = [
        Paragraph(Text(f"exercise.paper.{paper.kind}", {"words": words(paper.words)}))
        for paper in case.papers
        if step_name in PAPERS[paper.kind]
        and not (step_name == "message" and case.person.invited)  # it is there itself
    ]
    if case.card and step_name in CARD_STEPS:
        rows = [
            (Text("exercise.card.nir"), case.person.nir),
            (Text(f"exercise.card.{case.card.kind}"), case.card.printed),
            *((Text("exercise.card.near"), printed) for printed in case.card.near),
        ]
        found.append(Facts(tuple(rows)))
    return tuple(found)


class PractisedItinerary(Itinerary):
    """An itinerary on the way of which things happen."""

    exercise: Exercise | None = None

    @property
    @override
    def mark(self) -> str:
        return "exercise"

    @override
    def next_step(self, session: Session, order: tuple[str, ...], step_name: str) -> str:
        if self.exercise is None:
            return super().next_step(session, order, step_name)
        happened = step_name.startswith(EVENT)
        target = (
            self.exercise.after(step_name)
            if happened
            else super().next_step(session, order, step_name)
        )
        told = DEBRIEF if target == OVER and step_name != DEBRIEF else target
        return self.exercise.detour_for(told)


def practised(itinerary: Itinerary, exercise: Exercise) -> Itinerary:
    """Return an itinerary as it is in an exercise."""

    @cache
    def own_step(name: str) -> Step[Any]:
        return cast("Step[Any]", ExercisedStep(itinerary.load(name), exercise))

    made = PractisedItinerary(*itinerary._replace(own_step=own_step))
    made.exercise = exercise
    return made


def exercise_itinerary(exercise: Exercise) -> Itinerary:
    """Return the itinerary around a visit: a case is chosen, told, and talked over."""

    @cache
    def own_step(name: str) -> Step[Any] | None:
        if name in _STEPS:
            return steps.make(_STEPS[name], exercise)
        if name.startswith(EVENT):
            number = name.removeprefix(EVENT).partition(":")[0]
            return steps.make(_EVENT, exercise, int(number))
        return None

    def no_order(_policy: Policy) -> tuple[str, ...]:
        return ()

    bare = Itinerary(
        name="exercise",
        first=CHOOSING if exercise.chosen is None else BRIEFING,
        holds=lambda name: name in _STEPS or name.startswith(EVENT),
        order=no_order,
        leads={CHOOSING: BRIEFING, DEBRIEF: OVER},
        terminal=frozenset({DEBRIEF}),
        own_policy=site_rules,
        own_step=own_step,
    )
    return practised(bare, exercise)
