"""Letters to send in tests."""

from __future__ import annotations

from datetime import UTC, datetime

from espace_tui.activation.mail.delivery import Letter, LetterKind
from espace_tui.activation.mail.templates import Draft, write
from espace_tui.model.values import Channel

WRITTEN = int(datetime(2026, 11, 23, 9, tzinfo=UTC).timestamp())


def letter(
    number: int = 1,
    channel: Channel = Channel.EMAIL,
    to: str = "christian@exemple.fr",
    language: str = "fr",
) -> Letter:
    """Return a letter with a one-time code."""
    values: dict[str, str | int] = {"first_name": "Christian", "code": "034567"}
    values["minutes"] = 10
    draft = Draft(LetterKind.SIGN_IN_CODE, channel, language, WRITTEN, to, values)
    return write(f"{number:032}", draft)
