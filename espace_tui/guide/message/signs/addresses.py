"""Whose address it is: the official senders, what only resembles them, and the rest.

The address is what stands in ``<>``, never the name shown before it. Official is what the insurer
publishes (domain.md §6): the one sender, and its two sites. The insurer's other domains are
related, which proves nothing. A look-alike borrows the names: `ameli.com`, `ameli-infos.com`,
`arneli.fr`.

    >>> [judge_domain(each) for each in ("ameli-infos.com", "info.ameli.fr", "amelie.example")]
    ['alike', 'official', 'other']
    >>> mailboxes('"assurance-maladie@info.ameli.fr" <x@exemple.com>')
    ['x@exemple.com']
"""

from __future__ import annotations

import re
from functools import lru_cache

from espace_tui.guide.message.signs.folding import fold

SENDERS = frozenset({"assurance-maladie@info.ameli.fr"})
OFFICIAL = ("ameli.fr", "monespacesante.fr")
RELATED = ("assurance-maladie.fr", "cnamts.fr", "msa.fr", "gouv.fr", "service-public.fr")
"""Public bodies that may write about the same things; whoever writes from there is not checked."""
_WEBMAILS_TEXT = """
gmail.com googlemail.com outlook.com outlook.fr hotmail.com hotmail.fr live.com live.fr msn.com
yahoo.com yahoo.fr ymail.com icloud.com me.com aol.com gmx.com gmx.fr mail.com mail.ru yandex.com
yandex.ru proton.me protonmail.com tutanota.com laposte.net orange.fr wanadoo.fr free.fr sfr.fr
bbox.fr neuf.fr
"""
WEBMAILS = frozenset(_WEBMAILS_TEXT.split())


_QUOTED = re.compile(r'"[^"]*"')
_ANGLED = re.compile(r"<[ \t]*([^<>\s]{1,320})[ \t]*>")
_BARE = re.compile(r"[^\s<>,;:\"()\[\]«»]{1,128}@[^\s<>,;:\"()\[\]«»]{1,255}")
_BEFORE_ADDRESS = re.compile(r"\A(.*)<[^<>]*>[^<>]*\Z", re.DOTALL)
_DOMAIN = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+")
_WORDS = re.compile("[a-z]+")
_MEANT = str.maketrans("013457|!", "oieastii")
_BORROWED = ("assurancemaladie", "monespacesante", "cartevitale", "espacesante", "securitesociale")
_CLAIMS = (*_BORROWED, "caisseprimaire", "ministeredelasante", "cpam")
_ALONE = ("vitale", "cpam")
"""Words that a domain borrows when they stand alone in it: `cpam-france.com`."""
_SLIPS = 2
"""So many letters may differ from an official name that is borrowed."""
_NOT_THE_NAME = ("amelie", "amelia", "amelio", "carameli")


def mailboxes(header: str) -> list[str]:
    """Return the addresses of a header such as From, in small letters: those in ``<>`` if any."""
    bare = _QUOTED.sub(" ", header[:2000])
    found = [each for each in _ANGLED.findall(bare) if "@" in each] or _BARE.findall(bare)
    return list(dict.fromkeys(each.strip(".'").lower() for each in found))


def display_name(header: str) -> str:
    """Return the name shown before an address."""
    return _BEFORE_ADDRESS.sub(r"\1", header).strip(' "\t') if "<" in header else ""


def domain_of(address: str) -> str:
    """Return what follows the last @."""
    return address.rpartition("@")[2].strip("[]. ").lower()


def is_under(host: str, domain: str) -> bool:
    """Tell whether a host is a domain, or below it."""
    return host == domain or host.endswith("." + domain)


def is_official(host: str) -> bool:
    """Tell whether a host belongs to one of the official sites."""
    return any(is_under(host, domain) for domain in OFFICIAL)


def same_site(one: str, other: str) -> bool:
    """Tell whether two hosts belong together: one below the other, or both official."""
    return is_under(one, other) or is_under(other, one) or (is_official(one) and is_official(other))


def is_foreign(host: str) -> bool:
    """Tell whether a host is written with other letters than ours, openly or as punycode."""
    return not host.isascii() or any(label.startswith("xn--") for label in host.split("."))


def is_domain(host: str) -> bool:
    """Tell whether a host could be a domain name at all."""
    return bool(_DOMAIN.fullmatch(host))


@lru_cache(maxsize=500)
def judge_domain(domain: str) -> str:
    """Return what a domain is: official, related, foreign, alike, or other."""
    if is_official(domain):
        return "official"
    if is_foreign(domain):
        return "foreign"
    if any(is_under(domain, known) for known in RELATED):
        return "related"
    return "alike" if _resembles(domain) else "other"


def claims_to_be_official(name: str) -> bool:
    """Tell whether a shown name is that of the insurer or of its service."""
    letters = _letters(name)
    plain = any(claim in letters for claim in _CLAIMS) or _borrows_ameli(_tokens(name))
    return plain and " via " not in f" {name.lower()} "


def _resembles(domain: str) -> bool:
    """Tell whether a domain borrows an official name, also through look-alike characters."""
    letters = _letters(domain)
    read_again = letters.replace("rn", "m").replace("vv", "w")
    if any(name in each for name in _BORROWED for each in (letters, read_again)):
        return True
    labels = [_letters(label) for label in domain.split(".")]
    tokens = _tokens(domain)
    return (
        _borrows_ameli(tokens)
        or any(token in _ALONE for token in tokens)
        or any(label == "ameli" or _is_misspelt(label) for label in labels)
    )


def _is_misspelt(label: str) -> bool:
    """Tell whether the letters of a label are an official name but for a few of them."""
    return any(
        abs(len(label) - len(name)) <= _SLIPS and _distance(label, name) <= _SLIPS
        for name in _BORROWED
    )


def _distance(one: str, other: str) -> int:
    """Return how many letters are to be added, left out or changed to get from one to the other."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for n, wanted in enumerate(other, 1):
            cost = min(row[n] + 1, row[n - 1] + 1, before + (letter != wanted))
            before, row[n] = row[n], cost
    return row[-1]


def _borrows_ameli(tokens: list[str]) -> bool:
    return any(_is_ameli(token) or _is_ameli(token.replace("rn", "m")) for token in tokens)


def _is_ameli(token: str) -> bool:
    if any(name in token for name in _NOT_THE_NAME):
        return False
    squeezed = re.sub(r"(.)\1+", r"\1", token.replace("l", "i"))
    return token.startswith("ameli") or token.endswith("ameli") or squeezed == "amei"


def _tokens(text: str) -> list[str]:
    return _WORDS.findall(fold(text[:400]).translate(_MEANT))


def _letters(text: str) -> str:
    return "".join(_tokens(text))
