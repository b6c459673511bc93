"""What the wizard gathers from steps: the list of them, the answers, the facts, the advice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from espace_tui.errors import Refused, Unreachable
from espace_tui.i18n import Text
from espace_tui.journey.form import Step, StepState
from espace_tui.journey.view import Answer, FieldAdvice, StepLink, View
from espace_tui.model.consents import CONSENTS

if TYPE_CHECKING:  # the first screen does not need them: pydantic is imported after it is painted
    from espace_tui.journey.context import Masks, Preferences
    from espace_tui.journey.session import Session
    from espace_tui.model.policy import Policy

NOT_RETRYABLE = frozenset({"keyring-absent", "keyring-empty", "keyring-off", "keyring-unsafe"})
"""What trying again would not change."""


def make_state(
    session: Session | None,
    policy: Policy | None,
    typed: Mapping[str, str],
    preferences: Preferences,
) -> StepState:
    """Return what a step is asked about; an early step looks at neither session nor policy."""
    return StepState(
        session=cast("Session", session),
        policy=cast("Policy", policy),
        typed=typed,
        paste_anywhere=preferences.paste_anywhere,
        consents=(frozenset(filter(preferences.allows, CONSENTS)) if preferences.chosen else None),
    )


def title_of(step: Step[Any], state: StepState, whole: str) -> Text:
    """Return the title of a step, or of the numbered one that it belongs to, with its own part."""
    if not whole:
        return step.marked(step.title(state))
    parts = {"whole": Text(f"part.{whole}"), "part": Text(f"part.{step.name}")}
    return step.marked(Text("step.part", parts))


def link_steps(order: tuple[str, ...], furthest: str, here: str) -> tuple[StepLink, ...]:
    """Return the numbered steps; one can jump to those up to the furthest."""
    last = order.index(furthest) if furthest in order else -1
    return tuple(
        StepLink(name, i + 1, reachable=i <= last, current=name == here)
        for i, name in enumerate(order)
    )


def collect_answers(
    asked: Iterable[tuple[Step[Any], StepState]], masks: Masks | None = None
) -> Iterator[Answer]:
    """Yield what was answered in some steps, each once; `shown` is masked, all of it by `masks`."""
    for step, state in asked:
        for field in step.fields(state):
            if field.review and (text := state.typed.get(field.name, "")):
                shown = field.masked(text) if masks else field.mask(text)
                yield Answer(step.name, field, shown, text)


def new_advice(
    view: View, values: Mapping[str, Any], seen: set[tuple[str, str, str]]
) -> Iterator[FieldAdvice]:
    """Yield the advice on answers that were not given any yet; they are `seen` from now on."""
    for field in view.fields:
        text = field.normalize(view.typed.get(field.name, ""))
        answer = (view.step_name, field.name, "".join(field.groups(text)))
        if answer not in seen:
            seen.add(answer)
            yield from (FieldAdvice(field.name, one) for one in field.advise(values[field.name]))


def refusal_values(error: Refused, channel: str) -> dict[str, object]:
    """Return what fills the text of a refusal; `channel` is the one that was asked for."""
    contact = Text(f"contact.{channel}")
    return {"wait": wait_text(error.wait), "left": error.attempts_left, "contact": contact}


def unreachable_text(error: Unreachable, *, typed: bool) -> Text:
    """Return why the service could not be asked: what is typed is kept only where there is any."""
    service = f"\u00a0{error.values['service']}" if error.values.get("service") else ""
    name = "network.first" if error.code == "network" and not typed else error.code
    return Text(f"unreachable.{name}", {**error.values, "service": service})


def wait_text(seconds: int | None) -> Text:
    """Return how long to wait, never too short."""
    minutes, rest = divmod(seconds or 0, 60)
    if minutes:
        return Text("wait.minutes", count=minutes + bool(rest))
    return Text("wait.seconds", count=rest)
