"""What every kind of value refuses, and by which code: one table, read by several promises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from espace_tui.validators import (
    birth_date,
    card_serial,
    email,
    identifier,
    mobile,
    nir,
    one_time_code,
    password,
    provisional_code,
)
from espace_tui.validators.card_serial import CardKind
from espace_tui.validators.identifier import IdentifierRules
from espace_tui.validators.password import PasswordRules

Parse = Callable[[str], Any]
ZOE = "2 84 05 88 321 025 32"
PERSONAL = ("Zoé", "camille.martin", "m.durand@exemple.fr", ZOE, "1984")

photo = partial(card_serial.parse, kind=CardKind.PHOTO)
photo_of_zoe = partial(card_serial.parse, kind=CardKind.PHOTO, nir=ZOE)
plain_card = partial(card_serial.parse, kind=CardKind.PLAIN)
plain_of_zoe = partial(card_serial.parse, kind=CardKind.PLAIN, nir=ZOE)
born = partial(birth_date.parse, today=date(2026, 11, 23))
email_2025 = partial(email.parse, plus_refused=True)
identifier_2025 = partial(identifier.parse, rules=IdentifierRules(not_nir=True, not_iban=True))
identifier_of_zoe = partial(identifier_2025, nir=ZOE)
password_of_zoe = partial(password.parse, personal=PERSONAL)
RULES_2025 = PasswordRules(min=9, no_personal=True, no_dictionary=True)
password_2025 = partial(
    password.parse,
    rules=RULES_2025,
    personal=PERSONAL,
)


@dataclass(frozen=True)
class Refusal:
    """A text that a kind of value refuses by a code."""

    parse: Parse
    text: str
    code: str


TABLE: dict[Parse, dict[str, str]] = {
    provisional_code.parse: {
        "": "code.missing",
        " \u200b\n": "code.missing",
        "code provisoire :": "code.missing",
        "AbC1": "code.length",
        "AbC1dEf2GhI3J": "code.length",
        "AbC1dEf2GhI!?é": "code.characters",
        "AbC1dEf2GhI€": "code.characters",
        "AbC1dEf2GhI３": "code.digits",
        "AbC€1": "code.characters",
        "AbC1dEf2GhI3J€": "code.characters",
        "le code arrive": "code.not-found",
        "Votre code vous attend sur le site de l’assurance": "code.not-found",
    },
    nir.parse: {
        "": "nir.missing",
        "NIR :": "nir.missing",
        "help": "nir.no-digits",
        "je ne sais pas": "nir.no-digits",
        "é (( à_ &' &è_ àé( \"_": "nir.shift",
        "É (( À_ &4": "nir.characters",
        "2 84 05 camille": "nir.length",
        "2 84 05 88 321 camille025 32": "nir.characters",
        "2 84 05 2A 321 025 52 1": "nir.length",
        "2 84 05 2A 3A1 025 52 1": "nir.characters",
        "2 84 05 88 321": "nir.length",
        "2 84 05 88 321 025 32 1": "nir.length",
        "2 84 05 88 321 025": "nir.without-key",
        "2 84 05 2b 321 025": "nir.without-key",
        "1 84 02 75 123 456": "nir.without-key",
        "5 84 02 75 123 456": "nir.length",
        "8025000002 1234567890 1": "nir.is-serial",
        "80250000025": "nir.is-serial",
        "2 84 05 88 321 O25 32": "nir.characters",
        "2 84 05 2C 321 025 32": "nir.characters",
        "2 84 O5 2A 321 025 52": "nir.characters",
        "2 84 05 88 321 02\u20ac 32": "nir.characters",
        "２ 84 05 88 321 025 32": "nir.digits",
        "٢ 84 05 88 321 025 32": "nir.digits",
        "2 84 05 88 321 025 30": "nir.key",
        "1 55 12 55 555 555 55": "nir.key",
        "1 98 01 23 123 456 90": "nir.key",
        "2 55 12 99 123 457 80": "nir.key",
        "2 84 05 2A 321 025 79": "nir.key",
    },
    photo: {
        "": "serial.missing",
        "N° :": "serial.missing",
        "aide": "serial.no-digits",
        "&é\"' (-è_ çà&": "serial.shift",
        "00417250938camille": "serial.characters",
        "1234I": "serial.characters",
        "1234": "serial.length",
        "123456789012": "serial.length",
        "1234567890": "serial.ten-digits",
        "8025000002 1234567890": "serial.ten-digits",
        "03/01/2020": "serial.date",
        "80250000025": "serial.issuer",
        "8025000002": "serial.issuer",
        "80250000021": "serial.issuer",
        "1234567890I": "serial.characters",
        "1234567890１": "serial.digits",
    },
    photo_of_zoe: {
        ZOE: "serial.nir",
        "84058": "serial.nir",
        "40588321025": "serial.nir",
    },
    plain_card: {
        "": "serial.missing",
        "1234567": "serial.length",
        "12345678901234": "serial.length",
        "8025000002 1234567890 1": "serial.is-photo",
        "80250000025": "serial.issuer",
        "80250": "serial.issuer",
        "1" * 21: "serial.length",
        "8025000002 123456789012": "serial.length",
        "8025000002": "serial.issuer",
        "123456780O": "serial.characters",
        "١٢٣٤٥٦٧٨": "serial.digits",
    },
    plain_of_zoe: {
        ZOE: "serial.nir",
        "284058832102": "serial.nir",
        "8405883210": "serial.nir",
        "7405": "serial.length",
    },
    born: {
        "": "birth_date.missing",
        "hier": "birth_date.format",
        "janvier 1984": "birth_date.format",
        "3 janvier février 1984": "birth_date.format",
        "03/01/198": "birth_date.format",
        "003/01/1984": "birth_date.format",
        "1234567": "birth_date.format",
        "1 2 3 4": "birth_date.format",
        "٠٣/٠١/١٩٨٤": "birth_date.digits",
        "3.1.84": "birth_date.ambiguous",
        "030184": "birth_date.ambiguous",
        "3 janvier 84": "birth_date.ambiguous",
        "31/02/1984": "birth_date.impossible",
        "00/01/1984": "birth_date.unknown-day",
        "00/00/1958": "birth_date.unknown-day",
        "01/00/1958": "birth_date.unknown-day",
        "1958-00-00": "birth_date.unknown-day",
        "00001958": "birth_date.unknown-day",
        "19580000": "birth_date.unknown-day",
        "??/??/1958": "birth_date.unknown-day",
        "XX/05/1958": "birth_date.unknown-day",
        "**.**.1958": "birth_date.unknown-day",
        "30805": "birth_date.spreadsheet",
        "30805,0": "birth_date.spreadsheet",
        "30805.5": "birth_date.spreadsheet",
        "1984": "birth_date.format",
        "1984-05-02T22:00:00.000Z": "birth_date.format",
        "03/05/1984 08:30": "birth_date.format",
        "5/3/1984 12:00:00 AM": "birth_date.format",
        "3 janvier 01 1984": "birth_date.format",
        'à":à(:&ç(_': "birth_date.shift",
        "12/13/1984": "birth_date.month-first",
        "13/13/1984": "birth_date.impossible",
        "12/32/1984": "birth_date.impossible",
        "29 février 1985": "birth_date.impossible",
        "12/31/1984": "birth_date.month-first",
        "24/11/2026": "birth_date.future",
        "31/12/1895": "birth_date.too-old",
    },
    email.parse: {
        "": "email.missing",
        "camille": "email.at",
        "camille@exemple@exemple.fr": "email.at",
        "a@exemple.fr b@exemple.fr": "email.several",
        "a@x.fr;b@x.fr": "email.several",
        "a@x.fr,b@x.fr": "email.several",
        "a@x.fr/b@x.fr": "email.several",
        "a@x.fr|b@x.fr": "email.several",
        "a@x.fr;b": "email.domain",
        "mailto:a@x.fr,b@x.fr?subject=oui": "email.several",
        ".camille@exemple.fr": "email.local",
        "E-mail : .camille@exemple.fr": "email.local",
        "..camille@exemple.fr": "email.local",
        "http://camille@exemple.fr": "email.link",
        "HTTPS://camille@exemple.fr/": "email.link",
        "ftp://camille@exemple.fr": "email.link",
        "//camille@exemple.fr": "email.link",
        "camille:secret@exemple.fr": "email.local",
        "h\ufffdl\ufffdne@exemple.fr": "email.characters",
        "camille@exempl\ufffd.fr": "email.characters",
        "camille\ue000@exemple.fr": "email.characters",
        "a" * 64 + "@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 59 + ".fr": "email.length",
        "camille martin@exemple.fr": "email.space",
        "camille @exemple.fr": "email.space",
        "camille@ exemple.fr": "email.space",
        "camille@": "email.domain",
        "Mail : camille@.": "email.space",
        "@exemple.fr": "email.local",
        "a" * 250 + "@exemple.fr": "email.length",
        "camille..martin@exemple.fr": "email.local",
        "camille,martin@exemple.fr": "email.local",
        "camille@exemple": "email.domain",
        "camille@exemple..fr": "email.domain",
    },
    email_2025: {"camille+sante@exemple.fr": "email.plus"},
    mobile.parse: {
        "": "mobile.missing",
        "０639981234": "mobile.digits",
        "06 39 98 12 3O": "mobile.characters",
        "06 39+98 12 34": "mobile.characters",
        "Tél. :": "mobile.missing",
        "demain": "mobile.no-digits",
        'à- "ç ç_ &é "\'': "mobile.shift",
        "06 12 34 56 78 ou 07 61 23 45 67": "mobile.several",
        "0612345678;0692123456": "mobile.several",
        "01 23 45 67 89 / 02 23 45 67 89": "mobile.landline",
        "+33 6 92 11 22 33": "mobile.prefix",
        "+262 6 12 34 56 78": "mobile.prefix",
        "+590 694 12 34 56": "mobile.prefix",
        "33692112233": "mobile.prefix",
        "+262 262 12 34 56": "mobile.landline",
        "+681 72 12": "mobile.length",
        "+687 24 12 34": "mobile.landline",
        "24 12 34": "mobile.ambiguous",
        "+33 6123456789012": "mobile.length",
        "06 12 34 56": "mobile.length",
        "06 12 34 56 78 9": "mobile.length",
        "0612345678901234567": "mobile.length",
        "+33 6 12 34": "mobile.length",
        "12": "mobile.length",
        "0": "mobile.length",
        "+44 7911 123456": "mobile.foreign",
        "0044 7911 123456": "mobile.foreign",
        "82 12 34": "mobile.ambiguous",
        "01 23 45 67 89": "mobile.landline",
        "0262 12 34 56": "mobile.landline",
        "00 00 00 00 00": "mobile.unknown",
    },
    identifier.parse: {
        "": "identifier.missing",
        "zoe": "identifier.length",
        "zo€": "identifier.characters",
        "Zoe": "identifier.uppercase",
        "a234567": "identifier.length",
        "z" * 101: "identifier.length",
        "camille@exemple.fr": "identifier.email",
        "Camille.Martin": "identifier.uppercase",
        "Hélène.roy": "identifier.accents",
        "cœur-de-lion": "identifier.accents",
        "helene\u0301.roy": "identifier.accents",
        "camille martin": "identifier.characters",
        "camille!martin": "identifier.characters",
        "камилла1": "identifier.characters",
    },
    identifier_2025: {
        "284058832102532": "identifier.nir",
        "2.84.05.2a.321.025.52": "identifier.nir",
        "184027512345674": "identifier.nir",
        "fr7630006000011234567890189": "identifier.iban",
    },
    identifier_of_zoe: {"zoe.2840588321025": "identifier.nir"},
    password.parse: {
        "": "password.missing",
        "\r\n": "password.missing",
        "Zx7!": "password.too-short",
        "Zx7!" * 33: "password.too-long",
        "Zx7!" * 1000: "password.too-long",
        "Zx7!\x00abcd": "password.characters",
        "Zx7!\ud800abcd": "password.characters",
        "ZYXWV7!4": "password.lower",
        "zyxwv7!4": "password.upper",
        "zyxwVut!": "password.digit",
        "zyxwVut7": "password.special",
        "Zyxwvut7X": "password.special",
        "Zx7€abcd": "password.special-other",
        "Zx7 abcd": "password.special-other",
        "Zx7ñabcd": "password.special-other",
        "zx7€abcd": "password.rules",
        "zyxwvuts": "password.rules",
        "Azerty123!": "password.common",
        "P@ssw0rd1!": "password.common",
        "Bonjour-Bonjour-1": "password.common",
        "123Soleil!": "password.common",
        "Trois-Kayaks-7": "password.common",
        "Three-Kayaks-7": "password.common",
        "kAd4-ruf7-pex3": "password.common",
        "Espace-Santé-1": "password.common",
        "Ameli-ma-Santé-1": "password.personal",
    },
    password_of_zoe: {
        "Camille.Martin1": "password.personal",
        "Durand!1984": "password.personal",
        "Aa!284058-": "password.personal",
    },
    password_2025: {
        "Le-Chat-de-Camille-7": "password.personal",
        "Trottinette.de.1984": "password.personal",
        "Vieux.Chevaux.7": "password.dictionary",
        "Xq7.P@tricia.Z": "password.dictionary",
    },
    one_time_code.parse: {
        "": "one_time_code.missing",
        "code :": "one_time_code.missing",
        "help": "one_time_code.not-found",
        "034O": "one_time_code.characters",
        "034567O": "one_time_code.characters",
        "à\"' (-è": "one_time_code.shift",
        "34567": "one_time_code.length",
        "0345678": "one_time_code.length",
        "03456O": "one_time_code.characters",
        "03456\uff17": "one_time_code.digits",
        "Appelez le 3422 du lundi au vendredi, de 8 h 30 à 17 h 30": "one_time_code.not-found",
    },
}


def refusals() -> Iterator[Refusal]:
    for parse, texts in TABLE.items():
        for text, code in texts.items():
            yield Refusal(parse, text, code)
