"""What the reader found in a message: a few lines of text, and coded findings.

It crosses a process boundary as JSON. What comes back is checked again as if it were foreign:
every text is made visible and short, every code is looked up, and anything else is unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from espace_tui.errors import InvalidValue
from espace_tui.guide.message.limits import LINE, TOKEN
from espace_tui.guide.message.visible import line, visible

CODE_DAYS = 42
"""Six weeks from the invitation."""
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CODE = re.compile("[0-9A-Za-z]{12}")


class Severity(StrEnum):
    """How much a finding weighs."""

    RED = "red"
    AMBER = "amber"
    FINE = "fine"


class Verdict(StrEnum):
    """The three results; none of them says that a message is genuine."""

    FRAUD = "fraud"
    UNPROVED = "unproved"
    NOTHING_UNUSUAL = "nothing-unusual"


SEVERITIES = {
    "sender.known": Severity.FINE,
    "sender.related": Severity.AMBER,
    "sender.other": Severity.AMBER,
    "sender.none": Severity.AMBER,
    "sender.alike": Severity.RED,
    "sender.foreign": Severity.RED,
    "sender.several": Severity.RED,
    "sender.disguised": Severity.RED,
    "reply.webmail": Severity.RED,
    "reply.differs": Severity.AMBER,
    "bounce.webmail": Severity.RED,
    "bounce.differs": Severity.AMBER,
    "authentication.passed": Severity.FINE,
    "authentication.none": Severity.AMBER,
    "authentication.failed": Severity.AMBER,
    "forwarded": Severity.AMBER,
    "link.official": Severity.FINE,
    "link.elsewhere": Severity.RED,
    "link.disguised": Severity.RED,
    "link.outside": Severity.RED,
    "link.unknown": Severity.AMBER,
    "asks.bank": Severity.RED,
    "asks.secret": Severity.RED,
    "asks.chat": Severity.RED,
    "card.renewal": Severity.RED,
    "phone.costly": Severity.RED,
    "phone.other": Severity.AMBER,
    "refund": Severity.AMBER,
    "hurry": Severity.AMBER,
    "attachment": Severity.AMBER,
    "attachment.dangerous": Severity.RED,
    "image.alone": Severity.RED,
    "qr": Severity.AMBER,
    "hidden": Severity.AMBER,
    "letters.mixed": Severity.AMBER,
    "incomplete": Severity.AMBER,
    "code.found": Severity.FINE,
    "deadline": Severity.FINE,
    "deadline.passed": Severity.AMBER,
}
"""Every code, in the order in which findings of one severity are told."""
DISGUISES = ("ip", "user", "foreign", "data", "shortener", "alike", "script")
"""How a link hides where it leads: the `how` of ``link.disguised``."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sign, as a code and short values; its sentence is ``finding.<code>``."""

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return SEVERITIES[self.code]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that was read: who it says it is from, what it holds, what was found."""

    sender: str = ""
    sender_name: str = ""
    recipient: str = ""
    subject: str = ""
    sent_on: date | None = None
    forwarded_by: str = ""
    text: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    hosts: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The result: one red sign is enough; so is anything that proves nothing."""
        weights = {finding.severity for finding in self.findings}
        if Severity.RED in weights:
            return Verdict.FRAUD
        proved = any(finding.code == "authentication.passed" for finding in self.findings)
        if Severity.AMBER in weights or not proved:
            return Verdict.UNPROVED
        return Verdict.NOTHING_UNUSUAL

    def dated(self, today: date) -> Letter:
        """Return the letter with the end of its six weeks, if it has a code and a past date."""
        if not self.code or self.sent_on is None or self.sent_on > today:
            return self
        end = self.sent_on + timedelta(days=CODE_DAYS)
        code = "deadline" if end >= today else "deadline.passed"
        found = Finding(code, {"date": end.isoformat()})
        return replace(self, findings=ordered((*self.findings, found)))


def ordered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return findings by weight, red first, then in the order of their table."""
    weights, codes = list(Severity), list(SEVERITIES)
    return tuple(
        sorted(findings, key=lambda each: (weights.index(each.severity), codes.index(each.code)))
    )


# --- across the process boundary


def to_json(letter: Letter) -> dict[str, Any]:
    """Return a letter as plain values."""
    return {
        "sender": letter.sender,
        "sender_name": letter.sender_name,
        "recipient": letter.recipient,
        "subject": letter.subject,
        "sent_on": letter.sent_on.isoformat() if letter.sent_on else "",
        "forwarded_by": letter.forwarded_by,
        "text": letter.text,
        "code": letter.code,
        "hosts": list(letter.hosts),
        "findings": [[each.code, dict(each.values)] for each in letter.findings],
    }


def from_json(found: object) -> Letter:
    """Return the letter that the reader sent; raises ``InvalidValue("message.unreadable")``."""
    try:
        return _letter(_mapping(found))
    except (ValueError, TypeError, LookupError) as error:
        raise InvalidValue("message.unreadable") from error


def _letter(found: Mapping[str, object]) -> Letter:
    day, code = _text(found["sent_on"]), _text(found["code"])
    if (day and not _DAY.fullmatch(day)) or (code and not _CODE.fullmatch(code)):
        raise ValueError
    return Letter(
        sender=line(_text(found["sender"]), TOKEN),
        sender_name=line(_text(found["sender_name"]), TOKEN),
        recipient=line(_text(found["recipient"]), TOKEN),
        subject=line(_text(found["subject"]), LINE),
        sent_on=date.fromisoformat(day) if day else None,
        forwarded_by=line(_text(found["forwarded_by"]), TOKEN),
        text=visible(_text(found["text"])),
        code=code,
        hosts=tuple(line(_text(host), TOKEN) for host in _list(found["hosts"])),
        findings=ordered(tuple(_finding(each) for each in _list(found["findings"]))),
    )


def _finding(found: object) -> Finding:
    code, values = _list(found)
    if code not in SEVERITIES:
        raise ValueError
    shown = {name: line(_text(value), TOKEN) for name, value in _mapping(values).items()}
    if shown.get("how", DISGUISES[0]) not in DISGUISES:
        raise ValueError
    return Finding(_text(code), shown)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return value
