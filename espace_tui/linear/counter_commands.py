"""What a visit at a counter has of its own: it is hidden, the keyboard changes hands, one parts.

What to check together before one parts is one question: nothing depends on its answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial

from espace_tui.i18n import Text
from espace_tui.journey.form import YES, Field
from espace_tui.journey.itineraries.counter import KEYBOARD, PARTING, WAITING
from espace_tui.linear.command_names import bare, fold
from espace_tui.linear.prompt import (
    CommandHandler,
    Conversation,
    Destination,
    Navigate,
    Option,
    Question,
    WrongAnswerError,
    list_options,
    on_one_line,
    parse_yes_no,
)
from espace_tui.linear.waiting import wait_for
from espace_tui.validators import unshifted


async def next_person(conversation: Conversation, _question: Question, _argument: str) -> bool:
    """End a visit, if the person is sure; what to take along is asked then."""
    if not _is_visited(conversation):
        return False
    if not await conversation.confirm(Text("face.next.title")):
        conversation.speaker.begin_block()
        return True
    await wait_for(conversation.speaker, conversation.wizard.start(PARTING))
    raise Navigate(Destination.MOVED)


async def change_hands(conversation: Conversation, _question: Question, _argument: str) -> bool:
    """Hand the keyboard over, or give it back."""
    wizard, masks = conversation.wizard, conversation.speaker.masks
    if not _is_visited(conversation) or masks is None or wizard.step_name in KEYBOARD:
        return False
    await wait_for(conversation.speaker, wizard.start(masks.change_hands(wizard.step_name)))
    raise Navigate(Destination.MOVED)


async def hide(conversation: Conversation, _question: Question, _argument: str) -> bool:
    """Hide what was said at once."""
    if conversation.speaker.masks is None:
        _say_not_here(conversation)
    conversation.speaker.console.hide()
    return False


async def may_be_read(conversation: Conversation) -> bool:
    """Ask, at a counter, before anything is spelled out."""
    masks = conversation.speaker.masks
    return masks is None or await conversation.confirm(Text("linear.magnified"))


# --- what to check before one parts


def position_of(field: Field, fields: Sequence[Field]) -> tuple[int, int]:
    """Return which question a field is, and how many there are: the reminders are one."""
    first = next((each for each in fields if each.reminder), None)
    asked = [each for each in fields if each is first or not each.reminder]
    return asked.index(first if first and field.reminder else field) + 1, len(asked)


async def ask_reminders(conversation: Conversation, field: Field) -> str:
    """Ask what was checked, all at once: Enter goes on; return what that says of one of them."""
    wizard, speaker = conversation.wizard, conversation.speaker
    fields = wizard.view().fields
    reminders = [each for each in fields if each.reminder]
    options = [Option(speaker.texts(each.text_for("label"))) for each in reminders]
    number, total = position_of(field, fields)

    def say() -> None:
        speaker.begin_block()
        which = speaker.texts("linear.question.number", number=number, count=total)
        list_options(speaker, options, on_one_line(which, speaker.texts("linear.reminders")))

    wrong = Text("linear.reminders.wrong", {"count": len(options)})
    prompt = speaker.texts("linear.reminders.prompt")
    question = Question(prompt, say, partial(speaker.say, wrong), field)
    found = await conversation.ask(question, partial(parse_numbers, len(options)))
    ticked = {each.name: YES if index in found else "" for index, each in enumerate(reminders)}
    for name, text in ticked.items():
        wizard.set_text(name, text)
    others = [name for name in ticked if name not in conversation.asked_fields]
    conversation.asked_fields += others
    return ticked[field.name]


ALL = frozenset({"tout", "all"})


def parse_numbers(count: int, line: str) -> frozenset[int]:
    """Return the indexes that a line numbers; all of them for a word that says so, or none.

    >>> [sorted(parse_numbers(4, line)) for line in ("1, 3", "é", "")]
    [[0, 2], [1], []]
    >>> [len(parse_numbers(4, line)) for line in ("Tout", "oui", "non")]
    [4, 4, 0]
    """
    with suppress(WrongAnswerError):
        return frozenset(range(count) if fold(bare(line)) in ALL or parse_yes_no(line) else ())
    numbers = {str(index + 1): index for index in range(count)}
    words = [unshifted(word, least=1) or word for word in re.split(r"[\s,;.]+", line) if word]
    if not numbers.keys() >= {*words}:
        raise WrongAnswerError(Text("linear.reminders.wrong", {"count": count}))
    return frozenset(numbers[word] for word in words)


def _is_visited(conversation: Conversation) -> bool:
    """Tell whether somebody is served at a counter, and say it if not."""
    wizard, masks = conversation.wizard, conversation.speaker.masks
    at_counter = masks is not None or wizard.itineraries.holds(PARTING)
    if at_counter and wizard.step_name not in {WAITING, PARTING}:
        return True
    _say_not_here(conversation)
    return False


def _say_not_here(conversation: Conversation) -> None:
    conversation.speaker.say_error("linear.next.not-here")
    conversation.speaker.begin_block()


COUNTER_HANDLERS: Mapping[str, CommandHandler] = {
    "next": next_person,
    "hide": hide,
    "keyboard": change_hands,
}
"""The commands that serve at a counter only, by name."""
