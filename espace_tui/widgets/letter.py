"""A message of the local inbox, drawn as a mail: sender, subject, date, text."""

from __future__ import annotations

from espace_tui.i18n import TimeOfDay
from espace_tui.session import Message
from espace_tui.widgets.face import Face
from espace_tui.widgets.words import Words


class Letter(Words):
    """One message between two lines."""

    DEFAULT_CSS = """
    Letter { border-top: solid $edge; border-bottom: solid $edge; color: $foreground; }
    """

    def __init__(self, face: Face, message: Message, number: int, count: int) -> None:
        heads = {
            "from": message.sender,
            "to": message.to,
            "subject": message.subject,
            "sent": face.say("letter.at", day=message.sent_at, time=TimeOfDay(message.sent_at)),
        }
        lines = [face.say(f"letter.{head}", what=what) for head, what in heads.items() if what]
        if count > 1:
            lines.insert(0, face.say("letter.number", number=number, count=count))
        super().__init__("\n".join([*lines, "", message.text.strip()]))
