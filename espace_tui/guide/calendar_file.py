r"""The end of the six weeks as a calendar file (RFC 5545), for a computer of one's own.

The title says nothing of health: calendars are shared and shown on locked screens. An alarm comes a
week before.

    >>> from datetime import UTC, date, datetime
    >>> text = six_weeks(date(2026, 11, 22), "Échéance", datetime(2026, 11, 26, tzinfo=UTC))
    >>> "DTSTART;VALUE=DATE:20270103\r\n" in text
    True
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from espace_tui.i18n import Text

TITLE = Text("calendar.six-weeks")
"""The neutral title."""
DAYS = 42
ALARM_DAYS = 7
_OCTETS = 75


def six_weeks(received: date, title: str, now: datetime) -> str:
    """Return the calendar file of an invitation received on a day; `title` is a neutral one."""
    end = received + timedelta(days=DAYS)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//espace-tui//six weeks//FR",
        "BEGIN:VEVENT",
        f"UID:six-weeks-{end:%Y%m%d}@espace-tui.invalid",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{end:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(title)}",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(title)}",
        f"TRIGGER:-P{ALARM_DAYS}D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    flat = " ".join(text.split())
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, never within a character."""
    pieces = [""]
    for character in line:
        if len((pieces[-1] + character).encode()) > _OCTETS - (len(pieces) > 1):
            pieces.append("")
        pieces[-1] += character
    return "\r\n ".join(pieces)
