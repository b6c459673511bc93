"""One visit of a step: its questions, what stops it, what can be done at its end.

What comes next is the wizard's business; which question comes next is read from the view: the
fields in order, those that hold no answer yet, beginning where the person was.
"""

from __future__ import annotations

from espace_tui.errors import Problem
from espace_tui.form import Deed, Field
from espace_tui.linear.arrival import announce, say_alert
from espace_tui.linear.asked import Asked
from espace_tui.linear.ending import Exit, choose_answer, choose_exit, exits, main_exit
from espace_tui.linear.field_words import say_worth
from espace_tui.linear.filling import say_filled
from espace_tui.linear.kinds import ASK
from espace_tui.linear.probing import probe
from espace_tui.linear.problems import choose_problem, noticed_by_field, say_problem, second_look
from espace_tui.linear.question import Question, Turn, Way
from espace_tui.linear.talk import Talk
from espace_tui.linear.waiting import patiently
from espace_tui.view import View


class Visit:
    """A visit, from the arrival at a step to what leads away from it (`Turn`).

    `asked` are the fields asked so far, `next` one to ask before the others, `told` the problems
    or advice already dealt with, `action` what was submitted last.
    """

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.wizard = talk.wizard
        self.place = talk.wizard.place
        self.asked: list[str] = []
        self.next = talk.wizard.focus
        self.at_end = False
        self.told: tuple[object, ...] = ()
        self.action = ""
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
            await announce(self.talk, view)
        elif view.problems and view.problems is not self.told:
            await self._correct(view)
        elif view.noticed and view.noticed is not self.told:
            await self._look_again(view)
        elif not self.at_end and (pending := self._pending(view)):
            await self._answer(pending)
        else:
            await self._end(view)

    async def _turn(self, turn: Turn) -> None:
        if turn.way is Way.BACK:
            await self._back()
        elif turn.way is Way.ACTIONS:
            self.at_end = True
        elif turn.way is Way.ACT:
            await self._submit(turn.what)
        else:
            raise turn

    # --- the questions

    def _pending(self, view: View) -> Field | None:
        first, self.next = self.next, ""
        for each in view.fields:
            if each.name == first:
                return each
        waiting = (
            f for f in view.fields if f.name not in self.asked and not view.typed.get(f.name)
        )
        return next(waiting, None)

    async def _answer(self, each: Field, *, brief: bool = False) -> None:
        view = self.wizard.view()
        self.wizard.focus = each.name
        number = [f.name for f in view.fields].index(each.name) + 1
        kept = view.typed.get(each.name, "")
        text = await ASK[each.kind](self.talk, Asked(each, number, len(view.fields), kept, brief))
        self.wizard.note(each.name, text)
        if each.name not in self.asked:
            self.asked.append(each.name)
        self.talk.go_on()
        say_worth(self.talk, each, text)
        answer = await probe(self.talk, each, text)
        self.talk.gap()
        if answer is None:
            await self._answer(each, brief=True)
        else:
            self.wizard.note(each.name, answer)

    async def _answer_by_name(self, name: str, *, brief: bool = False) -> None:
        for each in self.wizard.view().fields:
            if each.name == name:
                await self._answer(each, brief=brief)

    # --- what stops the step

    async def _correct(self, view: View) -> None:
        self.told = view.problems
        left: list[Problem] = list(view.problems)
        while left:
            problem = left[0] if len(left) == 1 else await choose_problem(self.talk, left)
            left.remove(problem)
            say_problem(self.talk, problem)
            await self._answer_by_name(problem.field, brief=True)
        await self._submit(self.action)

    async def _look_again(self, view: View) -> None:
        self.told = view.noticed
        fields = {each.name: each for each in view.fields}
        for name, found in noticed_by_field(view.noticed).items():
            answer = await second_look(self.talk, fields[name], found)
            if answer is None:
                await self._answer_by_name(name, brief=True)
            else:
                self.wizard.note(name, answer)
        await self._submit(self.action)

    # --- the end of the step

    async def _end(self, view: View) -> None:
        self.wizard.focus = ""
        everything = self.at_end or not self.asked
        found = exits(self.talk, view, everything=everything)
        straight = len(found) == 1 and not everything
        await self._take(
            found[0][0] if straight else await choose_exit(self.talk, found, main_exit(view))
        )

    async def _take(self, way: Exit) -> None:
        if way.kind == "answer":
            self.at_end = True
            await self._answer_by_name(way.name)
        elif way.kind == "modify":
            await self._modify()
        elif way.kind == "retry":
            self._after(done=bool(await patiently(self.talk, self.wizard.retry())))
        elif way.kind == "quit":
            await self.talk.orders["quit"](self.talk, Question(str), "")
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
            self.next = await say_filled(self.talk, before)
        else:
            self._after(done=done)

    def _after(self, *, done: bool) -> None:
        """Go where the wizard went, or say what stops the person here."""
        view = self.wizard.view()
        if done or view.place != self.place:
            raise Turn(Way.MOVED)
        self.at_end = not (view.problems or view.noticed)
        say_alert(self.talk, view)

    async def _back(self) -> None:
        """Go back to the field before this one; from the end, to the last that was asked."""
        names, here = [f.name for f in self.wizard.view().fields], self.wizard.focus
        before = names[: names.index(here)] if here in names else self.asked
        if before:
            self.next, self.at_end = before[-1], False
        elif self.wizard.can_go_back:
            self._after(done=bool(await patiently(self.talk, self.wizard.back())))
        else:
            self.talk.error("linear.back.first")
            self.talk.gap()
