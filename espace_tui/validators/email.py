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
import unicodedata
from functools import lru_cache

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.validators import LINE, Advice, lazy, plain, spelled

LONGEST = 254
"""Characters of an address at most (RFC 5321)."""
NAMED = 5
"""Letters of a provider's name for which a slip is looked for: shorter ones are near anything."""

PROVIDERS = {
    **dict.fromkeys(("orange", "wanadoo", "free", "sfr", "neuf", "bbox"), ("fr",)),
    **dict.fromkeys(("numericable", "aliceadsl"), ("fr",)),
    **dict.fromkeys(("hotmail", "outlook", "live", "yahoo", "gmx"), ("fr", "com")),
    **dict.fromkeys(("gmail", "googlemail", "ymail", "mail", "aol", "msn"), ("com",)),
    **dict.fromkeys(("icloud", "protonmail", "mac"), ("com",)),
    "laposte": ("net",),
    "proton": ("me",),
}
"""The first part of the domains that most people have, and how they end."""
_MISTYPED_ENDINGS = {
    **dict.fromkeys(("f", "r", "fe", "ft", "rf", "ffr", "frr"), "fr"),
    **dict.fromkeys(("c", "con", "cmo", "ocm", "vom", "xom", "cpm", "comm", "coom"), "com"),
    **dict.fromkeys(("nte", "nett", "ner", "met"), "net"),
}
"""No country ends so: « orange.f », « hotmail.con »."""
_NO_GMAIL = {"co", "cm", "om", "fr"}
"""Where a Gmail address never is, whoever has the domain."""
_WORDS = {"orage.fr", "orane.fr", "oranger.fr", "oranges.fr", "gail.com", "proto.me"}
"""Real words, one letter from a provider."""
_KEYS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")

_AROUND = re.compile(r"[\s<>()\[\]\"“”«»|]+|[,;](?:\s+|\Z)")
_LABELS = {
    "contact",
    "perso",
    "pro",
    "personnel",
    "professionnel",
    "adresse",
    "mail",
    "e-mail",
    "email",
    "courriel",
    "mel",
    "mél",
    "address",
    "est",
    "is",
    "c'est",
    "c’est",
    "voici",
}
_END = ".,;:!?'’…"
_BEGINNING = ",;:…"
"""What stands before an address; a dot would be a part of it, and a wrong one."""
_JOINED = re.compile("[,;/|]")
_LINK = re.compile("(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_LETTER = re.compile(r"[^\W_]")
_ENCODED = re.compile("%([0-9A-Fa-f]{2})")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
"""What is no space and no line end: the rest of a key, of a broken file."""
_AT_ENDS = "".join(map(chr, (*range(0x21), *range(0x7F, 0xA1), 0x2028, 0x2029)))
_GLUED = re.compile(r"(?:[^\W\d_]|\ufffd)[\[(\"“«|>)\]”»]+\Z")
"""A word and a bracket right before an address: what is between the brackets must be closed."""
_ONE_AFTER_ANOTHER = re.compile(r"@[^@]*\.[a-z]{2,}[^\w.@]+[^@]+@", re.IGNORECASE)
_PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*")
_UNREADABLE = {"Cc", "Cn", "Co"}


def parse(text: str, *, plus_refused: bool = False) -> str:
    """Return an address, its domain in lower case; `plus_refused`: « + » is not accepted."""
    line = _line(text)
    if not line:
        raise InvalidValue("email.missing")
    address = _only(_addresses(line))
    if _is_cut(line, address):
        raise InvalidValue("email.space")
    if _LINK.match(address):
        raise InvalidValue("email.link")
    if strange := _unreadable(address):
        raise InvalidValue("email.characters", characters=spelled(strange))
    if len(address) > LONGEST:
        raise InvalidValue("email.length", found=len(address), expected=LONGEST)
    clean = _checked(address)
    local, _, domain = clean.rpartition("@")
    if plus_refused and "+" in local:
        raise InvalidValue("email.plus", suggestion=f"{local.partition('+')[0]}@{domain}")
    return clean


def normalize(text: str) -> str:
    """Return the address found in a pasted text, or the text on one line."""
    line = _line(text)
    match _addresses(line):
        case [address] if not _is_cut(line, address):
            return address
    return line


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


def _line(text: str) -> str:
    """Return a text on one line; a control character within it is no space, but unreadable."""
    within = text.strip(_AT_ENDS)[:LINE]
    return plain(_CONTROL.sub("\ufffd", within))


def _addresses(line: str) -> list[str]:
    """Return the addresses of a line, each once."""
    pieces = [piece for chunk in _AROUND.split(line) if "@" in chunk for piece in _apart(chunk)]
    return list(dict.fromkeys(map(_bare, pieces)))


def _apart(chunk: str) -> list[str]:
    """Return the addresses that a comma or the like joins without a space: « a@x.fr;b@x.fr »."""
    pieces = [piece for piece in _JOINED.split(chunk) if piece]
    apart = len(pieces) > 1 and all(piece.count("@") == 1 for piece in pieces)
    return pieces if apart else [chunk]


def _bare(piece: str) -> str:
    """Return an address without its label, its « mailto: » and what a link adds to it.

    Whatever else precedes the local part stays: taken away, it would leave another address.
    """
    if piece[0] == piece[-1] == "'":
        piece = piece[1:-1]
    head, _, rest = piece.lstrip(_BEGINNING).partition("@")
    label, _, local = head.rpartition(":")
    name = label.rpartition(":")[2].casefold()
    if name == "mailto":
        rest = rest.partition("?")[0]
        local = _ENCODED.sub(lambda code: chr(int(code[1], 16)), local)
    elif name not in _LABELS:
        local = head
    return f"{local}@{rest}".rstrip(_END)


def _unreadable(address: str) -> str:
    return "".join(c for c in address if c == "\ufffd" or unicodedata.category(c) in _UNREADABLE)


def _only(addresses: list[str]) -> str:
    if not addresses:
        raise InvalidValue("email.at")
    address, *others = addresses
    if others:
        raise InvalidValue("email.several")
    if address.count("@") > 1:
        joined = _ONE_AFTER_ANOTHER.search(address)
        raise InvalidValue("email.several" if joined else "email.at")
    return address


def _is_cut(line: str, address: str) -> bool:
    """Tell whether a space stands within what was meant as one address: « jean dupont@… »."""
    before, found, after = line.partition(address)
    if not found:  # as a link writes it
        return False
    if address.startswith("@") or address.endswith("@"):
        return before.endswith(" ") or bool(after.strip(f"{_END} "))
    if _GLUED.search(before):
        return not after.startswith(tuple(')]>"”»|'))
    words = _AROUND.split(before.rstrip()) if _LETTER.search(before) else [""]
    last = words[-1].strip("'…").casefold()
    return bool(last) and last[-1] not in ":." and last not in _LABELS


def _checked(address: str) -> str:
    if clean := _normalized(address):
        if _is_cut_short(clean.rpartition("@")[2]):
            raise InvalidValue("email.domain")
        return clean
    right = _normalized(f"x@{address.rpartition('@')[2]}")
    raise InvalidValue("email.local" if right else "email.domain")


def _normalized(address: str) -> str:
    """Return an address as email-validator writes it; "" if its form is wrong.

    Most addresses are plain, and end with a domain that was just looked at: in a file of many.
    """
    local, _, domain = address.rpartition("@")
    if _PLAIN_LOCAL.fullmatch(local) and domain.isascii():
        return f"{local}@{known}" if (known := _domain(domain)) else ""
    return _looked_at(address)


@lru_cache(512)
def _domain(domain: str) -> str:
    return _looked_at(f"x@{domain}").removeprefix("x@")


def _looked_at(address: str) -> str:
    try:
        checked = lazy.email_validator.validate_email(address, check_deliverability=False)
    except lazy.email_validator.EmailNotValidError:
        return ""
    return checked.normalized


def _is_cut_short(domain: str) -> bool:
    """Tell whether a domain ends with one letter, as none does, and stands for no known one."""
    return domain[-2:-1] == "." and not _well_known(domain)


@lru_cache(512)
def _well_known(domain: str) -> str:
    """Return the well-known domain that a mistyped one stands for, or nothing.

    Nothing is said of a domain that may exist: a provider's name with another country's ending, a
    short name, a word. One slip is looked for: a letter left out, added, swapped with the next or
    taken for a neighbouring key, and never the first.
    """
    name, _, end = domain.partition(".")
    if name in PROVIDERS:
        meant = "com" if name == "gmail" and end in _NO_GMAIL else _MISTYPED_ENDINGS.get(end, "")
        return f"{name}.{meant}" if meant in PROVIDERS[name] else ""
    for known, ends in PROVIDERS.items():
        meant = _MISTYPED_ENDINGS.get(end, end)
        if meant in ends and _is_slip(name, known) and domain not in _WORDS:
            return f"{known}.{meant}"
    return ""


def _is_slip(name: str, known: str) -> bool:
    """Tell whether a name is a well-known one with one slip."""
    if len(known) < NAMED or name[:1] != known[0]:
        return False
    if len(name) != len(known):
        shorter, longer = sorted((name, known), key=len)
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
    return _is_wrong_key(name, known)


def _is_wrong_key(name: str, known: str) -> bool:
    """Tell whether names as long differ by a neighbouring key, or by two letters swapped."""
    match [at for at in range(len(known)) if name[at] != known[at]]:
        case [at]:
            return _are_neighbours(name[at], known[at])
        case [at, following] if following == at + 1:
            return name[at] + name[following] == known[following] + known[at]
    return False


def _are_neighbours(key: str, other: str) -> bool:
    return any(pair in row for row in _KEYS for pair in (key + other, other + key))
