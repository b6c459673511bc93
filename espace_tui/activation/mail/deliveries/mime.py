"""A letter as a mail message: its text, the same words in HTML, and headers that say what it is."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from espace_tui.activation.mail.delivery import Letter


def made(letter: Letter, sender: str = "") -> EmailMessage:
    """Return the message of a letter, from the letter's own sender or another one.

    Its ``Message-ID`` is the letter's: sent twice, a mail server can tell.
    """
    origin = sender or letter.sender
    message = EmailMessage(SMTP)
    message["From"] = origin
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(letter.sent_at)
    message["Message-ID"] = f"<{letter.id}@{domain(origin)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    if letter.html:
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language  # last: it would follow the text into its part
    return message


def domain(address: str) -> str:
    """Return the domain of an address, with or without a name before it.

    >>> domain("Mon espace santé <ne-pas-repondre@exemple.fr>")
    'exemple.fr'
    """
    return parseaddr(address)[1].rpartition("@")[2]
