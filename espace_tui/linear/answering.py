"""Asking the fields of a step: one after the other, again when one is wrong or deserves a look."""

from __future__ import annotations

from collections.abc import Mapping

from espace_tui.errors import Problem
from espace_tui.form import Field
from espace_tui.linear.asked import Asked
from espace_tui.linear.field_words import say_worth
from espace_tui.linear.filling import say_filled
from espace_tui.linear.kinds import ASK
from espace_tui.linear.probing import probe
from espace_tui.linear.problems import choose_problem, noticed_by_field, second_look
from espace_tui.linear.talk import Talk
from espace_tui.view import View


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
