"""Identifiers and passwords to choose from: made here, now, and shown to nobody else.

An identifier is two words and two digits. A password is eight syllables and a digit: syllables, not
words, because the official site refuses passwords that hold words. The letters are those that stand
at the same place on AZERTY and QWERTY keyboards (no a, q, z, w, m), none is taken for another (no
0, O, 1, l, I), and all are on the first two pages of a telephone's keyboard. Both rule sets accept
all.

    >>> bits() > 50
    True
    >>> len(identifiers("fr")), len(passwords())
    (3, 3)
"""

from __future__ import annotations

from math import log2
from secrets import choice

from espace_tui.errors import InvalidValue
from espace_tui.model.policy import POLICIES
from espace_tui.validators import identifier, password

COUNT = 3
CONSONANTS = "bcdfghjknprstvxy"
VOWELS = "eiou"
DIGITS = "23456789"
SYLLABLES = 8
_UNLUCKY_TEXT = """
bite cocu conne couye fesse fion foutre fuck gode hitler jizz negro nique niku pede peni pipi popo
porno puti puto pute pussy sexe sexy suce tite vicieu viol zizi cucu tetin kuku boche goudou
"""
UNLUCKY = tuple(_UNLUCKY_TEXT.split())
"""What no proposal may hold, in small letters: a person reads it aloud, sometimes to a helper."""
_FRENCH = """
jardin lune soleil nuage fleur rivage foret prairie montagne riviere galet plume hibou renard
cigogne moineau tilleul cerise pomme figue orange citron olive noisette fontaine moulin village
sentier colline vallon bateau phare voilier cabane lanterne boussole violon guitare piano tambour
crayon papier carnet bureau fenetre jaune bleue verte rouge douce calme claire tranquille fidele
juin juillet automne printemps matin rosee brise tisane biscuit
"""
_ENGLISH = """
garden moon river cloud flower meadow forest hill valley pebble feather owl robin heron sparrow
cherry apple fig orange lemon olive hazel fountain mill village path harbour boat beacon cabin
lantern compass violin guitar piano drum pencil paper notebook window yellow blue green red gentle
calm clear quiet loyal june july autumn spring morning dew breeze biscuit tea maple willow
"""
_WORDS = {"fr": _FRENCH.split(), "en": _ENGLISH.split()}


def identifiers(language: str, count: int = COUNT) -> tuple[str, ...]:
    """Return different identifiers that both rule sets accept, such as ``jardin.lune-74``."""
    found: dict[str, None] = {}
    while len(found) < count:
        proposal = _identifier(_WORDS.get(language, _WORDS["fr"]))
        if _is_accepted_as_identifier(proposal):
            found[proposal] = None
    return tuple(found)


def passwords(count: int = COUNT) -> tuple[str, ...]:
    """Return different passwords that both rule sets accept, such as ``Bolu-kife-tonu-vexi7!``."""
    found: dict[str, None] = {}
    while len(found) < count:
        proposal = draw_password()
        if is_lucky(proposal) and _is_accepted(proposal):
            found[proposal] = None
    return tuple(found)


def bits() -> float:
    """Return how many bits a password is drawn from, those that are then refused left out."""
    syllable = log2(len(CONSONANTS) * len(VOWELS))
    return SYLLABLES * syllable + log2(len(DIGITS)) - _LOST


_LOST = 0.25
"""More than what `is_lucky` and the rules take away: they refuse less than one in seven."""


def _identifier(words: list[str]) -> str:
    first, second = choice(words), choice(words)
    while second == first:
        second = choice(words)
    return f"{first}.{second}-{choice(DIGITS)}{choice(DIGITS)}"


def draw_password() -> str:
    """Return a password as drawn, before the unlucky ones are left out."""
    drawn = [choice(CONSONANTS) + choice(VOWELS) for _ in range(SYLLABLES)]
    pairs = ["".join(drawn[at : at + 2]) for at in range(0, SYLLABLES, 2)]
    return "-".join((pairs[0].capitalize(), *pairs[1:])) + choice(DIGITS) + "!"


def is_lucky(proposal: str) -> bool:
    """Tell whether a password can be read aloud to anybody."""
    letters = proposal.lower().replace("-", "")
    return not any(unlucky in letters for unlucky in UNLUCKY)


def _is_accepted(proposal: str) -> bool:
    try:
        for policy in POLICIES.values():
            password.parse(proposal, policy.password)
    except InvalidValue:
        return False
    return True


def _is_accepted_as_identifier(proposal: str) -> bool:
    try:
        for policy in POLICIES.values():
            identifier.parse(proposal, policy.identifier)
    except InvalidValue:
        return False
    return True
