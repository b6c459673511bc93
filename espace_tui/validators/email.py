"""An e-mail address: its form only, checked by email-validator without asking the network.

Pasted with its « mailto: », its display name, its <…> or a label, it is read. A mail domain that
looks mistyped is only advice: people do own the strangest domains.

    >>> parse("Camille Martin <mailto:camille@Exemple.fr>,")
    'camille@exemple.fr'
    >>> advise("camille@gmial.com")[0].suggestion
    'camille@gmail.com'
"""

from __future__ import annotations

import re

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.validators import Advice, plain, spelled

LONGEST = 254
"""Characters of an address at most (RFC 5321)."""
CLOSE = 0.85
"""How alike two domains are (`difflib`) for one to be a slip of the other."""

_ENDINGS = {
    "fr": ("orange", "wanadoo", "free", "sfr", "neuf", "bbox", "numericable", "aliceadsl"),
    "fr com": ("hotmail", "outlook", "live", "yahoo", "gmx"),
    "com": ("gmail", "googlemail", "ymail", "mail", "aol", "msn", "icloud", "protonmail", "mac"),
    "net": ("laposte",),
    "me": ("proton",),
}
PROVIDERS = tuple(
    f"{name}.{end}" for ends, names in _ENDINGS.items() for end in ends.split() for name in names
)
_NAMES = {name for names in _ENDINGS.values() for name in names}
_COUNTRIES = {
    "at",
    "be",
    "ca",
    "ch",
    "de",
    "dz",
    "es",
    "ie",
    "it",
    "lu",
    "ma",
    "nc",
    "nl",
    "pf",
    "pl",
    "pt",
    "re",
    "ro",
    "ru",
    "tn",
    "uk",
}
"""Where the same providers have their own domains."""
_MISTAKEN = {"gmail.fr": "gmail.com", "laposte.fr": "laposte.net", "laposte.com": "laposte.net"}

_AROUND = re.compile(r"[\s<>()\[\]\"“”«»|]+|[,;](?:\s+|\Z)")
_LABELS = {"adresse", "mail", "e-mail", "email", "courriel", "mel", "mél", "address", "est", "is"}
_END = ".,;:!?'’…"


def parse(text: str, *, plus_refused: bool = False) -> str:
    """Return an address, its domain in lower case; `plus_refused`: « + » is not accepted."""
    line = plain(text)
    if not line:
        raise InvalidValue("email.missing")
    address = _only(_addresses(line))
    if _is_cut(line, address):
        raise InvalidValue("email.space")
    if len(address) > LONGEST:
        raise InvalidValue("email.length", found=len(address), expected=LONGEST)
    clean = _checked(address)
    local, _, domain = clean.rpartition("@")
    if plus_refused and "+" in local:
        raise InvalidValue("email.plus", suggestion=f"{local.partition('+')[0]}@{domain}")
    return clean


def normalize(text: str) -> str:
    """Return the address found in a pasted text, or the text on one line."""
    line = plain(text)
    found = _addresses(line)
    return found[0] if len(found) == 1 and not _is_cut(line, found[0]) else line


def advise(value: str) -> tuple[Advice, ...]:
    """Return what looks mistyped: a domain close to a well-known one, an accent before the @."""
    local, _, domain = plain(value).rpartition("@")
    if not local:
        return ()
    found = []
    if close := _well_known(domain.casefold()):
        meant = Text("advice.email.domain", {"found": domain, "domain": close})
        found.append(Advice(meant, f"{local}@{close}"))
    if not local.isascii():
        strange = spelled("".join(c for c in local if not c.isascii()))
        found.append(Advice(Text("advice.email.accents", {"characters": strange})))
    return tuple(found)


def _addresses(line: str) -> list[str]:
    """Return the addresses of a line, each once."""
    return list(dict.fromkeys(_bare(piece) for piece in _AROUND.split(line) if "@" in piece))


def _bare(piece: str) -> str:
    """Return an address without its label, its « mailto: » and what a link adds to it."""
    head, _, rest = piece.strip(_END).partition("@")
    label, _, local = head.rpartition(":")
    if label.casefold() == "mailto":
        rest = rest.partition("?")[0]
    return f"{local}@{rest}".strip(_END)


def _only(addresses: list[str]) -> str:
    if not addresses:
        raise InvalidValue("email.at")
    if len(addresses) > 1:
        raise InvalidValue("email.several")
    if addresses[0].count("@") > 1:
        raise InvalidValue("email.at")
    return addresses[0]


def _is_cut(line: str, address: str) -> bool:
    """Tell whether a space stands within what was meant as one address: « jean dupont@… »."""
    before, _, after = line.partition(address)
    if address.startswith("@") or address.endswith("@"):
        return bool(before.strip() or after.strip(f"{_END} "))
    words = _AROUND.split(before.rstrip())
    last = words[-1].casefold()
    return not before.endswith("<") and bool(last) and last[-1] not in ":." and last not in _LABELS


def _checked(address: str) -> str:
    from email_validator import (  # noqa: PLC0415 — 37 ms, not before the first paint
        EmailNotValidError,
        validate_email,
    )

    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        domain = address.rpartition("@")[2]
    try:
        validate_email(f"x@{domain}", check_deliverability=False)
    except EmailNotValidError:
        raise InvalidValue("email.domain") from None
    raise InvalidValue("email.local")


def _well_known(domain: str) -> str:
    """Return the well-known domain that a mistyped one stands for, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 — only where it is needed

    name, _, end = domain.rpartition(".")
    if domain in PROVIDERS or (name in _NAMES and end in _COUNTRIES):
        return ""
    close = get_close_matches(domain, PROVIDERS, n=1, cutoff=CLOSE)
    return _MISTAKEN.get(domain) or (close[0] if close else "")
