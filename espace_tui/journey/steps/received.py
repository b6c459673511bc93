"""What a received message holds for the fields of a step: nobody has to copy it by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from espace_tui.errors import InvalidValue, Unreachable
from espace_tui.journey.fields import card_fields
from espace_tui.journey.form import Action, ActionKind, Field, StepState
from espace_tui.validators.card_serial import CardKind

if TYPE_CHECKING:
    from espace_tui.journey.context import StepContext
    from espace_tui.journey.session import Session
    from espace_tui.model.grants import Message

TAKE: Mapping[str, str] = {
    "code": "take_code",
    "one_time_code": "take_code",
    "nir": "take_number",
    "serial": "take_number",
}
"""The action that takes what was received into each field."""
_AFTER_SERIAL = re.compile("(?:s[ée]rie|serial number)[^:\n]*:(.*)", re.IGNORECASE)
"""A number alone could be any: that of a card without a photo is the one that is named so."""


async def with_inbox(context: StepContext, session: Session) -> Session:
    """Return a session with the messages delivered here; without, where they cannot be read."""
    inbox = context.backend.inbox
    if inbox is not None:
        with suppress(Unreachable):
            return session.with_(inbox=await inbox.messages())
    return session


def find_values(fields: Iterable[Field], inbox: Iterable[Message]) -> Mapping[str, str]:
    """Return the right answers that the newest messages hold, by field."""
    newest = [message for message in reversed(tuple(inbox)) if message.is_readable]
    found: dict[str, str] = {}
    for field in fields:
        if field.name not in TAKE:
            continue
        for value in map(field.normalize, _told(field, newest)):
            with suppress(InvalidValue):
                field.parse(value)
                found[field.name] = field.grouped(value)
                break
    return found


def _told(field: Field, messages: Iterable[Message]) -> Iterator[str]:
    """Yield what may hold an answer: each message, or what stands after the name of a number."""
    for message in messages:
        if field.name == "serial" and not field.prefix:
            yield from _AFTER_SERIAL.findall(message.text)
        else:
            yield message.text


def take_card(state: StepState) -> tuple[Action, ...]:
    """Return taking the number of either kind of card; none where no message holds it."""
    for kind in CardKind:
        supposed = state._replace(typed={**state.typed, "kind": kind.value})
        for one in take_actions(card_fields(supposed), state.session):
            fills = (("kind", kind.value), *one.fills)
            return (one._replace(fills=fills),)
    return ()


def take_actions(fields: Iterable[Field], session: Session) -> tuple[Action, ...]:
    """Return the actions that take what was received; none where nothing was found."""
    fills: dict[str, dict[str, str]] = {}
    for name, value in find_values(fields, session.inbox).items():
        fills.setdefault(TAKE[name], {})[name] = value
    return tuple(
        Action(name, ActionKind.FILL, quiet=True, fills=tuple(values.items()))
        for name, values in fills.items()
    )
