"""What a message asks for: a bank card, a secret, a new card, haste.

The words are looked for in small letters without accents. A sentence that says what the insurer
*never* asks is no request: genuine messages carry such warnings.

    >>> signs("La carte Vitale 2026 est arrivée : payez les frais de port sous 24 h.")
    ['asks.bank', 'card.renewal', 'hurry']
    >>> signs("L’Assurance Maladie ne demande jamais votre mot de passe ni votre carte bancaire.")
    []
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from espace_tui.guide.message.limits import TEXT

_VERB = (
    r"(?:saisi\w*|entre[rz]\b|confirm\w*|communiqu\w*|envoy\w*|repond\w*|indiqu\w*|donn\w*"
    r"|fourni\w*|verifi\w*|transme\w*|renseign\w*|valid\w*"
    r"|enter|confirm|send|give|provide|reply|verify|submit|update)"
)
_CONFIDENTIAL = (
    r"(?:mots? de passe|franceconnect|identifiants?\b.{0,20}\b(?:ameli|franceconnect|compte)"
    r"|codes? (?:recus?|secrets?|confidentiels?|sms|de securite|de validation)"
    r"|password|passcode|one-time code|security code)"
)
_VITALE = r"(?:carte vitale|vitale card|health card)"
_AGEING = (
    r"(?:expir\w*|perim\w*|renouvel\w*|remplac\w*|caduque|obsolete|plus valable|plus valide"
    r"|invalide|nouvelle version|derniere version|nouvelle generation|biometrique|renew\w*"
    r"|out of date)"
)
_PATTERNS = {
    "asks.bank": (
        r"cartes? (?:bancaires?|bleues?|de credit|de paiement)\b|coordonnees bancaires"
        r"|numero (?:de|a 16 chiffres de) (?:votre |la )?carte (?!vitale)|\brib\b|\biban\b"
        r"|cryptogramme"
        r"|frais (?:de port|d'envoi|d'expedition|de livraison|d'affranchissement|de dossier)"
        r"|frais postaux"
        r"|(?:effectue\w*|proced\w*|regle\w*|valide\w*|confirme\w*) .{0,40}\bpaiement"
        r"|\bpayez\b|\bpayer\b.{0,30}(?:euros?|€|frais)|reglez\b"
        r"|(?:credit|debit|bank) card|bank details|postage|shipping fee"
        r"|(?:make|confirm) (?:a |the |your )?payment"
    ),
    "asks.secret": (
        rf"{_VERB}.{{0,60}}\b{_CONFIDENTIAL}"
        rf"|{_CONFIDENTIAL}.{{0,40}}\b(?:par (?:retour|reponse)|{_VERB})"
    ),
    "card.renewal": (
        rf"{_VITALE}.{{0,80}}\b{_AGEING}|{_AGEING}.{{0,60}}\b{_VITALE}|nouvelles? cartes? vitale"
        rf"|{_VITALE} (?:v ?3|v ?4|20[0-9][0-9]\b)|new {_VITALE}"
        rf"|(?:command\w*|recevoir|obtenir|order) .{{0,30}}{_VITALE}"
    ),
    "refund": (
        r"remboursement .{0,60}(?:en attente|non percu|non reclame|disponible)"
        r"|remboursement .{0,60}[0-9]+(?:[,.][0-9]+)? ?(?:€|eur)"
        r"|(?:eligible|droit|beneficier|percevoir|recevoir|recuperer) .{0,30}\bremboursement"
        r"|refund .{0,30}(?:pending|available|waiting)"
    ),
    "hurry": (
        r"\b(?:24|48|72) ?(?:h|heures|hours)\b|\burgen\w+|immediate\w*|sans delai|au plus vite"
        r"|sous peine|suspen(?:du|sion|ded)\w*|\bbloque\w*|dernier (?:rappel|avis|delai)"
        r"|derniere (?:relance|chance)|expire (?:aujourd'hui|demain|dans|today|tomorrow)"
        r"|act now|final (?:notice|reminder)"
    ),
}
_SIGNS = {code: re.compile(pattern) for code, pattern in _PATTERNS.items()}
_DEMANDS = (
    r"(?:demand|reclam|sollicit|exig|communiqu|divulgu|donne|transme|expir|payant"
    r"|ask|request|share|give)"
)
_DENIED = re.compile(
    rf"\b(?:ne|n)\b['\s](?:\S+\s){{0,4}}?(?:{_DEMANDS}\S*)(?:\s\S+){{0,3}}?\s"
    r"(?:jamais|pas|aucun\S*)\b"
    rf"|\bjamais\s(?:\S+\s){{0,4}}?{_DEMANDS}|\b(?:never|not|n't)\s(?:\S+\s){{0,3}}?{_DEMANDS}"
    r"|\bn'?\s?(?:expire|perime)\S* (?:pas|jamais)\b"
)
_SENTENCES = re.compile(r"(?<=[.!?…])\s+(?=\S)|\n\s*\n")
_FOLDED = str.maketrans({"’": "'", "`": "'", "‘": "'", "œ": "oe", "æ": "ae"})
_INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
_LONGEST = 1_000


def signs(text: str) -> list[str]:
    """Return the codes of what a text asks for or presses for."""
    wanted = list(_sentences(text[:TEXT]))
    return [code for code, sign in _SIGNS.items() if any(sign.search(each) for each in wanted)]


def _sentences(text: str) -> Iterator[str]:
    """Return the sentences of a text that deny nothing, in pieces that a pattern reads quickly."""
    for sentence in _SENTENCES.split(_fold(text)):
        flat = " ".join(sentence.split())
        for start in range(0, len(flat) or 1, _LONGEST):
            piece = flat[max(0, start - 100) : start + _LONGEST]
            if not _DENIED.search(piece):
                yield piece


def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold().translate(_FOLDED))
    return "".join(c for c in apart if not "\u0300" <= c <= "\u036f")
