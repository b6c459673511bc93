"""A message as mail: its text, the same words in HTML, and headers that say what it is."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from espace_tui.activation.mail.delivery import OutgoingMessage

_NO_DOMAIN = "espace-tui.invalid"
"""The domain of what a sender without an address sends: a text message left in a local inbox."""


def build_message(outgoing: OutgoingMessage, sender: str = "") -> EmailMessage:
    """Return the mail of a message, from its own sender or another one.

    Its ``Message-ID`` holds the id of the message: a mail server recognises it when sent twice.
    """
    origin = sender or outgoing.sender
    message = EmailMessage(SMTP)
    message["From"] = _address(origin)
    message["To"] = outgoing.to
    message["Subject"] = " ".join(outgoing.subject.splitlines())
    message["Date"] = format_datetime(outgoing.sent_at)
    message["Message-ID"] = f"<{outgoing.id}@{domain_of(origin) or _NO_DOMAIN}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(outgoing.text, cte="quoted-printable")
    if outgoing.html:
        message.add_alternative(outgoing.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = outgoing.language  # last: it would follow the text into its part
    return message


def _address(text: str) -> Address | str:
    """Return an address whose name keeps its parentheses: the header's parser drops them.

    A text message has the name of a sender only: it stays as it is.
    """
    name, address = parseaddr(text)
    return Address(name, addr_spec=address) if "@" in address else text


def domain_of(address: str) -> str:
    """Return the domain of an address, with or without a name before it; empty without a domain.

    >>> domain_of("Mon espace santé <ne-pas-repondre@exemple.fr>")
    'exemple.fr'
    """
    _, at, found = parseaddr(address)[1].rpartition("@")
    return found if at else ""
