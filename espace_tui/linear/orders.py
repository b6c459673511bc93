"""What each command does. One returns True when the whole question is to be said again."""

from __future__ import annotations

from collections.abc import Mapping

from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.linear.commands import folded
from espace_tui.linear.leaving import interrupted, leave
from espace_tui.linear.manner import VERBOSITIES
from espace_tui.linear.menu import confirm
from espace_tui.linear.question import Question, Turn, Way
from espace_tui.linear.recall import all_answers, commands, show, spell
from espace_tui.linear.stops import steps
from espace_tui.linear.talk import Obey, Talk


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
