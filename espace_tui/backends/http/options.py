"""The options of the HTTP backend, read once.

>>> HttpOptions.read({"url": "https://sante.example/"}).url
'https://sante.example'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from espace_tui.errors import InvalidSettings
from espace_tui.i18n import LANGUAGES

LONGEST = 10.0
SHORTEST = 0.1


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """Where the service is and how to reach it; a proxy's address may hold a password."""

    url: str
    ca: str | None = None
    proxy: str | None = field(default=None, repr=False)
    timeout: float = LONGEST
    language: str = LANGUAGES[0]

    @classmethod
    def read(cls, options: Mapping[str, str]) -> HttpOptions:
        """Read options as they were typed; raises `InvalidSettings`."""
        plain = _address(options.get("url", ""))
        proxy = options.get("proxy") or None
        if proxy and (plain or urlsplit(proxy).scheme not in {"http", "https"}):
            raise InvalidSettings("wrong-option", key="proxy", found="")
        return cls(
            url=options["url"].rstrip("/"),
            ca=_authorities(options.get("ca", "")),
            proxy=proxy,
            timeout=_seconds(options.get("timeout", "")),
            language=options.get("language", LANGUAGES[0]),
        )


def _authorities(ca: str) -> str | None:
    """Return a file that is there to be read; raises `InvalidSettings`."""
    if not ca:
        return None
    try:
        path = Path(ca).expanduser()
        path.open("rb").close()
    except (OSError, RuntimeError):
        raise InvalidSettings("unreadable", place=ca) from None
    return str(path)


def _address(url: str) -> bool:
    """Tell whether an address is plain http; raises `InvalidSettings` if it cannot be used."""
    if not url:
        raise InvalidSettings("missing-option", key="url")
    shown = "" if "@" in url else url  # it may hold a password
    try:
        parts = urlsplit(url)
        usable = _is_usable(parts)
    except ValueError:
        raise InvalidSettings("wrong-option", key="url", found=shown) from None
    if not usable:
        raise InvalidSettings("wrong-option", key="url", found=shown)
    if parts.scheme == "http" and not _is_here(parts.hostname or ""):
        raise InvalidSettings("plain-http", key="url", found=url)
    return parts.scheme == "http"


def _is_usable(parts: SplitResult) -> bool:
    more = (parts.username, parts.password, parts.query, parts.fragment)
    is_web = parts.scheme in {"http", "https"} and parts.port != 0
    return is_web and bool(parts.hostname) and not any(more)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _seconds(text: str) -> float:
    if not text:
        return LONGEST
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not SHORTEST <= seconds <= LONGEST:
        raise InvalidSettings("wrong-option", key="timeout", found=text)
    return seconds
