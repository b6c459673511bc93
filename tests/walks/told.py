"""What a wizard tells along a walk, step by step, as text; kept in `locale/fr`.

When it changes on purpose: ``python -m tests.walks.retell``, and read the diff.

It is read in French, with what no words tell beside it: where an action leads, how a field is
answered. A step that tells what it told before, in the same walk, is named only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from espace_tui.i18n import Text, Texts
from espace_tui.journey.form import (
    Action,
    AllAnswers,
    Block,
    Bullets,
    Facts,
    Field,
    MessageList,
    Numbers,
    Paragraph,
    SiteAddress,
)
from espace_tui.journey.view import View
from espace_tui.journey.wizard import Wizard
from tests.walks.script import Fill, Move, Press

FILES = Path(__file__).parent / "locale" / "fr"
CHANCE = {"code", "one_time_code", "password", "confirmation"}
"""The fields whose answers chance decides, or nobody should read."""
TEXTS = Texts("fr")


class Told:
    """Writes down what is done and what a wizard tells then."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._before: dict[str, list[str]] = {}
        self._answered: list[str] = []

    def hear(self, wizard: Wizard, move: Move | None = None) -> None:
        """Write a move down, and what comes of it; an answer is told with the others."""
        if move is not None:
            self.lines.append(f"* {_done(move)}")
        if isinstance(move, Fill):
            return
        lines, name = list(_told(wizard)), wizard.step_name
        same = self._before.get(name) == lines
        self._before[name] = lines
        self.lines += ["", f"{name} (as before)"] if same else ["", *lines]
        answered = list(_answers(wizard))
        self.lines += [line for line in answered if line not in self._answered]
        self._answered = answered

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines).lstrip() + "\n"


def _done(move: Move) -> str:
    if isinstance(move, Press):
        return f"Press({move.line!r})"
    if isinstance(move, Fill) and (move.field in CHANCE or callable(move.value)):
        move = replace(move, value="…")
    return str(move)


def _told(wizard: Wizard) -> Iterator[str]:
    view = wizard.view()
    yield _heading(wizard, view)
    said = (view.lead if TEXTS.has(view.lead.id) else None, view.alert, view.notice)
    yield from (f"  {_words(each)}" for each in said if each)
    for block in view.blocks:
        yield from (f"  {line}" for line in _block(block))
    for field in view.fields:
        yield from (f"  {line}" for line in _field(field, view.typed.get(field.name, "")))
        yield from (f"      !! {each}" for each in _remarks(field.name, view))
    yield from (f"  > {_action(action)}" for action in view.actions)
    yield from (f"  > received: {_action(action)}" for action in view.received)


def _answers(wizard: Wizard) -> Iterator[str]:
    for row in wizard.answers():
        if row.field.name not in CHANCE:
            yield f"  = {row.step} {row.field.name}: {row.shown}"


def _heading(wizard: Wizard, view: View) -> str:
    place = f" {view.number}/{view.total}" if view.number else ""
    following = f", then {_words(view.next_title)}" if view.next_title else ""
    marks = {
        "early": wizard.step.early,
        "back": view.can_go_back,
        "own exit": wizard.step.own_exit,
        "finished": wizard.finished,
    }
    known = ", ".join(mark for mark, holds in marks.items() if holds)
    return f"{view.step_name}{place}: {_words(view.title)}{following} [{known}]"


def _remarks(field: str, view: View) -> Iterator[str]:
    for problem in view.problems:
        if problem.field == field:
            yield _words(Text(f"error.{problem.code}", problem.values))
    for noticed in view.advice:
        if noticed.field == field:
            yield _words(noticed.advice.text)


def _words(text: Text | str) -> str:
    return text if isinstance(text, str) else TEXTS(text).replace("\n", " / ")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text, strong):
            yield f"{'! ' if strong else ''}{_words(text)}"
        case Bullets(texts):
            yield from (f"- {_words(text)}" for text in texts)
        case Facts(rows):
            yield from (f"{_words(label)} = {_words(what)}" for label, what in rows)
        case Numbers(rows):
            yield from (f"{_words(label)} = {' '.join(groups)}" for label, groups in rows)
        case MessageList(messages, brief):
            yield f"{len(messages)} messages{', brief' if brief else ''}"
        case AllAnswers():
            yield "all answers"
        case SiteAddress(shown, url):
            yield f"{shown} ({url})"


def _field(field: Field, typed: str) -> Iterator[str]:
    answer = "…" if typed and field.name in CHANCE else typed.replace("\n", " / ")
    yield f"? {field.name}: {_words(field.text_for('label'))} {_marks(field)}: {answer}"
    for part in ("hint", "example"):
        if TEXTS.has(field.text_for(part).id):
            yield f"    {_words(field.text_for(part))}"
    for choice in field.choices:
        about = field.choice_about(choice)
        besides = f" – {_words(about)}" if TEXTS.has(about.id) else ""
        yield f"    {choice}: {_words(field.choice_text(choice))}{besides}"


def _action(action: Action) -> str:
    return f"{action.name}: {_words(Text(f'action.{action.name}'))} {_marks(action)}"


def _marks(what: Field | Action) -> str:
    """Return what is set of a field or an action, other than words and functions."""
    usual = what._field_defaults
    marks = [
        f"{name}={getattr(value, 'name', value)}".lower().removesuffix("=true")
        for name, value in what._asdict().items()
        if name not in {"name", "choices", "values", "choice_texts", "fills"}
        and not (callable(value) or value == usual.get(name))
    ]
    return f"[{', '.join(marks)}]"


def path(name: str) -> Path:
    """Return where what a walk tells is kept."""
    return FILES / f"{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}.txt"
