"""Plays a walk on the linear face: it reads what was said, and answers as a person would.

It goes by the numbered list of a step (« :actions »), so that each move of the script is one
answer; what stands in the list is read from the transcript, never from the wizard.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from typing_extensions import override

from espace_tui.i18n import Texts
from espace_tui.journey.form import YES, FieldKind
from espace_tui.journey.wizard import Wizard
from espace_tui.linear import Speaker, run
from espace_tui.linear.speaker import group_numbers
from tests.linear.scripted_console import ScriptedConsole
from tests.walks.plain import outcome, resolve
from tests.walks.script import (
    Back,
    Do,
    Expect,
    Fill,
    Jump,
    Move,
    Press,
    Wait,
    Walk,
)
from tests.walks.worlds import World

OPTION = re.compile(r"^(\d+)\. (.*(?:\n   .*)*)$", re.MULTILINE)


class Player(ScriptedConsole):
    """A console that answers what the script says."""

    def __init__(self, walk: Walk, world: World, wizard: Wizard) -> None:
        super().__init__()
        self._moves = list(walk.moves)
        self._world = world
        self._wizard = wizard
        self._texts = Texts()
        self._mark = 0
        self._turn: Iterator[str] = iter(())
        self._asked = ""

    @override
    def _answer(self) -> str:
        asked, self._mark = "\n".join(self.lines[self._mark :]), len(self.lines)
        self._asked = asked
        while (line := next(self._turn, None)) is None:
            self._turn = self._play(self._next())
        return line

    def _next(self) -> Move:
        while self._moves:
            move = self._moves.pop(0)
            if isinstance(move, Expect):
                assert outcome(self._wizard) == move
                self._check_words()
            elif isinstance(move, Wait):
                self._world.clock.move(seconds=move.seconds)
            else:
                return move
        raise EOFError

    def _check_words(self) -> None:
        """What stops the person was said in the words of every face."""
        view = self._wizard.view()
        words = [self._texts(f"error.{each.code}", **each.values) for each in view.problems]
        words += [self._texts(each) for each in (view.alert, view.notice) if each]
        words += [self._texts(each.advice.text) for each in view.advice]
        heard = " ".join(self._asked.split())
        said = [" ".join(group_numbers(each).split()) for each in words]
        assert [each for each in said if each not in heard] == []

    def _play(self, move: Move) -> Iterator[str]:
        match move:
            case Fill(field, value):
                yield from self._to_the_list()
                yield from self._fill(field, resolve(value, self._world.collect()))
            case Do(action):
                yield from self._to_the_list()
                yield self._number(self._texts(f"action.{action}"))
            case Back():
                step_name = self._wizard.step_name
                while self._wizard.step_name == step_name:
                    yield "<"
            case Jump(step):
                yield ":etapes"
                yield self._number(self._texts(f"step.{step}.title"))
            case Press(_, line):
                yield from line.split("\n")

    def _to_the_list(self) -> Iterator[str]:
        if self._listed():
            return
        if self.secret:
            yield ""
            yield self._number(self._texts("linear.command.actions.about"))
        else:
            yield ":actions"

    def _listed(self) -> bool:
        """Whether the person is at the end of the step, everything in sight."""
        view = self._wizard.view()
        only = len(view.actions) == 1 and not view.fields and view.can_go_back
        again = not view.fields or self._texts("linear.answer-again", answer="") in self._asked
        return not self._wizard.focus and (again or only)

    def _number(self, words: str) -> str:
        asked = self._asked
        options = {" ".join(text.split()): number for number, text in OPTION.findall(asked)}
        words = " ".join(words.split())
        found: list[str] = [n for text, n in options.items() if text.startswith(words)]
        if not options and words in " ".join(asked.split()):
            return ""
        assert found, f"{words!r} is not offered:\n{asked}"
        return found[0]

    def _fill(self, name: str, value: str) -> Iterator[str]:
        fields = {field.name: field for field in self._wizard.view().fields}
        field = fields[name]
        short = field.text_for("review")
        shown = short if self._texts.has(short.id) else field.text_for("label")
        label = self._texts(shown).rstrip(" ?\u00a0\u202f")
        yield self._number(self._texts("linear.answer-again", answer=label))
        if field.kind is FieldKind.CHOICE:
            yield str(field.choices.index(value) + 1)
        elif field.kind is FieldKind.CHECKBOX:
            yield self._texts("linear.yes" if value == YES else "linear.no")
        else:
            yield value

    async def walk(self, language: str = "fr", *, easy: bool = False) -> str:
        """Play the walk; every `At` must be so."""
        self._texts.language, self._texts.easy = language, easy
        return await run(self._wizard, Speaker(self, self._texts))
