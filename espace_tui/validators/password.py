"""The password a person chooses, and the only place where one is normalised.

`normalise` (NFKC, once) is used both when a password is set and when it is checked, so that the
same keys give the same password on every keyboard. What the policy asks is refused with all that
is missing at once; then come what anyone would guess: a well-known password, or one made of the
person's own words. Nothing else a person types is refused: other characters are allowed, they
only do not count as the special one.

Three strengths of the same lists, from the policy: `blocklist` refuses a password that *is* a
listed word or is made of the person's words, once digits and signs around are taken away;
`no_personal` refuses any that *holds* a word of the person; `no_dictionary` any that holds a
listed word.

    >>> parse("Bonjour2024!")
    Traceback (most recent call last):
    espace_tui.errors.InvalidValue: password.common
    >>> parse("Nuage-Vert-7-Tortues")
    'Nuage-Vert-7-Tortues'
    >>> parse(propose()) != propose()
    True
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.i18n.spelling import without_accents
from espace_tui.validators import Tick, lazy, listed, spelled

SPECIAL = "&~\"#'(-_`{[|^@)=}+%*$£¨!§/:;.?,éèêëàâä"
READ = 1_024
"""Characters read of a password: far more than 128 can come from, so cutting equals nothing."""
PRODUCT = ("espace", "sante", "monespacesante", "ameli", "vitale")
WORD = 4
"""Letters of a personal word that counts."""
DIGITS = 6
"""Digits of a personal number that count."""
LISTED = 5
"""Letters of a listed word that counts within a password."""

_MEANT = str.maketrans("@4301$57", "aaeoisst")
_ENDS = re.compile("^[^a-z]+|[^a-z]+$")
_SIGNS = re.compile("[^0-9a-z]+")
_LETTERS = re.compile(r"[^\W0-9_]+")
_NOT_DIGITS = re.compile("[^0-9]+")
_ORDINARY = re.compile("[0-9A-Za-z]")
_REPEATED = re.compile(r"(.)\1{3,}|(..)\2{2,}")
"""One sign four times or more, or two signs three times or more, and nothing else."""
_GROUP = re.compile("[^-]{1,4}-?|-")

_CONSONANTS, _VOWELS, _FIGURES = "cdfhjkmnprtx", "aeu", "34679"


@dataclass(frozen=True, slots=True)
class PasswordRules:
    """What a backend publishes of passwords."""

    min: int = 8
    max: int = 128
    no_personal: bool = False
    no_dictionary: bool = False
    blocklist: bool = True
    special: str = SPECIAL


RULES = PasswordRules()


def canonical(text: str) -> str:
    """Return the password as it is kept and compared: NFKC, without the line end of a paste.

    Half of a character (a lone surrogate), which no keyboard types, becomes U+FFFD.
    """
    whole = text[:READ].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFKC", whole.strip("\r\n"))


def fold(text: str) -> str:
    """Return a text without case and accents, to look for words in it."""
    return without_accents(canonical(text).casefold())


def parse(text: str, rules: PasswordRules = RULES, *, personal: Sequence[str] = ()) -> str:
    """Return the normalised password; `personal` is what is known of the person."""
    value = canonical(text)
    if not value:
        raise InvalidValue("password.missing", min=rules.min)
    if len(text) > READ or len(value) > rules.max:
        raise InvalidValue("password.too-long", found=len(text), max=rules.max)
    if strange := "".join(c for c in value if c == "\ufffd" or unicodedata.category(c) == "Cc"):
        raise InvalidValue("password.characters", characters=spelled(strange), min=rules.min)
    missing = [name for name, met in _asked(value, rules).items() if not met]
    if missing:
        raise _lacking(missing, value, rules)
    for name, met in _guessed(value, rules, personal).items():
        if not met:
            raise InvalidValue(f"password.{name}")
    return value


def normalize(text: str) -> str:
    """Return a pasted password as it is, without the line end of the paste."""
    return text.strip("\r\n")


def groups(text: str) -> tuple[str, ...]:
    """Return a password in short pieces, cut after its hyphens, to be copied by hand."""
    return tuple(_GROUP.findall(text[:READ]))


def ticks(
    text: str, rules: PasswordRules = RULES, *, personal: Sequence[str] = ()
) -> tuple[Tick, ...]:
    """Return the rules of a password, and whether each is met so far."""
    value = canonical(text)[:READ]
    told = _asked(value, rules) | _guessed(value, rules, personal)
    return tuple(Tick(_rule(name, rules), bool(value) and met) for name, met in told.items())


def propose(rules: PasswordRules = RULES, *, words: int = 4) -> str:
    """Return a password drawn at random that meets the rules, easy to read and to copy by hand.

    Each word is worth 11 bits, and a twelfth for its capital after the first: 47 for four words.
    """
    sign = "-" if "-" in rules.special or not rules.special else rules.special[0]
    enough = -(-(rules.min + len(sign)) // len("Cac3-"))
    drawn = [_drawn(first=not at) for at in range(max(words, enough))]
    return sign.join(drawn)[: rules.max]


def _drawn(*, first: bool) -> str:
    choice = lazy.secrets.choice
    word = choice(_CONSONANTS) + choice(_VOWELS) + choice(_CONSONANTS) + choice(_FIGURES)
    return word.capitalize() if first or choice((True, False)) else word


# --- what the policy asks


def _asked(value: str, rules: PasswordRules) -> dict[str, bool]:
    return {
        "length": len(value) >= rules.min,
        "lower": any("a" <= c <= "z" for c in value),
        "upper": any("A" <= c <= "Z" for c in value),
        "digit": any("0" <= c <= "9" for c in value),
        "special": not rules.special or any(sign in value for sign in _signs(rules.special)),
    }


@cache
def _signs(special: str) -> tuple[str, ...]:
    """Return the special characters as they stand in a normalised password (¨ becomes two)."""
    return tuple(canonical(sign) for sign in special)


def _rule(name: str, rules: PasswordRules) -> Text:
    return Text(f"rule.password.{name}", {"min": rules.min, "max": rules.max})


def _lacking(missing: list[str], value: str, rules: PasswordRules) -> InvalidValue:
    values: dict[str, object] = {"found": len(value), "min": rules.min, "max": rules.max}
    for name, found in _instead(value).items():
        if name in missing and found:
            missing[missing.index(name)] = f"{name}-other"
            values[name] = spelled(found)
    if len(missing) == 1:
        code = "too-short" if missing == ["length"] else missing[0]
        return InvalidValue(f"password.{code}", **values)
    rest = listed(Text(f"rule.password.{name}", values) for name in missing)
    return InvalidValue("password.rules", rules=rest, **values)


def _instead(value: str) -> dict[str, str]:
    """Return the characters that are not what a rule asks for, but might be taken for it."""
    foreign = [character for character in value if not character.isascii()]
    return {
        "lower": "".join(filter(str.islower, foreign)),
        "upper": "".join(filter(str.isupper, foreign)),
        "special": "".join(c for c in value if not _ORDINARY.fullmatch(c)),
    }


# --- what anyone would guess


def _guessed(value: str, rules: PasswordRules, personal: Sequence[str]) -> dict[str, bool]:
    """Return the rules on what can be guessed that the policy asks, and whether each is met."""
    folded, own = fold(value), tuple(_words(personal))
    found = {}
    if rules.blocklist:
        forms = _forms(folded)
        repeated = any(map(_REPEATED.fullmatch, forms))
        found["common"] = forms.isdisjoint(_blocklist()) and not repeated
    if rules.no_personal or rules.blocklist:
        holds = rules.no_personal and any(word in folded for word in own)
        found["personal"] = not holds and not _is_made_of(folded, (*own, *PRODUCT))
    if rules.no_dictionary:
        plainly = folded.translate(_MEANT)
        long = (word for word in _blocklist() if len(word) >= LISTED and word.isalpha())
        found["dictionary"] = not any(word in folded or word in plainly for word in long)
    return found


@cache
def _blocklist() -> frozenset[str]:
    lines = Path(__file__).with_name("blocklist.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _forms(folded: str) -> set[str]:
    """Return the listed words a password may come down to: « p@ssw0rd2024! » to « password »."""
    bare = _ENDS.sub("", folded)
    forms = {folded, bare, bare.translate(_MEANT)}
    forms |= {_SIGNS.sub("", form) for form in forms}
    return forms | {unit for form in forms for unit in _units(form)}


def _units(form: str) -> Iterator[str]:
    """Return what a text repeats, if it is nothing but that."""
    for size in range(1, len(form) // 2 + 1):
        unit = form[:size]
        if form == unit * (len(form) // size):
            yield unit


def _words(personal: Sequence[str]) -> Iterator[str]:
    """Return the person's words and parts of numbers; of an address, only what precedes the @."""
    for item in personal:
        folded = fold(item.rpartition("@")[0] or item)
        for word in (folded, *_LETTERS.findall(folded)):
            if len(word) >= WORD:
                yield word
        digits = _NOT_DIGITS.sub("", folded)
        yield from (digits[at : at + DIGITS] for at in range(len(digits) - DIGITS + 1))


def _is_made_of(folded: str, words: Sequence[str]) -> bool:
    """Tell whether hardly any letter is left of a password once these words are taken away."""
    rest = folded
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != folded and sum(map(len, _LETTERS.findall(rest))) < WORD
