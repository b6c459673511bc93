"""What each command does. One returns True when the whole question is to be said again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey.form import Field, FieldKind
from espace_tui.journey.steps import FIRST, TERMINAL
from espace_tui.journey.view import StepLink
from espace_tui.linear.blocks import answer_rows
from espace_tui.linear.command_names import COMMANDS, fold
from espace_tui.linear.field_text import spell_out
from espace_tui.linear.prompt import Destination, Navigate, Question, ask, confirm
from espace_tui.linear.speaker import VERBOSITIES, CommandHandler, Conversation
from espace_tui.linear.waiting import wait_for


async def list_commands(talk: Conversation, _question: Question, _argument: str) -> bool:
    """Say every command and what it does."""
    talk.begin_block()
    for each in COMMANDS:
        name, about = (talk.texts(f"linear.command.{each}{part}") for part in ("", ".about"))
        talk.write(talk.texts("linear.command.line", name=name, about=about), "  ")
    talk.begin_block()
    return False


async def list_answers(talk: Conversation, _question: Question, _argument: str) -> bool:
    """Say all the answers so far, masked."""
    talk.begin_block()
    rows = list(answer_rows(talk))
    talk.say(Text("linear.answers", count=len(rows)) if rows else "linear.answers.none")
    for row in rows:
        talk.write(row, "  ")
    talk.begin_block()
    return False


async def spell(talk: Conversation, question: Question, _argument: str) -> bool:
    """Read an answer character by character: this field's, or the last one given."""
    view = talk.wizard.view()
    told = [f for f in view.fields if view.typed.get(f.name) and f.kind is FieldKind.TEXT]
    here = [f for f in told if question.field and f.name == question.field.name]
    talk.begin_block()
    for each in (here or told)[-1:]:
        talk.write(talk.texts(each.text_for("label")))
        for line in spell_out(each.groups(view.typed[each.name]), talk.texts):
            talk.write(line, "  ")
    if not told:
        talk.say("linear.spell.nothing")
    talk.begin_block()
    return False


async def show_secrets(talk: Conversation, _question: Question, _argument: str) -> bool:
    """Show the secrets of this step, each once."""
    view, fresh = talk.wizard.view(), secrets_to_show(talk)
    talk.begin_block()
    for each in fresh:
        talk.shown_secrets.add((view.step_name, each.name))
        label, value = talk.texts(each.text_for("label")), view.typed[each.name]
        talk.say("linear.fact", label=label, value=value)
        for line in spell_out(each.groups(value), talk.texts) if talk.speech.full else ():
            talk.write(line, "  ")
    if not fresh:
        talk.say("linear.show.nothing")
    talk.begin_block()
    return False


def secrets_to_show(talk: Conversation) -> list[Field]:
    """Return the secrets of this step that were typed and not shown since."""
    view = talk.wizard.view()
    secrets = [f for f in view.fields if f.kind is FieldKind.SECRET and view.typed.get(f.name)]
    return [f for f in secrets if (view.step_name, f.name) not in talk.shown_secrets]


async def choose_step(talk: Conversation, _question: Question, _argument: str) -> bool:
    """List the steps and jump to the one that is chosen; an empty line stays."""
    stops = numbered_steps(talk)
    if not stops:
        talk.say_block("linear.steps.none")
        return False
    try:
        await _jump(talk, stops)
    except Navigate as turn:
        if turn.destination is not Destination.BACK:
            raise
    return True


def numbered_steps(talk: Conversation) -> tuple[StepLink, ...]:
    """Return the numbered steps, once they are known."""
    return () if talk.wizard.step.early else talk.wizard.step_links()


async def _jump(talk: Conversation, stops: Sequence[StepLink]) -> None:
    question = Question(
        lambda: talk.texts("linear.steps.prompt"),
        partial(_list_steps, talk, stops),
        partial(talk.say, "linear.help.choice"),
    )
    while word := (await ask(talk, question)).strip():
        stop = next((each for each in stops if str(each.number) == word), None)
        if stop is None:
            talk.say_error("linear.steps.wrong", count=len(stops))
        elif stop.current:
            return
        elif await wait_for(talk, talk.wizard.jump(stop.step)) or talk.wizard.view().alert:
            raise Navigate(Destination.MOVED)
        else:
            talk.say_error("linear.steps.closed")
        talk.begin_block()
        question = Question(question.prompt)


def _list_steps(talk: Conversation, stops: Sequence[StepLink]) -> None:
    talk.begin_block()
    for stop in stops:
        state = "here" if stop.current else "open" if stop.reachable else "later"
        title = talk.texts(f"step.{stop.step}.title")
        talk.write(talk.texts(f"linear.steps.{state}", number=stop.number, title=title), "   ")


async def quit_wizard(talk: Conversation, _question: Question, _argument: str) -> bool:
    """Leave because the person says so; only an open space makes it worth a question."""
    if not talk.wizard.signed_in or await confirm(talk, Text("linear.leave.signed-in")):
        raise Navigate(Destination.LEAVE, "done" if is_complete(talk) else "quit")
    talk.begin_block()
    return True


async def interrupt(talk: Conversation, _question: Question, _argument: str) -> bool:
    """Ask whether Ctrl+C meant to leave; at that question, it does."""
    if talk.confirming_quit:
        raise Navigate(Destination.LEAVE, "quit")
    talk.confirming_quit = True
    talk.begin_block()
    sure = await confirm(talk, Text("linear.leave.interrupted"))
    talk.confirming_quit = False
    if sure:
        raise Navigate(Destination.LEAVE, "quit")
    talk.say_block("linear.leave.stayed")
    return True


def is_complete(talk: Conversation) -> bool:
    """Tell whether something was brought to its end and nothing was begun since."""
    return talk.wizard.step_name in TERMINAL and (talk.completed or talk.wizard.step_name != FIRST)


def end_of_input(talk: Conversation) -> str:
    """Return the outcome of the end of the input, and say what becomes of the present step."""
    if is_complete(talk):
        return "done"
    talk.begin_block()
    talk.say_error("linear.leave.ended")
    return "ended"


async def go_back(_talk: Conversation, _question: Question, _argument: str) -> bool:
    """Go back to the question before."""
    raise Navigate(Destination.BACK)


async def go_to_actions(_talk: Conversation, _question: Question, _argument: str) -> bool:
    """Go to what can be done at this step."""
    raise Navigate(Destination.ACTIONS)


async def show_help(talk: Conversation, question: Question, _argument: str) -> bool:
    """Help with the present question."""
    talk.begin_block()
    question.help()
    talk.say("linear.help.more")
    talk.begin_block()
    return False


async def repeat(_talk: Conversation, question: Question, _argument: str) -> bool:
    """Say the question again; at the end of a step, all that there is to read there."""
    if question.at_end:
        raise Navigate(Destination.REPEAT)
    return True


async def clear_fields(talk: Conversation, _question: Question, _argument: str) -> bool:
    """Empty the fields of this step, if the person is sure."""
    if await confirm(talk, Text("linear.clear.sure")):
        talk.wizard.clear_fields()
        talk.wizard.focus = ""
        talk.say_block("linear.clear.done")
        raise Navigate(Destination.MOVED)
    talk.begin_block()
    return True


async def switch_to_full_screen(talk: Conversation, _question: Question, _argument: str) -> bool:
    """Go on in the full screen, at the same field."""
    if talk.console.full_screen:
        raise Navigate(Destination.LEAVE, "visual")
    talk.say_error("linear.visual.not-here")
    talk.begin_block()
    return False


async def set_language(talk: Conversation, _question: Question, argument: str) -> bool:
    """Change the language; everything is kept."""
    wanted = fold(argument)
    known = [each for each in LANGUAGES if wanted in {each, fold(Texts(each)("language.name"))}]
    if known:
        talk.texts.language = known[0]
        raise Navigate(Destination.MOVED)
    talk.say_error("linear.language.which")
    talk.begin_block()
    return False


def set_verbosity(level: str) -> CommandHandler:
    """Return the command that sets how much is said."""

    async def change(talk: Conversation, _question: Question, _argument: str) -> bool:
        talk.speech.verbosity = level
        talk.say_block(f"linear.verbosity.{level}")
        return True

    return change


HANDLERS: Mapping[str, CommandHandler] = {
    "back": go_back,
    "help": show_help,
    "repeat": repeat,
    "actions": go_to_actions,
    "steps": choose_step,
    "all": list_answers,
    "clear": clear_fields,
    "spell": spell,
    "show": show_secrets,
    "visual": switch_to_full_screen,
    "quit": quit_wizard,
    "language": set_language,
    "commands": list_commands,
    "interrupted": interrupt,
    **{level: set_verbosity(level) for level in VERBOSITIES},
}
"""The commands by their names; ``interrupted`` is Ctrl+C at a prompt."""
