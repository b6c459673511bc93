"""The wizard: where the person is, and the only place that decides what comes next.

It has no face. A face shows `view()`, keeps it told of what is typed (`note`), and calls
`submit`, `back`, `jump`, `retry`; both faces enter and leave at the same points, in the middle of
a step too, because everything typed so far lives here. Nothing here is ever written anywhere.

One call runs at a time; a call that is cancelled leaves the wizard where it was.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from espace_tui.errors import FieldProblem, InvalidAnswers, Refused, Unreachable
from espace_tui.i18n import Text
from espace_tui.journey import steps
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Action, ActionKind, Facts, Step
from espace_tui.journey.history import History
from espace_tui.journey.view import Answer, FieldAdvice, StepLink, View
from espace_tui.model.consents import CONSENTS

if TYPE_CHECKING:
    from espace_tui.journey.session import Session
    from espace_tui.model.policy import Policy


class Standing:
    """The present step, what is known, what is typed, and what there is to say about it."""

    def __init__(self, context: StepContext) -> None:
        self.context = context
        self.focus = ""
        """The field the person is in: the faces keep it, so that the other can take over."""
        self._history = History(steps.FIRST)
        self._policy: Policy | None = None
        self._session: Session | None = None
        self._clear()

    def _clear(self) -> None:
        self._problems: tuple[FieldProblem, ...] = ()
        self._advice: tuple[FieldAdvice, ...] = ()
        self._alert: Text | None = None
        self._retry = False

    @property
    def step_name(self) -> str:
        """The name of the present step."""
        return self._history.step_name

    @property
    def step(self) -> Step[Any]:
        """The present step."""
        return steps.load(self.step_name)

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
            raise LookupError(self.step_name)
        return self._policy

    @property
    def typed(self) -> Mapping[str, str]:
        """What stands in the fields of the present step."""
        return self._history.draft(self.step_name)

    @property
    def paste_anywhere(self) -> bool:
        """The accessibility setting that lets a paste through in a confirmation field."""
        return self.context.preferences.paste_anywhere

    @property
    def consents(self) -> frozenset[str] | None:
        """What the person lets the assistant keep; None until that was asked."""
        preferences = self.context.preferences
        return frozenset(filter(preferences.allows, CONSENTS)) if preferences.chosen else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step to go back to."""
        return bool(self._history.previous)

    def view(self) -> View:
        """Return all there is to draw now."""
        step, order = self.step, self._step_order()
        number = order.index(self.step_name) + 1 if self.step_name in order else 0
        following = order[number] if 0 < number < len(order) else ""
        notice = None if step.early else self.session.notice
        return View(
            step_name=self.step_name,
            title=Text(f"step.{self.step_name}.title"),
            lead=Text(f"step.{self.step_name}.lead"),
            number=number,
            count=len(order),
            next_title=Text(f"step.{following}.title") if following else None,
            blocks=step.blocks(self),
            fields=step.fields(self),
            actions=step.actions(self),
            typed=self.typed,
            problems=self._problems,
            advice=self._advice,
            alert=self._alert,
            retry=self._retry,
            notice=Text(f"notice.{notice}") if notice else None,
            focus=self.focus,
            can_go_back=self.can_go_back,
        )

    def _step_order(self) -> tuple[str, ...]:
        if self._policy is None:
            return ()
        return tuple(n for n in self._policy.order if steps.load(n).applies(self.session))

    def step_links(self) -> tuple[StepLink, ...]:
        """Return the numbered steps, and which of them one can jump to."""
        if self._policy is None:
            return ()
        order = self._step_order()
        reached = (
            order.index(edge)
            if (edge := steps.furthest_step(self, self.step_name)) in order
            else -1
        )
        return tuple(
            StepLink(name, i + 1, reachable=i <= reached, current=name == self.step_name)
            for i, name in enumerate(order)
        )

    def answers(self) -> tuple[Answer, ...]:
        """Return the answers of the numbered steps, in order, each once; `shown` is masked."""
        return tuple(
            Answer(stop.step, each, each.mask(text), text)
            for stop in self.step_links()
            for each in steps.load(stop.step).fields(_At(self, stop.step))
            if each.review and (text := self.draft(stop.step).get(each.name, ""))
        )

    def facts(self, step: str) -> tuple[tuple[Text, Text | str], ...]:
        """Return what a step shows without asking it (the contacts), for the review."""
        blocks = steps.load(step).blocks(_At(self, step))
        return tuple(row for block in blocks if isinstance(block, Facts) for row in block.rows)

    def draft(self, step: str) -> Mapping[str, str]:
        """Return what was typed on a step."""
        return self._history.draft(step)

    def set_text(self, name: str, text: str) -> None:
        """Keep what now stands in a field of the present step."""
        self._history.draft(self.step_name)[name] = text

    def clear_fields(self) -> None:
        """Empty the fields of the present step, because the person asked."""
        self._history.erase_drafts([self.step_name])
        self._clear()


class _At:
    """The situation of a step that is not the present one."""

    def __init__(self, standing: Standing, step: str) -> None:
        self.session = standing.session
        self.policy = standing.policy
        self.paste_anywhere = standing.paste_anywhere
        self.consents = standing.consents
        self.typed = standing.draft(step)


Attempt = Callable[[], Awaitable[bool]]

NOT_RETRYABLE = frozenset({"keyring-absent", "keyring-empty", "keyring-off", "keyring-unsafe"})
"""What trying again would not change."""


class Wizard(Standing):
    """A person's walk through the steps."""

    def __init__(self, context: StepContext) -> None:
        super().__init__(context)
        self._pending_step = ""
        self._last_attempt: Attempt | None = None
        self._seen_advice: set[tuple[str, str, str]] = set()
        self._last_focus: dict[str, str] = {}
        """The field one was in on each step: where one comes back from what is only read."""

    # What a face asks for.

    async def start(self, then: str = "") -> bool:
        """Arrive at the first step, or beyond it (``sign_in``) if that is possible."""
        return await self._attempt(lambda: self._go(then or self.step_name))

    async def submit(self, action: str = "") -> bool:
        """Do an action of the present step, by default its main one; tell whether it worked.

        When it did not, the view says why and nothing typed is lost.
        """
        offered = [each for each in self.step.actions(self) if action in {"", each.name}]
        return bool(offered) and await self._attempt(lambda: self._perform(offered[0]))

    async def retry(self) -> bool:
        """Try again what could not reach the backend."""
        return await self._attempt(self._last_attempt) if self._last_attempt else False

    async def back(self) -> bool:
        """Go back to the step before, with everything kept."""
        return self.can_go_back and await self._attempt(self._back)

    async def jump(self, name: str) -> bool:
        """Go to a numbered step that was reached; tell whether that was possible."""
        reached = any(stop.step == name and stop.reachable for stop in self.step_links())
        return reached and await self._attempt(lambda: self._enter(name))

    async def _attempt(self, attempt: Attempt) -> bool:
        self._clear()
        self._last_attempt = attempt
        if self._session is not None and self._session.notice:
            self._session = self._session.with_(notice=None)
        try:
            return await attempt()
        except InvalidAnswers as error:
            self._problems = error.problems
        except Refused as error:
            self._show_refusal(error)
        except Unreachable as error:
            self._alert = Text(f"unreachable.{error.code}", error.values)
            self._retry = error.code not in NOT_RETRYABLE
        self.focus = self._problems[0].field if self._problems else self.focus
        return False

    async def _perform(self, action: Action) -> bool:
        match action.kind:
            case ActionKind.GO:
                return await self._go(action.target)
            case ActionKind.BACK:
                return self.can_go_back and await self._back()
            case ActionKind.FILL:
                filled = await self.step.fill(action.name, self.context, self.session)
                self._history.draft(self.step_name).update(filled)
            case ActionKind.ACT:
                session = await self.step.act(action.name, self.context, self.session)
                await self._follow(session, action.target)
            case _:  # Deed.SUBMIT
                await self._submit()
        return not self._advice

    async def _submit(self) -> None:
        values = self.step.parse(self)
        self._advice = tuple(self._new_advice(values))
        if self._advice:
            self.focus = self._advice[0].field
            return
        answers = self.step.build(values, self.session)
        await self._follow(await self.step.submit(self.context, answers, self.session), "")

    def _new_advice(self, values: Mapping[str, Any]) -> Iterator[FieldAdvice]:
        for each in self.step.fields(self):
            mark = (self.step_name, each.name, self.typed.get(each.name, ""))
            if mark not in self._seen_advice:
                self._seen_advice.add(mark)
                yield from (FieldAdvice(each.name, a) for a in each.advise(values[each.name]))

    def _show_refusal(self, error: Refused) -> None:
        values = {"wait": _wait_text(error.wait), "left": error.attempts_left}
        if error.field in {each.name for each in self.step.fields(self)}:
            self._problems = (FieldProblem(error.field or "", error.code, values),)
            return
        if elsewhere := steps.REDIRECTS.get(error.code):
            self._session = self.session.with_(flow=None, space=None, notice=None)
            self._history.reset(elsewhere)
        name = self.step.refusal if error.code == "refused" else error.code
        self._alert = Text(f"refused.{name}", values)

    # Moving.

    async def _go(self, name: str) -> bool:
        if name in steps.NEEDS_CONSENT and not self.context.preferences.chosen:
            self._pending_step, name = name, "privacy"
        await self._enter(name)
        self._forget_finished()
        return True

    async def _back(self) -> bool:
        only_read = not self.step.fields(self)
        await self._enter(self._history.previous)
        self._history.back()
        if only_read:
            self.focus = self._last_focus.get(self.step_name, "")
        return True

    async def _follow(self, session: Session, target: str) -> None:
        left = self.step_name
        if not self.step.early:
            self._history.erase_drafts(steps.outdated(self.session, session))
            self._session = session
        await self._enter(target or self._next())
        if left in steps.CLEAR_ON_SUCCESS and self.step_name != "one_time_code":
            self._history.erase_drafts(steps.CLEAR_ON_SUCCESS)
        self._history.truncate_to()
        self._forget_finished()

    def _forget_finished(self) -> None:
        """Forget what is over: the drafts, and at the last screens the rights and secrets too."""
        if self.step_name in steps.TERMINAL:
            self._history.clear()
            self._seen_advice = set()
        if self.step_name in steps.CLEAR_SESSION:
            self._session = None

    def _next(self) -> str:
        if self.step.early:
            going, self._pending_step = self._pending_step, ""
            return going or steps.FIRST
        return steps.next_step(self, self.step_name)

    async def _enter(self, name: str) -> bool:
        step = steps.load(name)
        if not step.early:
            self._policy = self._policy or await self.context.backend.policy()
            self._session = await step.enter(self.context, self.session)
        left = self.step_name
        if self._history.move_to(name):
            self._last_focus[left], self.focus = self.focus, ""
            self._clear()
        return True


def _wait_text(seconds: int | None) -> Text:
    minutes, rest = divmod(seconds or 0, 60)
    if minutes:
        return Text("wait.minutes", count=minutes + bool(rest))
    return Text("wait.seconds", count=rest)
