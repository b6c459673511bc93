"""One visit of a step: its questions, what stops it, what can be done at its end.

What comes next is the wizard's business; which question comes next is read from the view: the
fields in order, those that hold no answer yet, beginning where the person was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from espace_tui.errors import Problem
from espace_tui.i18n import Text
from espace_tui.journey.form import Deed, Field
from espace_tui.journey.steps import ENDS, FIRST
from espace_tui.journey.view import View
from espace_tui.linear.actions import Exit, choose_answer, choose_exit, exits, main_exit
from espace_tui.linear.blocks import read_out
from espace_tui.linear.command_names import Order
from espace_tui.linear.field import (
    ASK,
    Asked,
    choose_problem,
    noticed_by_field,
    probe,
    say_filled,
    second_look,
)
from espace_tui.linear.field_text import say_worth
from espace_tui.linear.prompt import Question, Turn, Way, obey
from espace_tui.linear.speaker import Talk
from espace_tui.linear.waiting import patiently


class Answering:
    """The questions of the present step; each answer goes to the wizard at once."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.wizard = talk.wizard

    async def answer(
        self, each: Field, *, brief: bool = False, wrong: Problem | None = None
    ) -> None:
        """Ask a field, say what its answer is worth so far, and what the service thinks of it."""
        view = self.wizard.view()
        self.wizard.focus = each.name
        number = [f.name for f in view.fields].index(each.name) + 1
        kept = view.typed.get(each.name, "")
        asked = Asked(each, number, len(view.fields), kept, brief, wrong)
        text = await ASK[each.kind](self.talk, asked)
        self.wizard.note(each.name, text)
        if each.name not in self.talk.asked:
            self.talk.asked.append(each.name)
        self.talk.go_on()
        say_worth(self.talk, each, text)
        answer = await probe(self.talk, each, text)
        self.talk.gap()
        await self._keep(each, answer)

    async def answer_by_name(
        self, name: str, *, brief: bool = False, wrong: Problem | None = None
    ) -> None:
        """Ask a field by its name, bound to the answers as they are now."""
        for each in self.wizard.view().fields:
            if each.name == name:
                await self.answer(each, brief=brief, wrong=wrong)

    async def _keep(self, each: Field, answer: str | None) -> None:
        """Keep an answer, or ask for another one."""
        if answer is None:
            await self.answer_by_name(each.name, brief=True)
        else:
            self.wizard.note(each.name, answer)

    async def set_right(self, view: View) -> None:
        """Go through what is wrong, else through what deserves a second look."""
        if view.problems:
            await self._correct(list(view.problems))
        else:
            await self._look_again(view)

    async def _correct(self, left: list[Problem]) -> None:
        while left:
            problem = left[0] if len(left) == 1 else await choose_problem(self.talk, left)
            left.remove(problem)
            await self.answer_by_name(problem.field, wrong=problem)

    async def _look_again(self, view: View) -> None:
        fields = {each.name: each for each in view.fields}
        for name, found in noticed_by_field(view.noticed).items():
            await self._keep(fields[name], await second_look(self.talk, fields[name], found))

    async def say_filled(self, before: Mapping[str, str]) -> str:
        """Say what was filled in; return the field to ask now, if any."""
        return await say_filled(self.talk, before)


async def announce(talk: Talk, view: View, *, asks: bool = True) -> None:
    """Say a step before its questions; `asks`: the list of what can be done does not come next."""
    talk.gap()
    _say_title(talk, view)
    _say_news(talk, view)
    if not talk.manner.short and talk.texts.has(view.lead.id):
        talk.block(view.lead)
    await read_out(talk, view.blocks)
    if asks:
        _say_ways(talk, view)
    if view.place in ENDS and view.place != FIRST:
        talk.finished = True
        talk.ring()


def _say_title(talk: Talk, view: View) -> None:
    if view.number:
        talk.line("linear.step", number=view.number, count=view.count, title=view.title)
    else:
        talk.line(view.title)
    if view.following and not talk.manner.short:
        talk.line("linear.following", title=view.following)
    talk.gap()


def _say_news(talk: Talk, view: View) -> None:
    if view.notice:
        talk.block(view.notice)
    say_alert(talk, view)


def say_alert(talk: Talk, view: View) -> None:
    """Say what concerns the whole step: a refusal, a service that does not answer."""
    if view.alert:
        talk.gap()
        talk.error(view.alert)
        talk.gap()


def _say_ways(talk: Talk, view: View) -> None:
    """Say what can be done without answering, when there is something to answer first."""
    others = [a for a in view.actions[1:] if a.deed is not Deed.BACK]
    if not (view.fields and others):
        return
    if talk.manner.short:
        talk.block(Text("linear.ways.short", count=len(others)))
    else:
        names = talk.several([talk.texts(f"action.{each.name}") for each in others])
        talk.block("linear.ways", names=names)


class Visit:
    """A visit, from the arrival at a step to what leads away from it (`Turn`).

    `next` is a field to ask before the others, `told` the problems or advice already dealt with,
    `action` what was submitted last, `refused` whether no answer changed since it was refused.
    """

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.wizard = talk.wizard
        self.place = talk.wizard.place
        self.talk.asked.clear()
        self.next = talk.wizard.focus
        self.at_end = False
        self.told: tuple[object, ...] = ()
        self.action = ""
        self.refused = False
        self.arrived = False

    async def go_on(self) -> None:
        """Do the next thing of the step, or what the person asks for instead."""
        try:
            await self._next()
        except Turn as turn:
            await self._turn(turn)

    async def _next(self) -> None:
        view = self.wizard.view()
        if not self.arrived:
            self.arrived = True
            await announce(self.talk, view, asks=self._asks(view))
        elif (wrong := view.problems or view.noticed) and wrong is not self.told:
            self.told = wrong
            await self.answering.set_right(view)
            await self._submit(self.action)
        elif not self.at_end and (pending := self._pending(view)):
            await self.answering.answer(pending)
        else:
            await self._end(view)

    async def _turn(self, turn: Turn) -> None:
        if turn.way is Way.BACK:
            await self._back()
        elif turn.way is Way.ACTIONS:
            self.at_end = True
        elif turn.way is Way.AGAIN:
            self.arrived = False
        elif turn.way is Way.ACT:
            await self._submit(turn.what)
        else:
            raise turn

    # --- the questions

    @cached_property
    def answering(self) -> Answering:
        """The questions of the step; their modules wait for the first step that has some."""
        from espace_tui.linear.step import Answering  # noqa: PLC0415 — after the first prompt

        return Answering(self.talk)

    def _pending(self, view: View) -> Field | None:
        first, self.next = self.next, ""
        for each in view.fields:
            if each.name == first:
                return each
        return next(self._waiting(view), None)

    def _waiting(self, view: View) -> Iterator[Field]:
        asked, typed = self.talk.asked, view.typed
        left = (f for f in view.fields if not f.moot)
        return (f for f in left if f.name not in asked and not typed.get(f.name))

    def _asks(self, view: View) -> bool:
        """Tell whether a question comes before the list of what can be done."""
        return not self.at_end and bool(self.next or any(self._waiting(view)))

    # --- the end of the step

    async def _end(self, view: View) -> None:
        self.wizard.focus = ""
        everything = self.at_end or not self.talk.asked
        found = exits(self.talk, view, everything=everything)
        default = main_exit(view, found, refused=self.refused)
        straight = len(found) == 1 and not everything
        await self._take(found[0][0] if straight else await choose_exit(self.talk, found, default))

    async def _take(self, way: Exit) -> None:
        if way.kind == "answer":
            self.at_end, self.refused = True, False
            await self.answering.answer_by_name(way.name)
        elif way.kind == "modify":
            await self._modify()
        elif way.kind == "retry":
            self._after(done=bool(await patiently(self.talk, self.wizard.retry())))
        elif way.kind == "quit":
            await obey(self.talk, Question(str), Order("quit"))
        else:
            await self._submit(way.name)

    async def _modify(self) -> None:
        if (answer := await choose_answer(self.talk)) is None:
            return
        done = bool(await patiently(self.talk, self.wizard.jump(answer.step)))
        if done:
            self.wizard.focus = answer.field.name
        self._after(done=done)

    async def _submit(self, name: str) -> None:
        self.action = name
        before = dict(self.wizard.typed)
        fills = any(a.name == name and a.deed is Deed.FILL for a in self.wizard.view().actions)
        done = bool(await patiently(self.talk, self.wizard.submit(name)))
        if done and fills:
            self.at_end = False
            self.next = await self.answering.say_filled(before)
        else:
            self._after(done=done)

    def _after(self, *, done: bool) -> None:
        """Go where the wizard went, or say what stops the person here."""
        view = self.wizard.view()
        if done or view.place != self.place:
            raise Turn(Way.MOVED)
        self.at_end = not (view.problems or view.noticed)
        self.refused = view.alert is not None and not view.retry
        say_alert(self.talk, view)

    async def _back(self) -> None:
        """Go back to the field before this one; from the end, to the last that was asked."""
        names, here = [f.name for f in self.wizard.view().fields], self.wizard.focus
        before = names[: names.index(here)] if here in names else self.talk.asked
        if before:
            self.next, self.at_end = before[-1], False
        elif self.wizard.can_go_back:
            self._after(done=bool(await patiently(self.talk, self.wizard.back())))
        else:
            self.talk.error("linear.back.first")
            self.talk.gap()
