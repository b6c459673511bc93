"""What each command does. One returns True when the whole question is to be said again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey.form import Field, Kind
from espace_tui.journey.steps import ENDS, FIRST
from espace_tui.journey.view import Stop
from espace_tui.linear.blocks import answers
from espace_tui.linear.command_names import COMMANDS, folded
from espace_tui.linear.field_text import spelled
from espace_tui.linear.prompt import Question, Turn, Way, ask, confirm
from espace_tui.linear.speaker import VERBOSITIES, Obey, Talk
from espace_tui.linear.waiting import patiently


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


async def steps(talk: Talk, _question: Question, _argument: str) -> bool:
    """List the steps and jump to the one that is chosen; an empty line stays."""
    stops = numbered(talk)
    if not stops:
        talk.block("linear.steps.none")
        return False
    try:
        await _choose(talk, stops)
    except Turn as turn:
        if turn.way is not Way.BACK:
            raise
    return True


def numbered(talk: Talk) -> tuple[Stop, ...]:
    """Return the numbered steps, once they are known."""
    return () if talk.wizard.step.early else talk.wizard.stops()


async def _choose(talk: Talk, stops: Sequence[Stop]) -> None:
    question = Question(
        lambda: talk.texts("linear.steps.prompt"),
        partial(_list, talk, stops),
        partial(talk.line, "linear.help.choice"),
    )
    while word := (await ask(talk, question)).strip():
        stop = next((each for each in stops if str(each.number) == word), None)
        if stop is None:
            talk.error("linear.steps.wrong", count=len(stops))
        elif stop.here:
            return
        elif await patiently(talk, talk.wizard.jump(stop.step)) or talk.wizard.view().alert:
            raise Turn(Way.MOVED)
        else:
            talk.error("linear.steps.closed")
        talk.gap()
        question = Question(question.prompt)


def _list(talk: Talk, stops: Sequence[Stop]) -> None:
    talk.gap()
    for stop in stops:
        state = "here" if stop.here else "open" if stop.open else "later"
        title = talk.texts(f"step.{stop.step}.title")
        talk.words(talk.texts(f"linear.steps.{state}", number=stop.number, title=title), "   ")


async def leave(talk: Talk, _question: Question, _argument: str) -> bool:
    """Leave because the person says so; only an open space makes it worth a question."""
    if not talk.wizard.signed_in or await confirm(talk, Text("linear.leave.signed-in")):
        raise Turn(Way.LEAVE, "done" if at_an_end(talk) else "quit")
    talk.gap()
    return True


async def interrupted(talk: Talk, _question: Question, _argument: str) -> bool:
    """Ask whether Ctrl+C meant to leave; at that question, it does."""
    if talk.leaving:
        raise Turn(Way.LEAVE, "quit")
    talk.leaving = True
    talk.gap()
    sure = await confirm(talk, Text("linear.leave.interrupted"))
    talk.leaving = False
    if sure:
        raise Turn(Way.LEAVE, "quit")
    talk.block("linear.leave.stayed")
    return True


def at_an_end(talk: Talk) -> bool:
    """Tell whether something was brought to its end and nothing was begun since."""
    return talk.wizard.place in ENDS and (talk.finished or talk.wizard.place != FIRST)


def ended(talk: Talk) -> str:
    """Return the outcome of the end of the input, and say what becomes of the present step."""
    if at_an_end(talk):
        return "done"
    talk.gap()
    talk.error("linear.leave.ended")
    return "ended"


async def back(_talk: Talk, _question: Question, _argument: str) -> bool:
    """Go back to the question before."""
    raise Turn(Way.BACK)


async def actions(_talk: Talk, _question: Question, _argument: str) -> bool:
    """Go to what can be done at this step."""
    raise Turn(Way.ACTIONS)


async def assist(talk: Talk, question: Question, _argument: str) -> bool:
    """Help with the present question."""
    talk.gap()
    question.help()
    talk.line("linear.help.more")
    talk.gap()
    return False


async def repeat(_talk: Talk, question: Question, _argument: str) -> bool:
    """Say the question again; at the end of a step, all that there is to read there."""
    if question.ends:
        raise Turn(Way.AGAIN)
    return True


async def clear(talk: Talk, _question: Question, _argument: str) -> bool:
    """Empty the fields of this step, if the person is sure."""
    if await confirm(talk, Text("linear.clear.sure")):
        talk.wizard.erase()
        talk.wizard.focus = ""
        talk.block("linear.clear.done")
        raise Turn(Way.MOVED)
    talk.gap()
    return True


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
