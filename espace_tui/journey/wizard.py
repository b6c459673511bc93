"""The wizard: where the person is, and the only place that decides what comes next.

It has no face. A face shows `view()`, keeps it told of what is typed (`note`), and calls
`submit`, `back`, `jump`, `retry`; both faces enter and leave at the same points, in the middle of
a step too, because everything typed so far lives here. Nothing here is ever written anywhere.

One call runs at a time; a call that is cancelled leaves the wizard where it was.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from espace_tui.errors import InvalidAnswers, Problem, Refused, Unreachable
from espace_tui.i18n import Text
from espace_tui.journey import steps
from espace_tui.journey.context import KEPT, Desk
from espace_tui.journey.form import Action, Deed, Facts, Step
from espace_tui.journey.history import Trail
from espace_tui.journey.view import Answer, Noticed, Stop, View

if TYPE_CHECKING:
    from espace_tui.journey.session import Session
    from espace_tui.model.policy import Policy


class Standing:
    """The present step, what is known, what is typed, and what there is to say about it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.focus = ""
        """The field the person is in: the faces keep it, so that the other can take over."""
        self._trail = Trail(steps.FIRST)
        self._policy: Policy | None = None
        self._session: Session | None = None
        self._clear()

    def _clear(self) -> None:
        self._problems: tuple[Problem, ...] = ()
        self._noticed: tuple[Noticed, ...] = ()
        self._alert: Text | None = None
        self._retry = False

    @property
    def place(self) -> str:
        """The name of the present step."""
        return self._trail.place

    @property
    def step(self) -> Step[Any]:
        """The present step."""
        return steps.load(self.place)

    @property
    def session(self) -> Session:
        """What is known so far."""
        if self._session is None:
            from espace_tui.journey.session import Session  # noqa: PLC0415 — after the first paint

            self._session = Session()
        return self._session

    @property
    def signed_in(self) -> bool:
        """Whether a space is open: one leaves it by signing out."""
        return self._session is not None and self._session.space is not None

    @property
    def policy(self) -> Policy:
        """The backend's rules; there from the first step that is not early."""
        if self._policy is None:
            raise LookupError(self.place)
        return self._policy

    @property
    def typed(self) -> Mapping[str, str]:
        """What stands in the fields of the present step."""
        return self._trail.draft(self.place)

    @property
    def paste_anywhere(self) -> bool:
        """The accessibility setting that lets a paste through in a confirmation field."""
        return self.desk.preferences.paste_anywhere

    @property
    def kept(self) -> frozenset[str] | None:
        """What the person lets the assistant keep; None until that was asked."""
        preferences = self.desk.preferences
        return frozenset(filter(preferences.allows, KEPT)) if preferences.chosen else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step to go back to."""
        return bool(self._trail.previous)

    def view(self) -> View:
        """Return all there is to draw now."""
        step, order = self.step, self._order()
        number = order.index(self.place) + 1 if self.place in order else 0
        following = order[number] if 0 < number < len(order) else ""
        notice = None if step.early else self.session.notice
        return View(
            place=self.place,
            title=Text(f"step.{self.place}.title"),
            lead=Text(f"step.{self.place}.lead"),
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
        if self._policy is None:
            return ()
        order = self._order()
        reached = order.index(edge) if (edge := steps.reached(self, self.place)) in order else -1
        return tuple(
            Stop(name, i + 1, open=i <= reached, here=name == self.place)
            for i, name in enumerate(order)
        )

    def answers(self) -> tuple[Answer, ...]:
        """Return the answers of the numbered steps, in order, each once; `shown` is masked."""
        return tuple(
            Answer(stop.step, each, each.mask(text), text)
            for stop in self.stops()
            for each in steps.load(stop.step).fields(_At(self, stop.step))
            if each.review and (text := self.draft(stop.step).get(each.name, ""))
        )

    def facts(self, step: str) -> tuple[tuple[Text, Text | str], ...]:
        """Return what a step shows without asking it (the contacts), for the review."""
        blocks = steps.load(step).blocks(_At(self, step))
        return tuple(row for block in blocks if isinstance(block, Facts) for row in block.rows)

    def draft(self, step: str) -> Mapping[str, str]:
        """Return what was typed on a step."""
        return self._trail.draft(step)

    def note(self, name: str, text: str) -> None:
        """Keep what now stands in a field of the present step."""
        self._trail.draft(self.place)[name] = text

    def erase(self) -> None:
        """Empty the fields of the present step, because the person asked."""
        self._trail.erase([self.place])
        self._clear()


class _At:
    """The situation of a step that is not the present one."""

    def __init__(self, standing: Standing, step: str) -> None:
        self.session = standing.session
        self.policy = standing.policy
        self.paste_anywhere = standing.paste_anywhere
        self.kept = standing.kept
        self.typed = standing.draft(step)


Attempt = Callable[[], Awaitable[bool]]

HOPELESS = frozenset({"keyring-absent", "keyring-empty", "keyring-off", "keyring-unsafe"})
"""What trying again would not change."""


class Wizard(Standing):
    """A person's walk through the steps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._going = ""
        self._again: Attempt | None = None
        self._seen: set[tuple[str, str, str]] = set()
        self._left: dict[str, str] = {}
        """The field one was in on each step: where one comes back from what is only read."""

    # What a face asks for.

    async def start(self, then: str = "") -> bool:
        """Arrive at the first step, or beyond it (``sign_in``) if that is possible."""
        return await self._attempt(lambda: self._go(then or self.place))

    async def submit(self, action: str = "") -> bool:
        """Do an action of the present step, by default its main one; tell whether it worked.

        When it did not, the view says why and nothing typed is lost.
        """
        offered = [each for each in self.step.actions(self) if action in {"", each.name}]
        return bool(offered) and await self._attempt(lambda: self._do(offered[0]))

    async def retry(self) -> bool:
        """Try again what could not reach the backend."""
        return await self._attempt(self._again) if self._again else False

    async def back(self) -> bool:
        """Go back to the step before, with everything kept."""
        return self.can_go_back and await self._attempt(self._back)

    async def jump(self, name: str) -> bool:
        """Go to a numbered step that was reached; tell whether that was possible."""
        reached = any(stop.step == name and stop.open for stop in self.stops())
        return reached and await self._attempt(lambda: self._arrive(name))

    async def _attempt(self, deed: Attempt) -> bool:
        self._clear()
        self._again = deed
        if self._session is not None and self._session.notice:
            self._session = self._session.with_(notice=None)
        try:
            return await deed()
        except InvalidAnswers as error:
            self._problems = error.problems
        except Refused as error:
            self._refused(error)
        except Unreachable as error:
            self._alert = Text(f"unreachable.{error.code}", error.values)
            self._retry = error.code not in HOPELESS
        self.focus = self._problems[0].field if self._problems else self.focus
        return False

    async def _do(self, action: Action) -> bool:
        match action.deed:
            case Deed.GO:
                return await self._go(action.to)
            case Deed.BACK:
                return self.can_go_back and await self._back()
            case Deed.FILL:
                filled = await self.step.fill(action.name, self.desk, self.session)
                self._trail.draft(self.place).update(filled)
            case Deed.ACT:
                session = await self.step.act(action.name, self.desk, self.session)
                await self._follow(session, action.to)
            case _:  # Deed.SUBMIT
                await self._submit()
        return not self._noticed

    async def _submit(self) -> None:
        values = self.step.parse(self)
        self._noticed = tuple(self._unseen(values))
        if self._noticed:
            self.focus = self._noticed[0].field
            return
        answers = self.step.build(values, self.session)
        await self._follow(await self.step.submit(self.desk, answers, self.session), "")

    def _unseen(self, values: Mapping[str, Any]) -> Iterator[Noticed]:
        for each in self.step.fields(self):
            mark = (self.place, each.name, self.typed.get(each.name, ""))
            if mark not in self._seen:
                self._seen.add(mark)
                yield from (Noticed(each.name, a) for a in each.advise(values[each.name]))

    def _refused(self, error: Refused) -> None:
        values = {"wait": _wait(error.wait), "left": error.attempts_left}
        if error.field in {each.name for each in self.step.fields(self)}:
            self._problems = (Problem(error.field or "", error.code, values),)
            return
        if elsewhere := steps.ELSEWHERE.get(error.code):
            self._session = self.session.with_(flow=None, space=None, notice=None)
            self._trail.restart(elsewhere)
        name = self.step.refusal if error.code == "refused" else error.code
        self._alert = Text(f"refused.{name}", values)

    # Moving.

    async def _go(self, name: str) -> bool:
        if name in steps.GATED and not self.desk.preferences.chosen:
            self._going, name = name, "privacy"
        await self._arrive(name)
        self._end()
        return True

    async def _back(self) -> bool:
        only_read = not self.step.fields(self)
        await self._arrive(self._trail.previous)
        self._trail.back()
        if only_read:
            self.focus = self._left.get(self.place, "")
        return True

    async def _follow(self, session: Session, to: str) -> None:
        left = self.place
        if not self.step.early:
            self._trail.erase(steps.outdated(self.session, session))
            self._session = session
        await self._arrive(to or self._next())
        if left in steps.FLEETING and self.place != "one_time_code":
            self._trail.erase(steps.FLEETING)
        self._trail.straighten()
        self._end()

    def _end(self) -> None:
        """Forget what is over: the drafts, and at the last screens the rights and secrets too."""
        if self.place in steps.ENDS:
            self._trail.forget()
            self._seen = set()
        if self.place in steps.ERASING:
            self._session = None

    def _next(self) -> str:
        if self.step.early:
            going, self._going = self._going, ""
            return going or steps.FIRST
        return steps.after(self, self.place)

    async def _arrive(self, name: str) -> bool:
        step = steps.load(name)
        if not step.early:
            self._policy = self._policy or await self.desk.backend.policy()
            self._session = await step.enter(self.desk, self.session)
        left = self.place
        if self._trail.go(name):
            self._left[left], self.focus = self.focus, ""
            self._clear()
        return True


def _wait(seconds: int | None) -> Text:
    minutes, rest = divmod(seconds or 0, 60)
    if minutes:
        return Text("wait.minutes", count=minutes + bool(rest))
    return Text("wait.seconds", count=rest)
