"""The wizard: where the person is, and the only place that decides what comes next.

It has no face. A face draws `view()`, reports what is typed (`set_text`) and where the person is
(`focus`), and calls `submit`, `back`, `jump`, `retry`. Both faces enter and leave at the same
points, in mid-step too: all that is typed lives here, and is never written anywhere.

A step never sees the wizard: it is asked about a frozen `StepState`. That state, the view and what
follows from them are made once and stand until something changes: a face may look often.

One call runs at a time; a call that is cancelled leaves the wizard where it was.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from espace_tui.errors import FieldProblem, InvalidAnswers, Refused, Unreachable
from espace_tui.i18n import Text
from espace_tui.journey import overview
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Action, ActionKind, Step, StepState, parse_fields
from espace_tui.journey.history import History, StepDraft
from espace_tui.journey.itineraries import Itineraries, Itinerary
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.journey.questions import Questions
from espace_tui.journey.remarks import Remarks
from espace_tui.journey.view import Answer, StepLink, View, ViewCache

if TYPE_CHECKING:  # the first screen does not need them: pydantic is imported after it is painted
    from espace_tui.journey.session import Session
    from espace_tui.model.policy import Policy
    from espace_tui.validators import Advice

Attempt = Callable[[], Awaitable[bool]]


class Wizard:
    """A person's journey through the steps."""

    def __init__(
        self, context: StepContext, itinerary: Itinerary = ACTIVATION, *others: Itinerary
    ) -> None:
        """Begin an itinerary; an action that names a step of one of the `others` passes to it."""
        self.context = context
        self.itineraries = Itineraries(itinerary, *others)
        self.focus = ""
        """The field the person is in: the faces set it, so that the other can take over."""
        self._history = History(itinerary.first, self.itineraries.passing)
        self._locate()
        self._questions = Questions()
        self._policies: dict[str, Policy] = {}
        """The rules of each itinerary, once they are known."""
        self._session: Session | None = None
        self._pending_step = ""
        """Where the person was going when the privacy choices came first."""
        self._last_attempt: Attempt | None = None
        self._seen_advice: set[tuple[str, str, str]] = set()
        self._last_focus: dict[str, str] = {}
        """The field the person was in on each step."""
        self._remarks = Remarks()
        self._cache = ViewCache()
        self._order: tuple[str, ...] | None = None

    @property
    def step_name(self) -> str:
        """The name of the current step."""
        return self._history.step_name

    def _locate(self) -> None:
        """Look up where the person is now."""
        self.itinerary: Itinerary = self.itineraries.of(self._history.step_name)
        """The itinerary of the current step."""
        self.step: Step[Any] = self.itinerary.load(self._history.step_name)
        """The current step."""

    @property
    def finished(self) -> bool:
        """Whether something was brought to its end, here, and not only to be begun."""
        return self.itinerary.ends_with(self._history.step_name)

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
    def typed(self) -> Mapping[str, str]:
        """What is typed in the fields of the current step."""
        return self._history.draft(self._history.step_name)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step, or a question of it, to go back to."""
        return bool(self._history.previous or self._questions.previous)

    @property
    def policy(self) -> Policy | None:
        """The rules of the current itinerary, once something of it was entered."""
        return self._policies.get(self.itinerary.name)

    def draft(self, step: str) -> Mapping[str, str]:
        """Return what is typed in the fields of a step."""
        return self._history.draft(step)

    # What there is to draw.

    def view(self) -> View:
        """Return all there is to draw now; the same object until something changes."""
        if self._cache.view is None:
            self._cache.view = self._questions.page(self._make_view(), self.focus)
        return self._cache.view

    def _make_view(self) -> View:
        name, order = self._history.step_name, self._step_order()
        step, state = self.step, self._state(name)
        whole = step.part_of(state)
        number = order.index(whole or name) + 1 if (whole or name) in order else 0
        next_name = order[number] if 0 < number < len(order) and not whole else ""
        if self._cache.received is None:
            self._cache.received = step.received(state)
        notice = self._session.notice if self._session and not step.early else None
        return View(
            step_name=name,
            title=overview.title_of(step, state, whole if number else ""),
            lead=Text(f"step.{name}.lead"),
            number=number,
            total=len(order),
            next_title=Text(f"step.{next_name}.title") if next_name else None,
            blocks=step.blocks(state),
            fields=step.fields(state),
            actions=tuple(self.itineraries.offered(step.actions(state))),
            received=self._cache.received,
            typed=state.typed,
            problems=self._remarks.problems,
            advice=self._remarks.advice,
            alert=self._remarks.alert,
            retry=self._remarks.retry,
            notice=Text(f"notice.{notice}") if notice else None,
            can_go_back=self.can_go_back,
        )

    def _state(self, name: str) -> StepState:
        """Return what a step is asked about."""
        if name not in self._cache.states:
            session = self.session if self.policy else None
            typed, kept = StepDraft(self._history.draft(name)), self.context.preferences
            self._cache.states[name] = overview.make_state(session, self.policy, typed, kept)
        return self._cache.states[name]

    def _step_order(self) -> tuple[str, ...]:
        """Return the numbered steps that have something to ask of this person."""
        if self.policy is None:
            return ()
        if self._order is None:
            self._order = self.itinerary.applicable(self.session, self.policy)
        return self._order

    def step_links(self) -> tuple[StepLink, ...]:
        """Return the numbered steps, and which of them one can jump to."""
        if self.policy is None:
            return ()
        if self._cache.links is None:
            here, order = self._history.step_name, self._step_order()
            furthest = self.itinerary.furthest_step(self.session, order, here)
            self._cache.links = overview.link_steps(order, furthest, here)
        return self._cache.links

    def answers(self) -> tuple[Answer, ...]:
        """Return the answers of the numbered steps, in order, each once; `shown` is masked."""
        if self._cache.answers is None:
            order, load = self._step_order(), self.itineraries.load
            asked = ((load(name), self._state(name)) for name in order)
            self._cache.answers = tuple(overview.collect_answers(asked, self.context.masks))
        return self._cache.answers

    def facts(self, step: str) -> tuple[tuple[Text, Text | str], ...]:
        """Return what a step shows without asking it (the contacts), for the review."""
        return tuple(self.itineraries.load(step).facts(self._state(step)))

    # What a face reports and asks for.

    def set_text(self, name: str, text: str) -> None:
        """Record what is now typed in a field of the current step."""
        step_name = self._history.step_name
        draft = self._history.draft(step_name)
        if draft.get(name) != text:
            self._remarks.forget(name, text, self.view)
            draft[name] = text
            self._cache.forget_typed(step_name)

    def ask_one_by_one(self, *, one_by_one: bool) -> None:
        """Show one question of a step at a time, or all of them."""
        self._questions.one_by_one = one_by_one
        self._changed()

    def look_again(self, name: str) -> None:
        """Judge again an answer that was wrong, once it was left."""
        if self._remarks.look_again(name, self.view()):
            self._cache.view = None

    def clear_fields(self) -> None:
        """Empty the fields of the current step, because the person asked."""
        self._history.erase_drafts([self._history.step_name])
        self._clear_messages()
        self._changed()

    async def probe(self, name: str, text: str) -> tuple[Advice, ...]:
        """Ask what the service thinks of a field's value, while the person goes on."""
        return await self.step.probe(self.context, self.session, name, text)

    async def start(self, then: str = "") -> bool:
        """Arrive at the first step, or beyond it (``sign_in``) if that is possible."""
        return await self._attempt(lambda: self._go(then or self.step_name))

    async def submit(self, action: str = "") -> bool:
        """Do an action of the current step, by default its main one; tell whether it worked.

        When it did not, the view says why and nothing typed is lost.
        """
        offered = [one for one in self.view().offered if action in {"", one.name}]
        return bool(offered) and await self._attempt(lambda: self._perform(offered[0]))

    async def retry(self) -> bool:
        """Try again what could not reach the backend."""
        return await self._attempt(self._last_attempt) if self._last_attempt else False

    async def back(self) -> bool:
        """Go back to the question or the step before; nothing typed is lost."""
        if question := self._questions.previous:
            return await self._attempt(lambda: self._ask(question))
        return self.can_go_back and await self._attempt(self._back)

    async def jump(self, name: str) -> bool:
        """Go to a numbered step that was reached; tell whether that was possible."""
        reachable = any(link.step == name and link.reachable for link in self.step_links())
        return reachable and await self._attempt(lambda: self._enter(name))

    async def sign_out(self) -> bool:
        """Sign out, from anywhere in an open space; tell whether that worked."""
        return await self.start("space") and await self.submit("sign_out")

    async def _attempt(self, attempt: Attempt) -> bool:
        self._clear_messages()
        self._last_attempt = attempt
        if self._session is not None and self._session.notice:
            self._set_session(self._session.with_(notice=None))
        try:
            return await attempt()
        except InvalidAnswers as error:
            self._remarks.refuse(error.problems)
        except Refused as error:
            self._show_refusal(error)
        except Unreachable as error:
            self._remarks.alert = overview.unreachable_text(error, typed=any(self.typed.values()))
            self._remarks.retry = error.code not in overview.NOT_RETRYABLE
        finally:
            self._changed()
        self.focus = next((each.field for each in self._remarks.problems), self.focus)
        return False

    async def _perform(self, action: Action) -> bool:
        match action.kind:
            case ActionKind.GO:
                return await self._go(action.target)
            case ActionKind.BACK:
                return self.can_go_back and await self._back()
            case ActionKind.FILL:
                new = action.fills or await self.step.fill(action.name, self.context, self.session)
                self._history.draft(self.step_name).update(new)
            case ActionKind.ACT:
                session = await self.step.act(action.name, self.context, self.session)
                await self._follow(session, action.target)
            case ActionKind.SUBMIT:
                await self._submit()
        return not self._remarks.advice

    async def _submit(self) -> None:
        step, view = self.step, self.view()
        values = parse_fields(view.fields, view.typed)
        self._remarks.advice = tuple(overview.new_advice(view, values, self._seen_advice))
        if self._remarks.advice:
            self.focus = self._remarks.advice[0].field
            return
        if following := self._questions.following:
            self.focus = following
            return
        if self._questions.one_by_one:  # the view has the last question alone
            values = parse_fields(step.fields(self._state(self.step_name)), view.typed)
        answers = step.build(values, self.session)
        await self._follow(await step.submit(self.context, answers, self.session), "")

    def _show_refusal(self, error: Refused) -> None:
        values = overview.refusal_values(error, self.typed.get("channel", ""))
        if error.field in {field.name for field in self.step.fields(self._state(self.step_name))}:
            self._remarks.refuse([FieldProblem(error.field or "", error.code, values)])
            return
        if target := self.itinerary.redirects.get(error.code):
            self._set_session(self.session.with_(flow=None, space=None, notice=None))
            self._history.reset(target)
            self._locate()
        name = self.step.refusal if error.code == "refused" else error.code
        self._remarks.alert = Text(f"refused.{name}", values)

    async def _ask(self, field: str) -> bool:
        self.focus = field
        return True

    async def _go(self, name: str) -> bool:
        if name in self.itineraries.of(name).needs_consent and not self.context.preferences.chosen:
            self._pending_step, name = name, "privacy"
        await self._enter(name)
        self._forget_finished()
        return True

    async def _back(self) -> bool:
        only_read = not self.view().fields
        await self._enter(self._history.previous)
        self._history.back()
        if only_read:
            self.focus = self._last_focus.get(self.step_name, "")
        return True

    async def _follow(self, session: Session, target: str) -> None:
        """Take the session a step returned, and go where it leads."""
        left, useless = self.step_name, self.itinerary.clear_on_success
        if not self.step.early:
            if session.code_request != self.session.code_request:
                self._history.erase_drafts(["one_time_code"])  # a code sent replaces the last one
            self._set_session(session)
        await self._enter(target or self._next_step())
        if left in useless and self.step_name != "one_time_code":
            self._history.erase_drafts(useless)
        self._history.truncate_to(self.step_name)
        self._forget_finished()

    def _next_step(self) -> str:
        if self.step.early:
            pending, self._pending_step = self._pending_step, ""
            return pending or self.itinerary.first
        return self.itinerary.next_step(self.session, self._step_order(), self.step_name)

    async def _enter(self, name: str) -> bool:
        """Arrive at a step, or at what comes before it, once what it shows was fetched."""
        itinerary = self.itineraries.of(name := self.itineraries.detour_for(name))
        step = itinerary.load(name)
        if not step.early:
            await self._fetch_policy(itinerary)
            self._set_session(await step.enter(self.context, self.session))
        left, before = self.step_name, self.itinerary
        if self._history.move_to(name, anew=itinerary.begins_anew(left, name)):
            self._locate()
            self._last_focus[left], self.focus = self.focus, ""
            self._clear_messages()
            if before is not itinerary:
                self._order = None
            self._changed()
        return True

    async def _fetch_policy(self, itinerary: Itinerary) -> None:
        if itinerary.name not in self._policies:
            own = itinerary.own_policy
            policy = own() if own else await self.context.backend.policy()
            self._policies[itinerary.name] = itinerary.checked(policy)
            self._changed()

    def _forget_finished(self) -> None:
        """Drop what is over: the drafts, and at the last screens the rights and secrets too."""
        if self.itinerary.forgets_at(self.step_name):
            self._history.clear()
            self._seen_advice = set()
        if self.step_name in self.itinerary.clear_session:
            self._session = self._order = None

    def _set_session(self, session: Session) -> None:
        if session is not self._session:
            self._session = session
            self._order = None
            self._changed()

    def _clear_messages(self) -> None:
        if self._remarks.stand or self._remarks.wrong:
            self._remarks, self._cache.view = Remarks(), None

    def _changed(self) -> None:
        """Have what is drawn made again when it is looked at; the order follows the session."""
        self._cache = ViewCache()
