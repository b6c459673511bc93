"""One visit of a step: its questions, what stops it, what can be done at its end.

What comes next is the wizard's business; which question comes next is read from the view: the
fields in order, those that hold no answer yet, beginning where the person was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from espace_tui.errors import FieldProblem
from espace_tui.i18n import Text
from espace_tui.journey.form import ActionKind, Field
from espace_tui.journey.steps import FIRST, TERMINAL
from espace_tui.journey.view import View
from espace_tui.linear.actions import (
    NextAction,
    choose_action,
    choose_answer,
    default_action,
    next_actions,
)
from espace_tui.linear.blocks import read_blocks
from espace_tui.linear.command_names import Command
from espace_tui.linear.field import (
    ASK,
    FieldPrompt,
    advice_by_field,
    ask_service,
    choose_problem,
    review_advice,
    say_filled,
)
from espace_tui.linear.field_text import say_feedback
from espace_tui.linear.prompt import Destination, Navigate, Question, run_command
from espace_tui.linear.speaker import Conversation
from espace_tui.linear.waiting import wait_for


class FieldLoop:
    """The questions of the present step; each answer goes to the wizard at once."""

    def __init__(self, talk: Conversation) -> None:
        self.talk = talk
        self.wizard = talk.wizard

    async def ask(
        self, field: Field, *, format_said: bool = False, problem: FieldProblem | None = None
    ) -> None:
        """Ask a field, say what its answer is worth so far, and what the service thinks of it."""
        view = self.wizard.view()
        self.wizard.focus = field.name
        number = [f.name for f in view.fields].index(field.name) + 1
        kept = view.typed.get(field.name, "")
        asked = FieldPrompt(field, number, len(view.fields), kept, format_said, problem)
        text = await ASK[field.kind](self.talk, asked)
        self.wizard.set_text(field.name, text)
        if field.name not in self.talk.asked_fields:
            self.talk.asked_fields.append(field.name)
        self.talk.continue_block()
        say_feedback(self.talk, field, text)
        answer = await ask_service(self.talk, field, text)
        self.talk.begin_block()
        await self._store(field, answer)

    async def ask_by_name(
        self, name: str, *, format_said: bool = False, problem: FieldProblem | None = None
    ) -> None:
        """Ask a field by its name, bound to the answers as they are now."""
        for each in self.wizard.view().fields:
            if each.name == name:
                await self.ask(each, format_said=format_said, problem=problem)

    async def _store(self, each: Field, answer: str | None) -> None:
        """Keep an answer, or ask for another one."""
        if answer is None:
            await self.ask_by_name(each.name, format_said=True)
        else:
            self.wizard.set_text(each.name, answer)

    async def correct(self, view: View) -> None:
        """Go through what is wrong, else through what deserves a second look."""
        if view.problems:
            await self._correct_problems(list(view.problems))
        else:
            await self._review_advice(view)

    async def _correct_problems(self, left: list[FieldProblem]) -> None:
        while left:
            problem = left[0] if len(left) == 1 else await choose_problem(self.talk, left)
            left.remove(problem)
            await self.ask_by_name(problem.field, problem=problem)

    async def _review_advice(self, view: View) -> None:
        fields = {each.name: each for each in view.fields}
        for name, found in advice_by_field(view.advice).items():
            await self._store(fields[name], await review_advice(self.talk, fields[name], found))

    async def say_filled(self, before: Mapping[str, str]) -> str:
        """Say what was filled in; return the field to ask now, if any."""
        return await say_filled(self.talk, before)


async def announce(talk: Conversation, view: View, *, list_follows: bool = True) -> None:
    """Say a step before its questions; `asks`: the list of what can be done does not come next."""
    talk.begin_block()
    _say_title(talk, view)
    _say_messages(talk, view)
    if not talk.speech.short and talk.texts.has(view.lead.id):
        talk.say_block(view.lead)
    await read_blocks(talk, view.blocks)
    if list_follows:
        _say_other_actions(talk, view)
    if view.step_name in TERMINAL and view.step_name != FIRST:
        talk.completed = True
        talk.ring_bell()


def _say_title(talk: Conversation, view: View) -> None:
    if view.number:
        talk.say("linear.step", number=view.number, count=view.count, title=view.title)
    else:
        talk.say(view.title)
    if view.next_title and not talk.speech.short:
        talk.say("linear.following", title=view.next_title)
    talk.begin_block()


def _say_messages(talk: Conversation, view: View) -> None:
    if view.notice:
        talk.say_block(view.notice)
    say_alert(talk, view)


def say_alert(talk: Conversation, view: View) -> None:
    """Say what concerns the whole step: a refusal, a service that does not answer."""
    if view.alert:
        talk.begin_block()
        talk.say_error(view.alert)
        talk.begin_block()


def _say_other_actions(talk: Conversation, view: View) -> None:
    """Say what can be done without answering, when there is something to answer first."""
    others = [a for a in view.actions[1:] if a.kind is not ActionKind.BACK]
    if not (view.fields and others):
        return
    if talk.speech.short:
        talk.say_block(Text("linear.ways.short", count=len(others)))
    else:
        names = talk.enumeration([talk.texts(f"action.{each.name}") for each in others])
        talk.say_block("linear.ways", names=names)


class StepRunner:
    """A visit, from the arrival at a step to what leads away from it (`Turn`).

    `next` is a field to ask before the others, `told` the problems or advice already dealt with,
    `action` what was submitted last, `refused` whether no answer changed since it was refused.
    """

    def __init__(self, talk: Conversation) -> None:
        self.talk = talk
        self.wizard = talk.wizard
        self.place = talk.wizard.step_name
        self.talk.asked_fields.clear()
        self.next = talk.wizard.focus
        self.at_end = False
        self.handled: tuple[object, ...] = ()
        self.action = ""
        self.refused = False
        self.announced = False

    async def run_next(self) -> None:
        """Do the next thing of the step, or what the person asks for instead."""
        try:
            await self._next()
        except Navigate as turn:
            await self._navigate(turn)

    async def _next(self) -> None:
        view = self.wizard.view()
        if not self.announced:
            self.announced = True
            await announce(self.talk, view, list_follows=self._has_questions(view))
        elif (wrong := view.problems or view.advice) and wrong is not self.handled:
            self.handled = wrong
            await self.field_loop.correct(view)
            await self._submit(self.action)
        elif not self.at_end and (pending := self._pending(view)):
            await self.field_loop.ask(pending)
        else:
            await self._end(view)

    async def _navigate(self, turn: Navigate) -> None:
        if turn.destination is Destination.BACK:
            await self._back()
        elif turn.destination is Destination.ACTIONS:
            self.at_end = True
        elif turn.destination is Destination.REPEAT:
            self.announced = False
        elif turn.destination is Destination.ACT:
            await self._submit(turn.value)
        else:
            raise turn

    # --- the questions

    @cached_property
    def field_loop(self) -> FieldLoop:
        """The questions of the step; their modules wait for the first step that has some."""
        from espace_tui.linear.step import FieldLoop  # noqa: PLC0415 — after the first prompt

        return FieldLoop(self.talk)

    def _pending(self, view: View) -> Field | None:
        first, self.next = self.next, ""
        for each in view.fields:
            if each.name == first:
                return each
        return next(self._unanswered(view), None)

    def _unanswered(self, view: View) -> Iterator[Field]:
        asked, typed = self.talk.asked_fields, view.typed
        left = (f for f in view.fields if not f.irrelevant)
        return (f for f in left if f.name not in asked and not typed.get(f.name))

    def _has_questions(self, view: View) -> bool:
        """Tell whether a question comes before the list of what can be done."""
        return not self.at_end and bool(self.next or any(self._unanswered(view)))

    # --- the end of the step

    async def _end(self, view: View) -> None:
        self.wizard.focus = ""
        everything = self.at_end or not self.talk.asked_fields
        found = next_actions(self.talk, view, with_fields=everything)
        default = default_action(view, found, refused=self.refused)
        straight = len(found) == 1 and not everything
        await self._do(found[0][0] if straight else await choose_action(self.talk, found, default))

    async def _do(self, way: NextAction) -> None:
        if way.kind == "answer":
            self.at_end, self.refused = True, False
            await self.field_loop.ask_by_name(way.name)
        elif way.kind == "modify":
            await self._modify()
        elif way.kind == "retry":
            self._after(done=bool(await wait_for(self.talk, self.wizard.retry())))
        elif way.kind == "quit":
            await run_command(self.talk, Question(str), Command("quit"))
        else:
            await self._submit(way.name)

    async def _modify(self) -> None:
        if (answer := await choose_answer(self.talk)) is None:
            return
        done = bool(await wait_for(self.talk, self.wizard.jump(answer.step)))
        if done:
            self.wizard.focus = answer.field.name
        self._after(done=done)

    async def _submit(self, name: str) -> None:
        self.action = name
        before = dict(self.wizard.typed)
        fills = any(
            a.name == name and a.kind is ActionKind.FILL for a in self.wizard.view().actions
        )
        done = bool(await wait_for(self.talk, self.wizard.submit(name)))
        if done and fills:
            self.at_end = False
            self.next = await self.field_loop.say_filled(before)
        else:
            self._after(done=done)

    def _after(self, *, done: bool) -> None:
        """Go where the wizard went, or say what stops the person here."""
        view = self.wizard.view()
        if done or view.step_name != self.place:
            raise Navigate(Destination.MOVED)
        self.at_end = not (view.problems or view.advice)
        self.refused = view.alert is not None and not view.retry
        say_alert(self.talk, view)

    async def _back(self) -> None:
        """Go back to the field before this one; from the end, to the last that was asked."""
        names, here = [f.name for f in self.wizard.view().fields], self.wizard.focus
        before = names[: names.index(here)] if here in names else self.talk.asked_fields
        if before:
            self.next, self.at_end = before[-1], False
        elif self.wizard.can_go_back:
            self._after(done=bool(await wait_for(self.talk, self.wizard.back())))
        else:
            self.talk.say_error("linear.back.first")
            self.talk.begin_block()
