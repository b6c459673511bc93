"""One visit of a step: its questions, what stops it, what can be done at its end.

What comes next is the wizard's business; which question comes next is read from the view: the
fields in order, those that hold no answer yet, beginning where the person was.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from espace_tui.form import Deed, Field
from espace_tui.linear.arrival import announce, say_alert
from espace_tui.linear.asking import obey
from espace_tui.linear.commands import Order
from espace_tui.linear.ending import Exit, choose_answer, choose_exit, exits, main_exit
from espace_tui.linear.question import Question, Turn, Way
from espace_tui.linear.talk import Talk
from espace_tui.linear.waiting import patiently
from espace_tui.view import View

if TYPE_CHECKING:
    from espace_tui.linear.answering import Answering


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
        from espace_tui.linear.answering import Answering  # noqa: PLC0415 — after the first prompt

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
