"""What each command does; `HANDLERS` has them by name.

A handler is given the conversation, the question at whose prompt the command was typed, and the
argument of the command. It returns whether the whole question must be said again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey.context import MAGNIFIER
from espace_tui.journey.form import AllAnswers, Field, FieldKind
from espace_tui.journey.view import Answer, StepLink
from espace_tui.journey.wizard import Wizard
from espace_tui.linear.actions import choose_answer
from espace_tui.linear.blocks import answer_rows
from espace_tui.linear.command_names import COMMANDS, fold
from espace_tui.linear.counter_commands import COUNTER_HANDLERS, may_be_read
from espace_tui.linear.field_text import answer_text, spell
from espace_tui.linear.prompt import (
    CommandHandler,
    Conversation,
    Destination,
    Navigate,
    Option,
    Question,
    WrongAnswerError,
    parse_option,
    say_nothing,
)
from espace_tui.linear.speaker import Speaker
from espace_tui.linear.waiting import wait_for
from espace_tui.local.settings.fields import VERBOSITIES

# --- commands that only say something


async def list_commands(conversation: Conversation, _question: Question, _argument: str) -> bool:
    """Say every command and what it does."""
    speaker = conversation.speaker
    texts = speaker.texts
    speaker.begin_block()
    speaker.say("linear.command.how")
    at_counter = speaker.masks is not None
    for command in (each for each in COMMANDS if at_counter or each not in COUNTER_HANDLERS):
        name, about = (texts(f"linear.command.{command}{part}") for part in ("", ".about"))
        speaker.write(texts("linear.command.line", name=name, about=about), "  ")
    speaker.begin_block()
    return False


async def show_help(conversation: Conversation, question: Question, _argument: str) -> bool:
    """Say how to answer this question."""
    speaker = conversation.speaker
    speaker.begin_block()
    question.help()
    speaker.say("linear.help.more")
    speaker.begin_block()
    return False


async def list_answers(conversation: Conversation, _question: Question, _argument: str) -> bool:
    """Say all the answers so far, masked."""
    speaker = conversation.speaker
    rows = answer_rows(speaker, conversation.wizard)
    speaker.begin_block()
    speaker.say(Text("linear.answers", count=len(rows)) if rows else "linear.answers.none")
    for row in rows:
        speaker.write(row, "  ")
    speaker.begin_block()
    return False


async def spell_answer(conversation: Conversation, question: Question, argument: str) -> bool:
    """Spell an answer out: this field's, the last one given at this step, any at the review."""
    speaker, view = conversation.speaker, conversation.wizard.view()
    if not await may_be_read(conversation):
        return True
    conversation.wizard.context.on_use(MAGNIFIER)
    if reviews(conversation):
        answer = await _pick_answer(conversation, argument)
        if answer and _may_show(speaker, answer.field):
            speaker.say(answer.field.text_for("label"))
            _spell(speaker, answer.field, answer.clear)
            speaker.begin_block()
        return True
    answered = [f for f in view.fields if view.typed.get(f.name) and f.kind is FieldKind.TEXT]
    asked = [f for f in answered if question.field and f.name == question.field.name]
    speaker.begin_block()
    if answered:
        field = (asked or answered)[-1]
        speaker.say(field.text_for("label"))
        _spell(speaker, field, view.typed[field.name])
    else:
        speaker.say("linear.spell.nothing")
    speaker.begin_block()
    return False


async def show_secrets(conversation: Conversation, question: Question, argument: str) -> bool:
    """Show the secrets of this step, each once; at the review, any answer.

    At a counter, only while the person alone has the keyboard; a field masked while it is typed is
    shown until it is left.
    """
    masks, field = conversation.speaker.masks, question.field
    if masks and masks.always and field and field.kind is FieldKind.TEXT:
        conversation.uncovered = field.name
        return False
    if not _may_show(conversation.speaker):
        return False
    if reviews(conversation):
        if answer := await _pick_answer(conversation, argument):
            _show(conversation, answer)
        return True
    speaker, view = conversation.speaker, conversation.wizard.view()
    fields = secrets_to_show(conversation)
    speaker.begin_block()
    for field in fields:
        conversation.shown_secrets.add((view.step_name, field.name))
        speaker.say("linear.fact", label=field.text_for("label"), value=view.typed[field.name])
        if speaker.full:
            _spell(speaker, field, view.typed[field.name])
    if not fields:
        speaker.say("linear.show.nothing")
    speaker.begin_block()
    return False


def _may_show(speaker: Speaker, field: Field | None = None) -> bool:
    """Tell whether a secret may be shown now, and say it if it may not."""
    if speaker.may_reveal or (field and field.kind is not FieldKind.SECRET):
        return True
    speaker.say_error("face.no.reveal.now")
    speaker.begin_block()
    return False


def reviews(conversation: Conversation) -> bool:
    """Tell whether all the answers are being reviewed."""
    view = conversation.wizard.view()
    return any(isinstance(block, AllAnswers) for block in view.blocks)


async def _pick_answer(conversation: Conversation, argument: str) -> Answer | None:
    """Return the answer that an argument names, by its number or first words, or ask which."""
    if argument:
        answers = conversation.wizard.answers()
        options = [Option(conversation.speaker.texts(a.field.text_for("label"))) for a in answers]
        with suppress(WrongAnswerError):
            return answers[parse_option(options, None, argument)]
    return await choose_answer(conversation)


def _show(conversation: Conversation, answer: Answer) -> None:
    """Show an answer of any step in clear."""
    speaker, field = conversation.speaker, answer.field
    words = answer.clear
    if field.kind in {FieldKind.CHOICE, FieldKind.CHECKBOX}:
        words = answer_text(speaker, field, answer.clear)
    elif field.length:
        words = " ".join(field.groups(answer.clear))
    speaker.say("linear.fact", label=field.text_for("label"), value=words)
    speaker.begin_block()


def secrets_to_show(conversation: Conversation) -> list[Field]:
    """Return the secrets of this step that were typed and not shown since."""
    view, shown = conversation.wizard.view(), conversation.shown_secrets
    secrets = [f for f in view.fields if f.kind is FieldKind.SECRET and view.typed.get(f.name)]
    return [f for f in secrets if (view.step_name, f.name) not in shown]


def _spell(speaker: Speaker, field: Field, text: str) -> None:
    for line in spell(field.groups(text), speaker.texts):
        speaker.write(line, "  ")


# --- commands that change how things are said


async def set_language(conversation: Conversation, _question: Question, argument: str) -> bool:
    """Change the language; every answer is kept."""
    speaker, wanted = conversation.speaker, fold(argument)
    for language in LANGUAGES:
        if wanted in {language, fold(Texts(language)("language.name"))}:
            speaker.texts.language = language
            raise Navigate(Destination.MOVED)
    speaker.say_error("linear.language.which")
    speaker.begin_block()
    return False


async def set_easy(conversation: Conversation, _question: Question, _argument: str) -> bool:
    """Say easy texts, or the usual ones again; every answer is kept."""
    texts = conversation.speaker.texts
    texts.easy = not texts.easy
    raise Navigate(Destination.MOVED)


def set_verbosity(verbosity: str) -> CommandHandler:
    """Return the command that sets how much is said."""

    async def handler(conversation: Conversation, _question: Question, _argument: str) -> bool:
        conversation.speaker.verbosity = verbosity
        conversation.speaker.say_block(f"linear.verbosity.{verbosity}")
        return True

    return handler


# --- commands that lead somewhere else


async def go_back(_conversation: Conversation, _question: Question, _argument: str) -> bool:
    """Go back to the question before."""
    raise Navigate(Destination.BACK)


async def list_actions(_conversation: Conversation, _question: Question, _argument: str) -> bool:
    """Go to what can be done at this step."""
    raise Navigate(Destination.ACTIONS)


async def repeat(_conversation: Conversation, question: Question, _argument: str) -> bool:
    """Say the question again; at the end of a step, all that there is to read there too."""
    if question.at_end:
        raise Navigate(Destination.REPEAT)
    return True


async def clear_fields(conversation: Conversation, _question: Question, _argument: str) -> bool:
    """Empty the fields of this step, if the person is sure."""
    wizard, speaker = conversation.wizard, conversation.speaker
    if await conversation.confirm(Text("linear.clear.sure")):
        wizard.clear_fields()
        wizard.focus = ""
        speaker.say_block("linear.clear.done")
        raise Navigate(Destination.MOVED)
    speaker.begin_block()
    return True


async def switch_to_full_screen(
    conversation: Conversation, _question: Question, _argument: str
) -> bool:
    """Go on in the full screen, at the same field."""
    speaker = conversation.speaker
    if speaker.console.full_screen:
        raise Navigate(Destination.LEAVE, "visual")
    speaker.say_error("linear.visual.not-here")
    speaker.begin_block()
    return False


async def choose_step(conversation: Conversation, _question: Question, _argument: str) -> bool:
    """List the numbered steps and jump to the one that is chosen; an empty line stays."""
    if links := numbered_steps(conversation.wizard):
        try:
            await _choose_step(conversation, links)
        except Navigate as navigation:
            if navigation.destination is not Destination.BACK:
                raise
        return True
    conversation.speaker.say_block("linear.steps.none")
    return False


def numbered_steps(wizard: Wizard) -> tuple[StepLink, ...]:
    """Return the numbered steps, once they are known."""
    return () if wizard.step.early else wizard.step_links()


async def _choose_step(conversation: Conversation, links: Sequence[StepLink]) -> None:
    wizard, speaker = conversation.wizard, conversation.speaker

    def parse(line: str) -> StepLink | None:
        word = line.strip()
        for link in links:
            if str(link.number) == word:
                return link
        if word:
            raise WrongAnswerError(Text("linear.steps.wrong", {"count": len(links)}))
        return None

    question = Question(
        speaker.texts("linear.steps.prompt"),
        partial(_list_steps, speaker, links),
        partial(speaker.say, "linear.help.choice"),
    )
    while (link := await conversation.ask(question, parse)) and not link.current:
        if await wait_for(speaker, wizard.jump(link.step)) or wizard.view().alert:
            raise Navigate(Destination.MOVED)
        speaker.say_error("linear.steps.closed")
        speaker.begin_block()
        question = question._replace(say=say_nothing)


def _list_steps(speaker: Speaker, links: Sequence[StepLink]) -> None:
    speaker.begin_block()
    for link in links:
        state = "here" if link.current else "open" if link.reachable else "later"
        title = Text(f"step.{link.step}.title")
        words = speaker.texts(f"linear.steps.{state}", number=link.number, title=title)
        speaker.write_choice(words)


# --- leaving


async def quit_wizard(conversation: Conversation, _question: Question, _argument: str) -> bool:
    """Leave because the person says so; only an open space makes it worth a question."""
    signed_in = conversation.wizard.signed_in
    if signed_in and await conversation.confirm(Text("linear.leave.sign-out")):
        await wait_for(conversation.speaker, conversation.wizard.sign_out())
        if conversation.wizard.signed_in:
            raise Navigate(Destination.MOVED)
        raise Navigate(Destination.LEAVE, "done")
    if not signed_in or await conversation.confirm(Text("linear.leave.signed-in")):
        raise Navigate(Destination.LEAVE, "done" if is_complete(conversation) else "quit")
    conversation.speaker.begin_block()
    return True


async def interrupt(conversation: Conversation, _question: Question, _argument: str) -> bool:
    """Ask whether Ctrl+C meant to leave; at that question, a second one does."""
    if conversation.confirming_quit:
        raise Navigate(Destination.LEAVE, "quit")
    conversation.confirming_quit = True
    conversation.speaker.begin_block()
    over = "finished" if is_complete(conversation) else "interrupted"
    sure = await conversation.confirm(Text(f"linear.leave.{over}"))
    conversation.confirming_quit = False
    if sure:
        raise Navigate(Destination.LEAVE, "quit")
    conversation.speaker.say_block("linear.leave.stayed")
    return True


def end_of_input(conversation: Conversation) -> str:
    """Return the outcome when the input ends; say what becomes of a step left in the middle.

    There is nobody to ask: what is on the service stays as it is, whole.
    """
    if is_complete(conversation):
        return "done"
    conversation.speaker.begin_block()
    resumable = conversation.wizard.itinerary.resumable
    conversation.speaker.say_error("linear.leave.ended" if resumable else "linear.leave.forgotten")
    return "ended"


def is_complete(conversation: Conversation) -> bool:
    """Tell whether something was brought to its end and nothing was begun since."""
    wizard = conversation.wizard
    ends = wizard.step_name in wizard.itinerary.terminal
    return ends and (conversation.completed or wizard.finished)


HANDLERS: Mapping[str, CommandHandler] = {
    "back": go_back,
    "help": show_help,
    "repeat": repeat,
    "actions": list_actions,
    "steps": choose_step,
    "all": list_answers,
    "clear": clear_fields,
    "spell": spell_answer,
    "show": show_secrets,
    "visual": switch_to_full_screen,
    "quit": quit_wizard,
    "language": set_language,
    **COUNTER_HANDLERS,
    "commands": list_commands,
    "interrupted": interrupt,
    "easy": set_easy,
    **{verbosity: set_verbosity(verbosity) for verbosity in VERBOSITIES},
}
"""The commands by name; ``interrupted`` is Ctrl+C at a prompt."""
