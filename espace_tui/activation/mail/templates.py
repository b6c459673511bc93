"""The words of the service's messages: from a kind and its values to a message in one language.

A message says that it is a demonstration, names no NIR, and asks for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

from espace_tui.activation.mail.delivery import MessageKind, OutgoingMessage
from espace_tui.i18n import Texts
from espace_tui.model.values import Channel

_INSTANTS = frozenset({"deadline", "at"})


@dataclass(frozen=True, slots=True)
class MessageDraft:
    """A message before its words: `values` fill them, instants are seconds."""

    kind: MessageKind
    channel: Channel
    language: str
    written_at: int
    recipient: str = field(repr=False)
    values: Mapping[str, str | int] = field(repr=False)


def render(letter_id: str, draft: MessageDraft) -> OutgoingMessage:
    """Return the message of a draft, in its language."""
    say = Texts(draft.language)
    values = {name: _shown(name, value) for name, value in draft.values.items()}
    is_mail = draft.channel is Channel.EMAIL
    text = say(f"{'mail' if is_mail else 'sms'}.{draft.kind}.text", **values)
    if is_mail:
        text = say("mail.frame", words=text)
    return OutgoingMessage(
        id=letter_id,
        kind=draft.kind,
        channel=draft.channel,
        language=draft.language,
        sent_at=datetime.fromtimestamp(draft.written_at, UTC),
        to=draft.recipient,
        sender=say("mail.sender" if is_mail else "sms.sender"),
        subject=say(f"mail.{draft.kind}.subject", **values),
        text=text,
        html=_html(text, draft.language) if is_mail else None,
    )


def _shown(name: str, value: str | int) -> object:
    return datetime.fromtimestamp(float(value), UTC) if name in _INSTANTS else value


def _html(text: str, language: str) -> str:
    paragraphs = "".join(
        f"<p>{'<br>'.join(escape(line) for line in part.split(chr(10)))}</p>"
        for part in text.split("\n\n")
    )
    return f'<!doctype html><html lang="{language}"><meta charset="utf-8"><body>{paragraphs}'
