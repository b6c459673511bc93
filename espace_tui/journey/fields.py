"""The fields that more than one step asks, bound to the present rules and answers.

A choice that was not made is the problem ``<field>.missing``; a compulsory box, the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import TypeVar

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.journey.form import Field, FieldKind, StepState, is_checked, mask_all
from espace_tui.model.values import Channel, Purpose
from espace_tui.validators import (
    Advice,
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


def choice_field(name: str, values: type[E], *, text_key: str = "", review: bool = True) -> Field:
    """Return the choice of one of an enumeration's values; nothing is preselected."""
    parse = choice_parser(values, f"{text_key or name}.missing")
    return Field(
        name,
        parse,
        FieldKind.CHOICE,
        text_key=text_key,
        choices=tuple(values),
        review=review,
    )


def choice_parser(values: type[E], problem: str, **details: object) -> Callable[[str], E]:
    """Return the parsing of a choice: one of an enumeration's values, or the coded problem."""

    def parse(text: str) -> E:
        try:
            return values(text)
        except ValueError:
            raise InvalidValue(problem, **details) from None

    return parse


def custom_choice_field(name: str, texts: Mapping[str, Text], *others: str) -> Field:
    """Return the choice of one of several that stand in no catalogue, or of others that do."""
    names = (*texts, *others)

    def parse(text: str) -> str:
        if text not in names:
            raise InvalidValue(f"{name}.missing")
        return text

    kind = FieldKind.CHOICE
    return Field(name, parse, kind, choices=names, choice_texts=texts, review=False)


def optional(field: Field, skip: str = "") -> Field:
    """Return a field that may be left empty, or answered by `skip`: it then has no value."""

    def parse(text: str) -> object:
        return field.parse(text) if text.strip() not in {"", skip} else None

    def advise(value: object) -> tuple[Advice, ...]:
        return field.advise(value) if value is not None else ()

    return field._replace(parse=parse, advise=advise)


def confirmation_parser(problem: str) -> Callable[[str], bool]:
    """Return the parsing of a compulsory box."""

    def parse(text: str) -> bool:
        if not is_checked(text):
            raise InvalidValue(problem)
        return True

    return parse


def group_mask(groups: Callable[[str], tuple[str, ...]], shown: int) -> Callable[[str], str]:
    """Return the masking of a number: its last characters in clear, its grouping kept."""

    def mask(text: str) -> str:
        left = len("".join(groups(text))) - shown
        words = []
        for group in groups(text):
            dots = min(len(group), max(left, 0))
            words.append("•" * dots + group[dots:])
            left -= len(group)
        return " ".join(words) or mask_all(text)

    return mask


def nir_field() -> Field:
    """Return the field of a NIR."""
    return Field(
        "nir",
        nir.parse,
        normalize=nir.normalize,
        groups=nir.groups,
        advise=nir.advise,
        mask=group_mask(nir.groups, 2),
        length=15,
        magnify=True,
        printed=True,
    )


def card_fields(state: StepState) -> tuple[Field, Field]:
    """Return the kind of the card and its serial number; the second depends on the first."""
    kind = state.typed.get("kind", "")
    known = CardKind(kind) if kind in set(CardKind) else CardKind.PHOTO
    photo = kind == CardKind.PHOTO
    groups = partial(card_serial.groups, kind=known)
    serial = Field(
        "serial",
        partial(_parse_serial, known=bool(kind), kind=known, state=state),
        advise=partial(card_serial.advise, kind=known, nir=_known_nir(state)),
        text_key=f"serial_{kind}" if kind in set(CardKind) else "serial",
        normalize=partial(card_serial.normalize, kind=known),
        groups=groups,
        mask=group_mask(groups, 2),
        length=state.policy.serial.photo_length if photo else 0,
        prefix=state.policy.serial.prefix if photo else "",
        picture=f"card-{kind}" if kind in set(CardKind) else "",
        magnify=True,
        printed=True,
        columns=state.policy.serial.plain_max,
        depends=("kind",),
        values=_serial_values(state),
    )
    return card_kind_field(), serial


def _serial_values(state: StepState) -> dict[str, object]:
    rules = state.policy.serial
    return {
        "prefix": rules.prefix,
        "length": rules.photo_length,
        "whole": len(rules.prefix) + rules.photo_length,
        "min": rules.plain_min,
        "max": rules.plain_max,
    }


def card_kind_field() -> Field:
    """Return the choice between the two kinds of card."""
    return choice_field("kind", CardKind)


def _parse_serial(text: str, *, known: bool, kind: CardKind, state: StepState) -> str:
    if not known:
        raise InvalidValue("serial.kind-first")
    return card_serial.parse(text, kind, nir=_known_nir(state), rules=state.policy.serial)


def birth_date_field() -> Field:
    """Return the field of a birth date."""
    return Field(
        "birth_date", birth_date.parse, normalize=birth_date.normalize, mask=mask_all, columns=10
    )


def channel_field(text_key: str = "channel") -> Field:
    """Return the choice between e-mail and SMS."""
    return choice_field("channel", Channel, text_key=text_key)


def email_field(state: StepState) -> Field:
    """Return the field of an e-mail address."""
    parse = partial(email.parse, plus_refused=not state.policy.email_plus)
    return Field("email", parse, advise=email.advise, normalize=email.normalize, columns=40)


def mobile_field() -> Field:
    """Return the field of a mobile number."""
    return Field(
        "mobile",
        mobile.parse,
        advise=mobile.advise,
        normalize=mobile.normalize,
        groups=mobile.groups,
        magnify=True,
        columns=18,
    )


def one_time_code_field(state: StepState) -> Field:
    """Return the field of a one-time code; that of a forgotten password may be a long one."""
    length = state.policy.one_time_code_length
    request = state.session.require_code()
    field = Field(
        "one_time_code",
        partial(one_time_code.parse, length=length),
        normalize=one_time_code.normalize,
        groups=one_time_code.groups,
        mask=mask_all,
        length=length,
        magnify=True,
        values={"length": length},
    )
    if request.purpose is not Purpose.RESET:
        return field
    return field._replace(
        parse=partial(one_time_code.parse_either, length=length),
        normalize=one_time_code.normalize_either,
        groups=one_time_code.groups_of_either,
        longer=one_time_code.LONG,
    )


def sign_in_fields() -> tuple[Field, Field]:
    """Return the identifier and password of someone who has them: no rule is said nor checked."""
    return (
        Field("identifier", _required("my-identifier.missing"), text_key="my_identifier"),
        Field(
            "password",
            _required_secret("my-password.missing"),
            FieldKind.SECRET,
            text_key="my_password",
            mask=mask_all,
        ),
    )


def _required(problem: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not text.strip():
            raise InvalidValue(problem)
        return text.strip()

    return parse


def _required_secret(problem: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not text:
            raise InvalidValue(problem)
        return password.canonical(text)

    return parse


def identifier_field(state: StepState) -> Field:
    """Return the field of a new identifier; the service tells whether it is free."""
    rules = state.policy.identifier
    return Field(
        "identifier",
        partial(identifier.parse, rules=rules, nir=_known_nir(state)),
        normalize=identifier.normalize,
        ticks=partial(identifier.ticks, rules=rules),
        probe=True,
        values={"min": rules.min},
    )


def new_password_fields(state: StepState) -> tuple[Field, Field]:
    """Return a new password and its confirmation, which refuses a paste as the guide says."""
    rules = state.policy.password
    personal = tuple(
        filter(None, (state.typed.get("identifier"), _known_nir(state), *_name(state)))
    )
    first = Field(
        "password",
        partial(password.parse, rules=rules, personal=personal),
        FieldKind.SECRET,
        normalize=password.normalize,
        groups=password.groups,
        ticks=partial(password.ticks, rules=rules, personal=personal),
        mask=mask_all,
        depends=("identifier",),
    )
    second = Field(
        "confirmation",
        partial(_repeated, wanted=state.typed.get("password", "")),
        FieldKind.SECRET,
        normalize=password.normalize,
        mask=mask_all,
        depends=("password",),
        review=False,
        paste=state.policy.confirmation_paste or state.paste_anywhere,
    )
    return first, second


def _repeated(text: str, wanted: str) -> str:
    if not text:
        raise InvalidValue("confirmation.missing")
    if password.canonical(text) != password.canonical(wanted):
        raise InvalidValue("confirmation.different")
    return text


def _known_nir(state: StepState) -> str | None:
    known = state.session.identification
    return known.nir.get_secret_value() if known else state.typed.get("nir") or None


def _name(state: StepState) -> tuple[str, ...]:
    return (state.session.flow.first_name,) if state.session.flow else ()
