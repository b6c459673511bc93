"""What a message asks for: a bank card, a secret, a new card, haste.

The words are looked for as somebody reads them (`folding`), and not in a sentence that only warns
(`warnings`): genuine messages carry such warnings.

    >>> signs("La carte Vitale 2026 est arrivée : payez les frais de port sous 24 h.")
    ['asks.bank', 'card.renewal', 'hurry']
    >>> signs("L’Assurance Maladie ne demande jamais votre mot de passe ni votre carte bancaire.")
    []
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from espace_tui.guide.message.limits import TEXT
from espace_tui.guide.message.signs.folding import fold
from espace_tui.guide.message.signs.warnings import is_warning

_GIVE = (
    r"(?:communiqu\w*|envoy\w*|repond\w*|donn\w*|fourni\w*|transme\w*|il nous faut"
    r"|nous avons besoin|(?:lisez|dictez|dites)[ -](?:moi|nous)|send|give|provide|reply)"
)
_TYPE = (
    r"(?:saisi\w*|entre[rz]\b|indiqu\w*|renseign\w*|confirm\w*|verifi\w*|valid\w*|mett\w* a jour"
    r"|enter|confirm|verify|submit|update)"
)
_VERB = rf"(?:{_GIVE}|{_TYPE})"
_PRIVATE = (
    r"(?:mots? de passe|franceconnect|identifiants?\b.{0,20}\b(?:ameli|franceconnect|compte)"
    r"|password|passcode)"
)
_ONE_TIME_CODE = (
    r"(?:codes? (?:recus?|secrets?|confidentiels?|sms|de securite|de validation|de verification"
    r"|que vous (?:venez de |avez )?rec\w+|a [4-8] chiffres)|one-time code|security code)"
)
_SIGNING_IN = re.compile(
    r"(?:identifiants? et (?:de )?(?:votre |un )?mots? de passe|username and (?:your )?password)"
    r"(?:\s\S+){0,3}? (?:sur|on|at) (?:www\.)?(?:monespacesante|ameli)\.fr(?![\w.-]*\w)"
)
"""How a genuine message says that one signs in: on the official site, typed by hand."""
_MONEY = r"(?:[0-9]+(?:[,.][0-9]+)? ?)?(?:euros?\b|eur\b|€|frais\b|amende\b)"
_ACCOUNT = (
    r"(?:coordonnees? bancaires?|(?:informations|donnees) bancaires|\brib\b|\biban\b"
    r"|compte bancaire|bank (?:details|account))"
)
_CHAT = r"(?:whatsapp|telegram|messenger)\b"
_VITALE = r"(?:c[a4]rte[ -]?v[i1l]t[a4]l[e3]|vitale card|health(?: insurance)? card)"
_AGEING = (
    r"(?:expir\w*|perim\w*|renouvel\w*|remplac\w*|caduque|obsolete|plus (?:valable|valide|a jour)"
    r"|invalide|(?:nouvelle|derniere) (?:version|generation)|biometrique|echeance|fin de validite"
    r"|desactiv\w*|inactive|reactiv\w*|bloque\w*|suspendue?|renew\w*|out of date|deactivated)"
)
_PATTERNS = {
    "asks.bank": (
        r"cartes? (?:bancaires?|bleues?|de credit|de paiement)\b|numero de cb\b|n° de cb\b"
        r"|numero (?:de|a 16 chiffres de) (?:votre |la )?carte (?!vitale)|cryptogramme"
        rf"|{_VERB}.{{0,60}}{_ACCOUNT}|{_ACCOUNT}.{{0,30}}par (?:retour|reponse)"
        r"|frais (?:de port|d'envoi|d'expedition|de livraison|d'affranchissement|de dossier)"
        r"|frais postaux"
        r"|(?:effectue\w*|proced\w*|regle\w*|valide\w*|confirme\w*) .{0,40}\bpaiement"
        r"|paiement .{0,30}\b(?:requis|necessaire|exige|en attente)"
        rf"|\bpayez\b|\b(?:payer|regler)\b.{{0,30}}{_MONEY}|reglez\b"
        r"|(?:credit|debit|bank) card|postage|shipping fee"
        r"|affranchissement (?:insuffisant|manquant)|(?:faute|manque) d'affranchissement"
        r"|(?:effectuez|faites|procedez) .{0,30}\bvirement|\bbitcoins?\b|crypto-?monnaies?"
        r"|coupons? pcs|transcash|neosurf|paysafe\w*|cartes? cadeau|western union|gift card"
        r"|(?:make|confirm) (?:a |the |your )?payment"
    ),
    "asks.secret": (
        rf"{_VERB}.{{0,60}}\b{_PRIVATE}|{_PRIVATE}.{{0,40}}\b(?:par (?:retour|reponse)|{_VERB})"
        rf"|{_GIVE}.{{0,60}}\b(?:{_ONE_TIME_CODE}|code provisoire)"
        rf"|{_ONE_TIME_CODE}.{{0,40}}\b(?:par (?:retour|reponse)|{_GIVE})"
    ),
    "asks.chat": rf"{_GIVE}.{{0,120}}\b{_CHAT}|\b{_CHAT}.{{0,120}}\b{_GIVE}",
    "card.renewal": (
        rf"{_VITALE}.{{0,80}}\b{_AGEING}|{_AGEING}.{{0,60}}\b{_VITALE}|nouvelles? cartes? vitale"
        rf"|{_VITALE}\W{{0,3}}(?:version |modele |edition )?(?:v ?3|v ?4|20[2-9][0-9]\b)"
        rf"|new {_VITALE}|{_VITALE}.{{0,80}}\b(?:livree?|livrer|livraison|reexpedi\w*|delivered)\b"
        r"|(?:command\w*|recevoir|obtenir|order|receive)"
        rf"(?: (?:votre|une|la|ma|nouvelle|your|the))+ {_VITALE}"
    ),
    "refund": (
        r"remboursement .{0,60}(?:en attente|non percu|non reclame|disponible)"
        r"|remboursement .{0,60}[0-9]+(?:[,.][0-9]+)? ?(?:€|eur)"
        r"|(?:eligible|droit|beneficier|percevoir|recevoir|recuperer) .{0,30}\bremboursement"
        r"|refund .{0,30}(?:pending|available|waiting)"
    ),
    "hurry": (
        r"\b(?:24|48|72) ?(?:h|heures|hours)\b|\burgen\w+|immediate\w*|sans delai|au plus vite"
        r"|sous peine|suspen(?:du|sion|ded)\w*|\bbloquee?s?\b|dernier (?:rappel|avis|delai)"
        r"|derniere (?:relance|chance)|expire (?:aujourd'hui|demain|dans|today|tomorrow)"
        r"|\bdroits?\b.{0,40}\b(?:expir|suspen|ferme|coupe)\w*|act now|final (?:notice|reminder)"
    ),
    "qr": r"(?:scann\w*|flash\w*|lisez|scan) .{0,40}\bqr\b|\bqr[ -]?code ci-(?:joint|dessous)",
}
_STEMS_TEXT = """
cart card cb crypto bancaire rib iban bank frais pai pay regl postage shipping passe passw
franceconnect identifiant code vitale rembours refund 24 48 72 urgen immediate delai vite peine
suspen bloque lisez dictez c4rt v1t dernier expir ferme coupe final now qr affranch
virement coin cash safe coupon neosurf western gift tsapp telegram messenger
"""
_STEMS = tuple(_STEMS_TEXT.split())
"""Every sign has one of them: most sentences have none, and are looked at no further."""
_SIGNS = {code: re.compile(pattern) for code, pattern in _PATTERNS.items()}
_TYPED_ELSEWHERE = re.compile(rf"{_TYPE}.{{0,60}}\b{_ONE_TIME_CODE}")
_GIVES_A_CODE = re.compile(
    r"\bcode\b.{0,60}(?::|\best|\bis) ?[0-9]{4,8}\b"
    r"|\b[0-9]{4,8} (?:est|is) (?:votre|le|your)\b.{0,20}code"
)
_LOST = r"\b(?:perte|perdue?|vol|volee|lost|stolen)\b"
_NO_NEW_CARD = re.compile(
    rf"{_LOST}(?=.*{_VITALE}).*\bremplac|{_VITALE}.*{_LOST}.*\bremplac"
    rf"|\b(?:enregistre|pris en compte|registered)\b(?=.*{_LOST})(?!.*(?:cliqu|http)).*{_VITALE}"
)
"""A card that was lost is replaced: a genuine message may say so."""
_APPLICATION = re.compile(rf"\bappli(?:cation)?s?(?: mobile)? {_VITALE}")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+(?=\S)|\n\s*\n")
_LONGEST = 1_000


_SPEAKS = re.compile(
    r"\A\W*(?:(?:info\w*|alerte|avis|message|rappel|service|suivi)\W{1,3})?(?:l'|la |votre )?"
    r"(?:ameli|cpam|assurance[ -]maladie|carte[ -]vitale|mon espace sante|securite sociale)"
    r"(?:[ .-]?(?:fr|france|info))?\s{0,2}[\]:.,!>-]"
)
"""How a text message says who it is from: it begins with a name."""


def speaks_as_insurer(text: str) -> bool:
    """Tell whether a text without a sender begins as one of the insurer's would."""
    return bool(_SPEAKS.match(fold(text[:200])))


def signs(text: str) -> list[str]:
    """Return the codes of what a text asks for or presses for."""
    folded = fold(text[:TEXT])
    wanted = list(_sentences(folded))
    found = {code for code, sign in _SIGNS.items() if any(map(sign.search, wanted))}
    # Whoever was sent a code types it where they asked for it; who asks for one gives none.
    if not _GIVES_A_CODE.search(folded) and any(map(_TYPED_ELSEWHERE.search, wanted)):
        found.add("asks.secret")
    return [code for code in _SIGNS if code in found]


def _sentences(folded: str) -> Iterator[str]:
    """Return the sentences of a text that ask something, in pieces that are read quickly."""
    stems = [stem for stem in _STEMS if stem in folded]
    for sentence in _SENTENCES.split(folded):
        flat = " ".join(sentence.split())
        for start in range(0, len(flat) or 1, _LONGEST):
            piece = flat[max(0, start - 100) : start + _LONGEST]
            if any(stem in piece for stem in stems) and not is_warning(piece):
                yield _usual_left_out(piece)


def _usual_left_out(sentence: str) -> str:
    """Return a sentence without what a genuine message says of cards and of signing in."""
    said = _APPLICATION.sub("", _SIGNING_IN.sub("", sentence))
    return "" if _NO_NEW_CARD.search(said) else said
