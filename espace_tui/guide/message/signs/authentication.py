"""What a mail provider noted about the sender (RFC 8601), and what may be concluded from it.

Only the topmost ``Authentication-Results`` counts, only when a server that is believed wrote it,
and only when that server's own ``Received`` stands above it and nobody else's does: a sender can
write any header, but not above those of the provider that received the mail. A failure proves no
fraud (a forwarded mail fails), so it is amber. DKIM is not verified again: there is no network
here, keys are replaced, and copies on a disk are changed; a false « invalid » would frighten people
off a genuine message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from espace_tui.guide.message.letter import Finding
from espace_tui.guide.message.signs.addresses import is_domain, is_official, is_under

BELIEVED = ("mx.google.com",)
"""Servers believed without being told to; others are not verified yet."""

_HEADER = "authentication-results"
_NESTED = 3
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_OPEN = re.compile(r'["(]')
_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"\s*(dmarc|dkim|spf)\s*=\s*([a-z]{1,20})\b([^;]*)", re.IGNORECASE)
_FROM = re.compile(r"\bheader\.from\s*=\s*([^\s;]{1,253})", re.IGNORECASE)
_BY = re.compile(r"\bby\s+([^\s;()]{1,253})", re.IGNORECASE)
_GOOGLE_INSIDE = re.compile("2002:a05:[0-9a-f:]+", re.IGNORECASE)

Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Results:
    server: str
    dmarc: str
    dkim: str
    spf: str
    header_from: str


def judge_authentication(headers: Headers, domain: str, believed: Sequence[str]) -> Finding:
    """Return what the headers tell of the sender's domain: passed, failed, or nothing."""
    at = next((n for n, (name, _) in enumerate(headers) if name.lower() == _HEADER), None)
    if at is None:
        return Finding("authentication.none")
    results = _read(headers[at][1])
    trusted = results.server in believed and _is_on_top(headers[:at], results.server)
    if trusted and results.dmarc == "pass" and _is_about(results.header_from, domain):
        return Finding("authentication.passed", {"server": results.server})
    failed = "fail" in {results.dmarc, results.dkim, results.spf}
    if failed and (trusted or not results.server):
        return Finding("authentication.failed")
    return Finding("authentication.none")


def _is_on_top(above: Headers, server: str) -> bool:
    """Tell whether every server that handled the mail after the note was the one that wrote it."""
    hosts = [_by(value) for name, value in above if name.lower() == "received"]
    return server in hosts and all(_is_of(host, server) for host in hosts)


def _by(received: str) -> str:
    found = _BY.search(_without_comments(received))
    return found[1].lower().rstrip(".") if found else ""


def _is_of(host: str, server: str) -> bool:
    house = ".".join(server.split(".")[-2:])
    inside = house == "google.com" and _GOOGLE_INSIDE.fullmatch(host) is not None
    return inside or is_under(host, house)


def _is_about(header_from: str, domain: str) -> bool:
    return header_from == domain or (is_official(header_from) and is_under(domain, header_from))


def _read(value: str) -> _Results:
    """Read a header; without the name of a server (as Outlook writes it) that name is empty."""
    parts = _without_comments(value[:4000]).split(";")
    named = parts[0].split()
    server = named[0].lower() if named and is_domain(named[0].lower()) else ""
    found: dict[str, str] = {}
    header_from = ""
    for part in parts:
        result = _RESULT.match(part)
        if result:
            found.setdefault(result[1].lower(), result[2].lower())
            about = _FROM.search(result[3])
            if about and result[1].lower() == "dmarc" and not header_from:
                header_from = about[1].lower().rstrip(".")
    dmarc, dkim, spf = (found.get(name, "") for name in ("dmarc", "dkim", "spf"))
    return _Results(server, dmarc, dkim, spf, header_from)


def _without_comments(value: str) -> str:
    """Return a header without comments and quoted strings, which may hold what a sender chose.

    One that is never closed takes all that follows.
    """
    value = _QUOTED.sub(" ", value)
    for _ in range(_NESTED):
        value = _COMMENT.sub(" ", value)
    return _OPEN.split(value, maxsplit=1)[0]
