"""Whether a sentence only warns: it says what is never asked, or what others ask.

Genuine messages carry such warnings. A threat is none: « si vous ne payez pas ».

    >>> is_warning("personne ne vous demandera votre carte bancaire")
    True
    >>> is_warning("des sms vous invitent a renouveler votre carte vitale")
    True
    >>> is_warning("ce sms vous invite a renouveler votre carte vitale")
    False
    >>> is_warning("si vous ne communiquez pas votre rib, le dossier sera ferme")
    False
"""

from __future__ import annotations

import re

_ASKS = r"(?:demand|reclam|sollicit|exig|communiqu|divulgu|donne|transme|expir|perim|payant|ask)"
_GIVES = rf"(?:{_ASKS}|request|share|give|pay|regl|envoy|fourni|saisi|entre[rz]|repond|confirm)"
_NEVER = re.compile(
    rf"\b(?:ne|n)\b['\s](?:\S+\s){{0,4}}?{_ASKS}\S*(?:\s\S+){{0,3}}?\s(?:pas|aucun\S*)\b"
    rf"|\b(?:ne|n)\b['\s](?:\S+\s){{0,4}}?{_GIVES}\S*(?:\s\S+){{0,3}}?\s(?:jamais|rien)\b"
    rf"|\bjamais\s(?:\S+\s){{0,4}}?{_GIVES}"
    rf"|\b(?:personne|aucune?\s(?:\S+\s){{1,3}}?)\s?(?:ne|n)\b['\s](?:\S+\s){{0,4}}?{_ASKS}"
    rf"|\b(?:never|not|n't|nobody|no one)\s(?:\S+\s){{0,3}}?{_GIVES}"
    r"|\bn'?\s?(?:expire|perime)\S* (?:pas|jamais)\b"
    r"|\bn'a (?:pas|aucune?) (?:de )?(?:date|duree)\b"
)
_THREAT = re.compile(
    r"\bsi (?:vous|tu|on|rien)\s(?:\S+\s){0,4}?n(?:e\b|')|\bif you (?:do not|don't)"
)
_WHO = (
    r"(?:sms|e-?mails?|mails?|courriels?|messages?|appels?|courriers?|sites?|escrocs?|arnaqueurs?"
    r"|fraudeurs?|pirates?|malfaiteurs?|personnes?|individus)"
)
_WHO_IN_ENGLISH = r"(?:texts?|e-?mails?|messages?|calls?|letters?|scammers?|fraudsters?|criminals?)"
_OTHERS = re.compile(
    rf"(?<!\bce )(?<!\bcet )(?<!\bnotre )\b{_WHO}(?:\s\S+){{0,8}}?\svous\s"
    r"(?:demand|invit|incit|propos|reclam|promet|annonc|sollicit|exig|press)"
    rf"|(?<!\bnos )(?<!\bces )\b{_WHO}(?:\s\S+){{0,4}}?\s"
    r"(?:demandent|invitent|incitent|proposent|reclament|promettent|pretendent|annoncent)\b"
    rf"|(?<!\bthis )(?<!\bour )\b{_WHO_IN_ENGLISH}(?:\s\S+){{0,6}}?\s"
    r"(?:ask|asking|invite|inviting|tell|telling|urge|urging)\s(?:you|for)\b"
)


def is_warning(sentence: str) -> bool:
    """Tell whether a folded sentence says what is never asked, or what others ask."""
    if _THREAT.search(sentence):
        return False
    return bool(_NEVER.search(sentence) or _OTHERS.search(sentence))
