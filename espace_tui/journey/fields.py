"""The fields that more than one step asks, bound to the present rules and answers.

A choice that was not made is the problem ``<field>.missing``; a compulsory box, the same.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TypeVar

from espace_tui.errors import InvalidValue
from espace_tui.journey.form import Field, Kind, Situation, hidden, ticked
from espace_tui.model.values import Channel
from espace_tui.validators import (
    birth_date,
    card_serial,
    email,
    identifier,
    mobile,
    nir,
    one_time_code,
    password,
)
from espace_tui.validators.card_serial import CardKind

E = TypeVar("E", bound=StrEnum)


def chosen(values: type[E], problem: str) -> Callable[[str], E]:
    """Return the parsing of a choice: one of an enumeration's values, or the coded problem."""

    def parse(text: str) -> E:
        try:
            return values(text)
        except ValueError:
            raise InvalidValue(problem) from None

    return parse


def confirmed(problem: str) -> Callable[[str], bool]:
    """Return the parsing of a compulsory box."""

    def parse(text: str) -> bool:
        if not ticked(text):
            raise InvalidValue(problem)
        return True

    return parse


def masked_groups(groups: Callable[[str], tuple[str, ...]], shown: int) -> Callable[[str], str]:
    """Return the masking of a number: its last characters in clear, its grouping kept."""

    def mask(text: str) -> str:
        left = len("".join(groups(text))) - shown
        words = []
        for group in groups(text):
            dots = min(len(group), max(left, 0))
            words.append("•" * dots + group[dots:])
            left -= len(group)
        return " ".join(words) or hidden(text)

    return mask


def nir_field() -> Field:
    """Return the field of a NIR."""
    return Field(
        "nir",
        nir.parse,
        tidy=nir.tidy,
        groups=nir.groups,
        advise=nir.advise,
        mask=masked_groups(nir.groups, 2),
        length=15,
        magnify=True,
    )


def card_fields(at: Situation) -> tuple[Field, Field]:
    """Return the kind of the card and its serial number; the second depends on the first."""
    kind = at.typed.get("kind", "")
    known = CardKind(kind) if kind in set(CardKind) else CardKind.PHOTO
    photo = kind == CardKind.PHOTO
    groups = partial(card_serial.groups, kind=known)
    serial = Field(
        "serial",
        partial(_serial, known=bool(kind), kind=known, at=at),
        advise=partial(card_serial.advise, kind=known, nir=_known_nir(at)),
        stem=f"serial_{kind}" if kind in set(CardKind) else "serial",
        tidy=partial(card_serial.tidy, kind=known),
        groups=groups,
        mask=masked_groups(groups, 2),
        length=at.policy.serial.photo_length if photo else 0,
        prefix=at.policy.serial.prefix if photo else "",
        picture=f"card-{kind}" if kind in set(CardKind) else "",
        magnify=True,
        values=_serial_values(at),
    )
    return card_kind_field(), serial


def _serial_values(at: Situation) -> dict[str, object]:
    rules = at.policy.serial
    return {
        "prefix": rules.prefix,
        "length": rules.photo_length,
        "whole": len(rules.prefix) + rules.photo_length,
        "min": rules.plain_min,
        "max": rules.plain_max,
    }


def card_kind_field() -> Field:
    """Return the choice between the two kinds of card; nothing is preselected."""
    parse = chosen(CardKind, "kind.missing")
    return Field("kind", parse, Kind.CHOICE, choices=tuple(CardKind))


def _serial(text: str, *, known: bool, kind: CardKind, at: Situation) -> str:
    if not known:
        raise InvalidValue("serial.kind-first")
    return card_serial.parse(text, kind, nir=_known_nir(at), rules=at.policy.serial)


def birth_date_field() -> Field:
    """Return the field of a birth date."""
    return Field("birth_date", birth_date.parse, tidy=birth_date.tidy, mask=hidden)


def channel_field(stem: str = "channel") -> Field:
    """Return the choice between e-mail and SMS; nothing is preselected."""
    parse = chosen(Channel, f"{stem}.missing")
    return Field("channel", parse, Kind.CHOICE, stem=stem, choices=tuple(Channel))


def email_field(at: Situation) -> Field:
    """Return the field of an e-mail address."""
    parse = partial(email.parse, plus_refused=not at.policy.email_plus)
    return Field("email", parse, advise=email.advise, tidy=email.tidy)


def mobile_field() -> Field:
    """Return the field of a mobile number."""
    return Field("mobile", mobile.parse, tidy=mobile.tidy, groups=mobile.groups, magnify=True)


def one_time_code_field(at: Situation) -> Field:
    """Return the field of a one-time code."""
    length = at.policy.one_time_code_length
    return Field(
        "one_time_code",
        partial(one_time_code.parse, length=length),
        tidy=one_time_code.tidy,
        groups=one_time_code.groups,
        mask=hidden,
        length=length,
        magnify=True,
        values={"length": length},
    )


def signing_fields() -> tuple[Field, Field]:
    """Return the identifier and password of someone who has them: no rule is said nor checked."""
    return (
        Field("identifier", _given("identifier.missing"), stem="my_identifier"),
        Field(
            "password", _secret("password.missing"), Kind.SECRET, stem="my_password", mask=hidden
        ),
    )


def _given(problem: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not text.strip():
            raise InvalidValue(problem)
        return text.strip()

    return parse


def _secret(problem: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not text:
            raise InvalidValue(problem)
        return password.normalise(text)

    return parse


def identifier_field(at: Situation) -> Field:
    """Return the field of a new identifier; the service tells whether it is free."""
    rules = at.policy.identifier
    return Field(
        "identifier",
        partial(identifier.parse, rules=rules, nir=_known_nir(at)),
        tidy=identifier.tidy,
        ticks=partial(identifier.ticks, rules=rules),
        probe=True,
        values={"min": rules.min},
    )


def new_password_fields(at: Situation) -> tuple[Field, Field]:
    """Return a new password and its confirmation, which refuses a paste as the guide says."""
    rules = at.policy.password
    personal = tuple(filter(None, (at.typed.get("identifier"), _known_nir(at), *_name(at))))
    first = Field(
        "password",
        partial(password.parse, rules=rules, personal=personal),
        Kind.SECRET,
        tidy=password.tidy,
        groups=password.groups,
        ticks=partial(password.ticks, rules=rules, personal=personal),
        mask=hidden,
    )
    second = Field(
        "confirmation",
        partial(_same, wanted=at.typed.get("password", "")),
        Kind.SECRET,
        tidy=password.tidy,
        mask=hidden,
        review=False,
        paste=at.policy.confirmation_paste or at.paste_anywhere,
    )
    return first, second


def _same(text: str, wanted: str) -> str:
    if not text:
        raise InvalidValue("confirmation.missing")
    if password.normalise(text) != password.normalise(wanted):
        raise InvalidValue("confirmation.different")
    return text


def _known_nir(at: Situation) -> str | None:
    known = at.session.identification
    return known.nir.get_secret_value() if known else at.typed.get("nir") or None


def _name(at: Situation) -> tuple[str, ...]:
    return (at.session.flow.first_name,) if at.session.flow else ()
