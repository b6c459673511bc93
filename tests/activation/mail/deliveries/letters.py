"""Letters to send in tests."""

from __future__ import annotations

from datetime import UTC, datetime

from espace_tui.activation.mail.delivery import MessageKind, OutgoingMessage
from espace_tui.activation.mail.templates import MessageDraft, render
from espace_tui.model.values import Channel

WRITTEN = int(datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp())


def letter(
    number: int = 1,
    channel: Channel = Channel.EMAIL,
    to: str = "christian@exemple.fr",
    language: str = "fr",
) -> OutgoingMessage:
    """Return a letter with a one-time code."""
    values: dict[str, str | int] = {"first_name": "Christian", "code": "034567"}
    values["minutes"] = 10
    draft = MessageDraft(MessageKind.SIGN_IN_CODE, channel, language, WRITTEN, to, values)
    return render(f"{number:032}", draft)
