"""What each command does. One returns True when the whole question is to be said again."""

from __future__ import annotations

from collections.abc import Mapping

from espace_tui.form import Field, Kind
from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.linear.commands import COMMANDS, folded
from espace_tui.linear.field_words import said_answer
from espace_tui.linear.leaving import interrupted, leave
from espace_tui.linear.manner import VERBOSITIES
from espace_tui.linear.menu import confirm
from espace_tui.linear.question import Question, Turn, Way
from espace_tui.linear.spelling import spelled
from espace_tui.linear.stops import steps
from espace_tui.linear.talk import Obey, Talk


async def back(_talk: Talk, _question: Question, _argument: str) -> bool:
    """Go back to the question before."""
    raise Turn(Way.BACK)


async def actions(_talk: Talk, _question: Question, _argument: str) -> bool:
    """Go to what can be done at this step."""
    raise Turn(Way.ACTIONS)


async def assist(talk: Talk, question: Question, argument: str) -> bool:
    """Help with the present question."""
    question.help()
    if question.field is None:
        return await commands(talk, question, argument)
    talk.line("linear.help.more")
    talk.gap()
    return False


async def repeat(_talk: Talk, _question: Question, _argument: str) -> bool:
    """Say the question again."""
    return True


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


def answers(talk: Talk) -> list[str]:
    """Return the answers of the numbered steps, and those of the present one if it is not."""
    wizard, view = talk.wizard, talk.wizard.view()
    found = [(each.field, each.clear) for each in wizard.answers()] if not wizard.step.early else []
    if not view.number:
        found += [(f, view.typed[f.name]) for f in view.fields if view.typed.get(f.name)]
    return [answer_row(talk, each, text) for each, text in found]


def answer_row(talk: Talk, each: Field, text: str) -> str:
    """Return one answer with the name of its field."""
    label = talk.texts(each.say("label"))
    shown = said_answer(talk, each, text) or talk.texts("linear.no-answer")
    return talk.texts("linear.fact", label=label.rstrip(" ?\u00a0\u202f"), value=shown)


async def clear(talk: Talk, _question: Question, _argument: str) -> bool:
    """Empty the fields of this step, if the person is sure."""
    if await confirm(talk, Text("linear.clear.sure")):
        talk.wizard.erase()
        talk.wizard.focus = ""
        talk.block("linear.clear.done")
        raise Turn(Way.MOVED)
    talk.gap()
    return True


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
    view = talk.wizard.view()
    secrets = [f for f in view.fields if f.kind is Kind.SECRET and view.typed.get(f.name)]
    fresh = [f for f in secrets if (view.place, f.name) not in talk.shown]
    talk.gap()
    for each in fresh:
        talk.shown.add((view.place, each.name))
        label, value = talk.texts(each.say("label")), view.typed[each.name]
        talk.line("linear.fact", label=label, value=value)
        for line in spelled(each.groups(value), talk.texts) if talk.manner.full else ():
            talk.words(line, "  ")
    if not fresh:
        talk.line("linear.show.again" if secrets else "linear.show.nothing")
    talk.gap()
    return False


async def visual(talk: Talk, _question: Question, _argument: str) -> bool:
    """Go on in the full screen, at the same field."""
    if talk.console.full_screen:
        raise Turn(Way.LEAVE, "visual")
    talk.error("linear.visual.not-here")
    talk.gap()
    return False


async def language(talk: Talk, _question: Question, argument: str) -> bool:
    """Change the language; everything is kept."""
    wanted = folded(argument)
    known = [each for each in LANGUAGES if wanted in {each, folded(Texts(each)("language.name"))}]
    if known:
        talk.texts.language = known[0]
        raise Turn(Way.MOVED)
    talk.error("linear.language.which")
    talk.gap()
    return False


def verbosity(level: str) -> Obey:
    """Return the command that sets how much is said."""

    async def change(talk: Talk, _question: Question, _argument: str) -> bool:
        talk.manner.verbosity = level
        talk.block(f"linear.verbosity.{level}")
        return True

    return change


ORDERS: Mapping[str, Obey] = {
    "back": back,
    "help": assist,
    "repeat": repeat,
    "actions": actions,
    "steps": steps,
    "all": all_answers,
    "clear": clear,
    "spell": spell,
    "show": show,
    "visual": visual,
    "quit": leave,
    "language": language,
    "commands": commands,
    "interrupted": interrupted,
    **{level: verbosity(level) for level in VERBOSITIES},
}
"""The commands by their names; ``interrupted`` is Ctrl+C at a prompt."""
