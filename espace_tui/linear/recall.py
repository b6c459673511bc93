"""The commands that only say something: the commands, the answers, an answer letter by letter."""

from __future__ import annotations

from espace_tui.form import Field, Kind
from espace_tui.i18n import Text
from espace_tui.linear.blocks import answers
from espace_tui.linear.commands import COMMANDS
from espace_tui.linear.question import Question
from espace_tui.linear.spelling import spelled
from espace_tui.linear.talk import Talk


async def commands(talk: Talk, _question: Question, _argument: str) -> bool:
    """Say every command and what it does."""
    talk.gap()
    for each in COMMANDS:
        name, about = (talk.texts(f"linear.command.{each}{part}") for part in ("", ".about"))
        talk.words(talk.texts("linear.command.line", name=name, about=about), "  ")
    talk.gap()
    return False


async def all_answers(talk: Talk, _question: Question, _argument: str) -> bool:
    """Say all the answers so far, masked."""
    talk.gap()
    rows = list(answers(talk))
    talk.line(Text("linear.answers", count=len(rows)) if rows else "linear.answers.none")
    for row in rows:
        talk.words(row, "  ")
    talk.gap()
    return False


async def spell(talk: Talk, question: Question, _argument: str) -> bool:
    """Read an answer character by character: this field's, or the last one given."""
    view = talk.wizard.view()
    told = [f for f in view.fields if view.typed.get(f.name) and f.kind is Kind.TEXT]
    here = [f for f in told if question.field and f.name == question.field.name]
    talk.gap()
    for each in (here or told)[-1:]:
        talk.words(talk.texts(each.say("label")))
        for line in spelled(each.groups(view.typed[each.name]), talk.texts):
            talk.words(line, "  ")
    if not told:
        talk.line("linear.spell.nothing")
    talk.gap()
    return False


async def show(talk: Talk, _question: Question, _argument: str) -> bool:
    """Show the secrets of this step, each once."""
    view, fresh = talk.wizard.view(), unshown(talk)
    talk.gap()
    for each in fresh:
        talk.shown.add((view.place, each.name))
        label, value = talk.texts(each.say("label")), view.typed[each.name]
        talk.line("linear.fact", label=label, value=value)
        for line in spelled(each.groups(value), talk.texts) if talk.manner.full else ():
            talk.words(line, "  ")
    if not fresh:
        talk.line("linear.show.nothing")
    talk.gap()
    return False


def unshown(talk: Talk) -> list[Field]:
    """Return the secrets of this step that were typed and not shown since."""
    view = talk.wizard.view()
    secrets = [f for f in view.fields if f.kind is Kind.SECRET and view.typed.get(f.name)]
    return [f for f in secrets if (view.place, f.name) not in talk.shown]
