"""The titles of columns, as people write them: which column each names, and which is preferred.

Accents, capitals, digits, stars, what stands in brackets and little words do not count.

>>> column_of("Date de naissance (jj/mm/aaaa)*"), column_of("mail individu"), column_of("Ville")
('birth_date', 'email', '')
>>> column_of("Téléphone fixe"), column_of("Téléphone portable"), column_of("N° Sécurité sociale")
('', 'mobile', 'nir')
"""

from __future__ import annotations

import re
from functools import cache

from espace_tui.i18n.spelling import without_accents

NEEDED = ("first_name", "last_name", "birth_date", "nir", "card_kind", "card_serial")
_TITLES = {
    "first_name": (
        *("first name", "prenom", "given name", "forename", "prenom usuel", "prenom naissance"),
        *("prenom etat civil", "premier prenom", "prenom principal"),
    ),
    "last_name": (
        *("last name", "nom", "nom famille", "nom naissance", "surname", "family name"),
        *("nom patronymique", "nom jeune fille", "nom etat civil", "nom usage", "nom usuel"),
        *("nom marital", "nom epouse"),
    ),
    "birth_date": (
        *("birth date", "date birth", "birthdate", "date naissance", "naissance", "ne", "nee"),
        *("date naiss", "date nais", "dob", "ddn", "birthday", "birth day"),
    ),
    "nir": (
        *("nir", "no nir", "social security no", "no securite sociale", "securite sociale"),
        *("no secu", "no secu sociale", "secu", "nss", "no ss", "ssn", "no insee", "nir complet"),
        "no immatriculation securite sociale",
    ),
    "nir_key": (
        *("cle nir", "nir key", "cle no securite sociale", "cle securite sociale", "cle secu"),
        *("cle no secu", "cle ss", "cle no ss", "cle nss", "cle insee", "cle controle nir"),
        *("cle controle no securite sociale", "cle controle no secu", "cle controle", "cle"),
        *("control key", "key"),
    ),
    "card_kind": (
        *("card kind", "kind card", "card type", "type carte", "type carte vitale"),
        *("modele carte", "modele carte vitale", "sorte carte", "genre carte"),
    ),
    "card_serial": (
        *("card serial", "serial no", "no serie", "no serie carte", "no serie carte vitale"),
        *("card serial no", "serial", "no carte vitale", "no carte", "no vitale", "serie"),
    ),
    "email": (
        *("mail", "mail address", "adresse mail", "adresse electronique", "mail personnel"),
        *("mail perso", "adresse mail personnelle", "adresse mail perso", "mail prive", "mail pro"),
        *("mail professionnel", "adresse mail professionnelle", "adresse mail pro"),
        "mail secondaire",
    ),
    "mobile": (
        *("mobile", "mobile no", "portable", "no mobile", "no portable", "tel mobile"),
        *("tel portable", "no tel mobile", "no tel portable", "mobile tel", "mobile tel no", "gsm"),
        *("cell tel", "portable perso", "portable personnel", "tel", "no tel", "tel no"),
        *("tel perso", "tel personnel", "tel principal"),
    ),
    "language": (
        *("language", "langue", "preferred language", "langue preferee", "lang"),
        *("langue correspondance", "langue courrier", "langue message"),
    ),
}
_RANKS = {
    frozenset(title.split()): (column, rank)
    for column, titles in _TITLES.items()
    for rank, title in reversed([*enumerate(titles)])
}
_SAME = {
    **dict.fromkeys(("num", "numero", "nro", "number", "num ero", "nb"), "no"),
    **dict.fromkeys(("n",), "no"),
    **dict.fromkeys(("telephone", "phone", "tph", "teleph"), "tel"),
    **dict.fromkeys(("email", "courriel", "mel", "messagerie", "mails", "emails"), "mail"),
    **dict.fromkeys(("clef", "clefs", "cles"), "cle"),
    "prenoms": "prenom",
    "noms": "nom",
    "names": "name",
}
_LITTLE = frozenset(
    (
        *("de", "du", "des", "d", "la", "le", "les", "l", "un", "une", "of", "the", "a", "e", "s"),
        *("et", "and", "votre", "your", "individu", "individuel", "assure", "assuree", "assures"),
        *("beneficiaire", "patient", "patiente", "personne", "usager", "adherent", "adherente"),
        *("client", "cliente", "titulaire", "obligatoire", "requis", "facultatif", "required"),
        *("optional", "person", "er"),
    )
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LETTERS = re.compile("[^a-z]+")
_ABBREVIATED = re.compile(r"\b([A-Za-z])\.(?=[A-Za-z]\b)")
"""« S.S. », « N.I.R. »: one word."""
_JOINED = re.compile("(?<=[a-z])(?=[A-Z])")
"""« dateNaissance », as databases name what they export: two words."""


def column_of(title: str) -> str:
    """Return the column that a title names; empty when none."""
    return preference(title)[0]


@cache
def preference(title: str) -> tuple[str, int, int]:
    """Return the column that a title names, and how well it does: the least is the best."""
    whole = _ABBREVIATED.sub(r"\1", _BRACKETS.sub(" ", title))
    for written in (whole, _JOINED.sub(" ", whole)):
        words = [_SAME.get(word, word) for word in _LETTERS.sub(" ", _plain(written)).split()]
        for dropped in (set[str](), _LITTLE):
            kept = frozenset(word for word in words if word not in dropped)
            if kept in _RANKS:
                column, rank = _RANKS[kept]
                return column, rank, len(words) - len(kept)
    return "", 0, 0


def _plain(title: str) -> str:
    return without_accents(title.replace("°", "o ").replace("º", "o ").casefold())
