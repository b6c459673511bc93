"""The commands of a visit at a counter: hide, hand the keyboard over, end with this person."""

from __future__ import annotations

from collections.abc import Mapping

from espace_tui.i18n import Text
from espace_tui.journey.itineraries.counter import KEYBOARD, PARTING, WAITING
from espace_tui.linear.prompt import (
    CommandHandler,
    Conversation,
    Destination,
    Navigate,
    Question,
)
from espace_tui.linear.waiting import wait_for


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
