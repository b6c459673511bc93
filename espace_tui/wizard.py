"""The wizard: where the person is, and the only place that decides what comes next.

It has no face. A face shows `view()`, keeps it told of what is typed (`note`), and calls
`submit`, `back`, `jump`; both faces enter and leave at the same points, in the middle of a step
too, because everything typed so far lives here. Nothing here is ever written anywhere.

One call runs at a time; a call that is cancelled leaves the wizard where it was.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from espace_tui import steps
from espace_tui.errors import InvalidAnswers, InvalidValue, Problem, Refused, Unreachable
from espace_tui.form import Action, Block, Deed, Desk, Field, Kind, Step
from espace_tui.i18n import Text
from espace_tui.validators import Advice

if TYPE_CHECKING:
    from espace_tui.policy import Policy
    from espace_tui.session import Session


class Typed(dict[str, str]):
    """What stands in the fields of one step; its repr shows nothing."""

    @override
    def __repr__(self) -> str:
        return f"Typed({len(self)})"


@dataclass(frozen=True, slots=True)
class Noticed:
    """An advice on a field, shown once: going on again with the same answer keeps it."""

    field: str
    advice: Advice


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a step, for the review: `shown` is masked, `clear` is what was typed."""

    step: str
    field: Field
    shown: str = field(repr=False)
    clear: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stop:
    """A numbered step in the list of steps: `open` when one can jump to it."""

    step: str
    number: int
    open: bool
    here: bool


@dataclass(frozen=True, slots=True)
class View:
    """All that a face draws of the present step.

    `problems` and `noticed` stand next to their fields, in their order; `alert` concerns the whole
    step; `retry` says that the same submission may be tried again; `notice` is said once.
    """

    place: str
    title: Text
    lead: Text | None
    number: int
    count: int
    following: Text | None
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...]
    actions: tuple[Action, ...]
    typed: Mapping[str, str] = field(repr=False)
    problems: tuple[Problem, ...]
    noticed: tuple[Noticed, ...]
    alert: Text | None
    retry: bool
    notice: Text | None
    focus: str
    can_go_back: bool


class Wizard:
    """A person's walk through the steps."""

    def __init__(self, desk: Desk, start: str = steps.FIRST) -> None:
        self.desk = desk
        self.focus = ""
        """The field the person is in: the faces keep it, so that the other can take over."""
        self._place = start
        self._history: list[str] = []
        self._drafts: dict[str, Typed] = {}
        self._policy: Policy | None = None
        self._session: Session | None = None
        self._going = ""
        self._again: Callable[[], Awaitable[bool]] | None = None
        self._accepted: set[tuple[str, str, str]] = set()
        self._clear()

    def _clear(self) -> None:
        self._problems: tuple[Problem, ...] = ()
        self._noticed: tuple[Noticed, ...] = ()
        self._alert: Text | None = None
        self._retry = False

    # --- what a step looks at (form.Situation)

    @property
    def session(self) -> Session:
        """What is known so far."""
        if self._session is None:
            from espace_tui.session import Session  # noqa: PLC0415 — after the first paint

            self._session = Session()
        return self._session

    @property
    def policy(self) -> Policy:
        """The backend's rules; there from the first step that is not early."""
        if self._policy is None:
            raise LookupError(self._place)
        return self._policy

    @property
    def typed(self) -> Mapping[str, str]:
        """What stands in the fields of the present step."""
        return self._drafts.setdefault(self._place, Typed())

    @property
    def paste_anywhere(self) -> bool:
        """The accessibility setting that lets a paste through in a confirmation field."""
        return self.desk.preferences.paste_anywhere

    # --- what a face draws

    @property
    def place(self) -> str:
        """The name of the present step."""
        return self._place

    @property
    def step(self) -> Step[Any]:
        """The present step."""
        return steps.load(self._place)

    def view(self) -> View:
        """Return all there is to draw now."""
        step, order = self.step, self._order()
        number = order.index(self._place) + 1 if self._place in order else 0
        following = order[number] if 0 < number < len(order) else ""
        lead = f"step.{self._place}.lead"
        notice = None if step.early else self.session.notice
        return View(
            place=self._place,
            title=Text(f"step.{self._place}.title"),
            lead=Text(lead),
            number=number,
            count=len(order),
            following=Text(f"step.{following}.title") if following else None,
            blocks=step.blocks(self),
            fields=step.fields(self),
            actions=step.actions(self),
            typed=self.typed,
            problems=self._problems,
            noticed=self._noticed,
            alert=self._alert,
            retry=self._retry,
            notice=Text(f"notice.{notice}") if notice else None,
            focus=self.focus,
            can_go_back=self.can_go_back,
        )

    def _order(self) -> tuple[str, ...]:
        if self._policy is None:
            return ()
        return tuple(n for n in self._policy.order if steps.load(n).applies(self.session))

    def stops(self) -> tuple[Stop, ...]:
        """Return the numbered steps, and which of them one can jump to."""
        order = self._order()
        reached = self._reached(order)
        return tuple(
            Stop(name, i + 1, open=i <= reached, here=name == self._place)
            for i, name in enumerate(order)
        )

    def _reached(self, order: tuple[str, ...]) -> int:
        done = self.session.flow is not None and self.session.flow.stage.value in {"done", "opposed"}
        if done or self._place in {"welcome", "space", "signed_out"}:
            return -1
        edge = steps.frontier(self.session, order)
        return order.index("decision" if edge == "opposition" else edge)

    def answers(self) -> tuple[Answer, ...]:
        """Return the answers given so far on the numbered steps, in order; secrets are masked."""
        found = []
        for stop in self.stops():
            typed = self._drafts.get(stop.step, Typed())
            for each in self._fields_of(stop.step):
                if text := typed.get(each.name, ""):
                    found.append(Answer(stop.step, each, each.mask(text), text))
        return tuple(found)

    def _fields_of(self, name: str) -> tuple[Field, ...]:
        return steps.load(name).fields(_At(self, self._drafts.get(name, Typed())))

    # --- what a face tells

    def note(self, name: str, text: str) -> None:
        """Keep what now stands in a field of the present step."""
        self._drafts.setdefault(self._place, Typed())[name] = text

    def erase(self) -> None:
        """Empty the fields of the present step, because the person asked."""
        self._drafts.pop(self._place, None)
        self._clear()

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step to go back to."""
        return bool(self._history)

    async def start(self, then: str = "") -> bool:
        """Arrive at the first step, or beyond it (``sign_in``) if that is possible."""
        return await self._attempt(lambda: self.go(then or self._place))

    async def submit(self, action: str = "") -> bool:
        """Do an action of the present step, by default its main one; tell whether it worked.

        When it did not, the view says why and nothing typed is lost.
        """
        name = action or self.step.actions(self)[0].name
        chosen = next((a for a in self.step.actions(self) if a.name == name), None)
        if chosen is None:
            return False
        return await self._attempt(lambda: self._do(chosen))

    async def retry(self) -> bool:
        """Try again what could not reach the backend."""
        return await self._attempt(self._again) if self._again else False

    async def _attempt(self, deed: Callable[[], Awaitable[bool]]) -> bool:
        self._clear()
        self._again = deed
        try:
            return await deed()
        except InvalidAnswers as error:
            self._problems = error.problems
        except Refused as error:
            self._refused(error)
        except Unreachable as error:
            self._alert, self._retry = Text(f"unreachable.{error.code}", error.values), True
        self.focus = self._problems[0].field if self._problems else self.focus
        return False

    async def _do(self, action: Action) -> bool:
        if action.deed is Deed.GO:
            return await self.go(action.to)
        if action.deed is Deed.BACK:
            return await self.back()
        if action.deed is Deed.FILL:
            filled = await self.step.fill(action.name, self.desk, self.session)
            self._drafts.setdefault(self._place, Typed()).update(filled)
            return True
        if action.deed is Deed.ACT:
            return await self._follow(
                await self.step.act(action.name, self.desk, self._quiet()), action.to
            )
        values = self._parse()
        if self._noticed:
            self.focus = self._noticed[0].field
            return False
        answers = self.step.build(values, self.session)
        return await self._follow(await self.step.submit(self.desk, answers, self._quiet()), action.to)

    def _quiet(self) -> Session:
        return self.session if self.step.early else self.session.with_(notice=None)

    def _parse(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        noticed: list[Noticed] = []
        for each in self.step.fields(self):
            text = self.typed.get(each.name, "")
            try:
                values[each.name] = each.parse(text)
            except InvalidValue as error:
                problems.append(Problem(each.name, error.code, error.values))
            else:
                noticed += self._unseen(each, text, values[each.name])
        if problems:
            raise InvalidAnswers(problems)
        self._noticed = tuple(noticed)
        return values

    def _unseen(self, each: Field, text: str, value: object) -> list[Noticed]:
        mark = (self._place, each.name, text)
        if mark in self._accepted:
            return []
        found = [Noticed(each.name, advice) for advice in each.advise(value)]
        if found:
            self._accepted.add(mark)
        return found

    def _refused(self, error: Refused) -> None:
        values = {"wait": _wait(error.wait), "left": error.attempts_left}
        names = [each.name for each in self.step.fields(self)]
        if error.field in names:
            self._problems = (Problem(error.field or "", error.code, values),)
            return
        if elsewhere := steps.ELSEWHERE.get(error.code):
            self._session = self.session.with_(flow=None, space=None)
            self._drafts.setdefault(elsewhere, Typed())
            self._place, self._history = elsewhere, []
        self._alert = Text(f"refused.{error.code}", values)

    # --- moving

    async def go(self, name: str) -> bool:
        """Move to a step, remembering the present one for `back`."""
        if name in steps.GATED and not self.desk.preferences.chosen:
            self._going, name = name, "privacy"
        return await self._arrive(name)

    async def back(self) -> bool:
        """Go back to the step before, with everything kept."""
        if not self._history:
            return False
        *history, target = self._history
        moved = await self._attempt(lambda: self._arrive(target))
        if moved:
            self._history = history
        return moved

    async def jump(self, name: str) -> bool:
        """Go to a numbered step that was reached; tell whether that was possible."""
        if not any(stop.step == name and stop.open for stop in self.stops()):
            return False
        return await self._attempt(lambda: self._arrive(name))

    async def _follow(self, session: Session, to: str) -> bool:
        left = self._place
        if not self.step.early:
            self._session = session
        moved = await self._arrive(to or self._next())
        if left in steps.FLEETING and self._place != "one_time_code":
            for name in steps.FLEETING:
                self._drafts.pop(name, None)
        if self._place in self._history:
            del self._history[self._history.index(self._place) :]
        return moved

    def _next(self) -> str:
        if self.step.early:
            going, self._going = self._going, ""
            return going or steps.FIRST
        if self._place == "one_time_code":
            request = self.session.code_request
            return steps.PROVED[request.purpose.value] if request else steps.FIRST
        return steps.LEADS.get(self._place) or steps.frontier(self.session, self.policy.order)

    async def _arrive(self, name: str) -> bool:
        step = steps.load(name)
        if not step.early:
            self._policy = self._policy or await self.desk.backend.policy()
            self._session = await step.enter(self.desk, self.session)
        if name != self._place:
            self._history.append(self._place)
            self.focus = ""
            self._clear()
        self._place = name
        if name in steps.ENDS:
            self._end(name)
        return True

    def _end(self, name: str) -> None:
        """Forget what is over: the drafts, and after the last screen the rights and secrets too."""
        self._history = []
        self._drafts = {}
        self._accepted = set()
        if name in {"welcome", "signed_out"} and self._session is not None:
            self._session = type(self._session)(notice=self._session.notice)


class _At:
    """The situation of a step that is not the present one."""

    def __init__(self, wizard: Wizard, typed: Mapping[str, str]) -> None:
        self.session = wizard.session
        self.policy = wizard.policy
        self.paste_anywhere = wizard.paste_anywhere
        self.typed = typed


def _wait(seconds: int | None) -> Text:
    minutes = (seconds or 0) // 60
    return Text("wait.minutes", count=minutes) if minutes else Text("wait.seconds", count=seconds or 0)
