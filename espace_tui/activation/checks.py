"""The rules of the validators, asked again by the service: it trusts no face."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from espace_tui.activation import lazy
from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto.keys import Keys
from espace_tui.activation.records.person import Identity, PersonRecord
from espace_tui.errors import InvalidValue, Refused
from espace_tui.model.policy import Policy
from espace_tui.model.values import Channel

_NIR = 15


@contextmanager
def refuse_for_field(field: str) -> Iterator[None]:
    """Turn what a validator says of a value into a refusal of its field."""
    try:
        yield
    except InvalidValue as problem:
        raise Refused(problem.code, field=field) from None


def check_identifier(policy: Policy, text: str) -> str:
    """Return a clean identifier; raises `Refused` with the validator's code."""
    with refuse_for_field("identifier"):
        return lazy.identifier.parse(text, policy.identifier)


def check_password(context: ServiceContext, text: str, chosen: str, person: PersonRecord) -> str:
    """Return a password as it is set and checked; raises `Refused` with the validator's code."""
    personal = (chosen, *personal_values(person.identity), *_nir_in(context.keys, text, person))
    with refuse_for_field("password"):
        return lazy.password.parse(text, context.policy.password, personal=personal)


def check_contact(policy: Policy, channel: Channel, text: str) -> str:
    """Return a clean address or number; raises `Refused` with the validator's code."""
    if channel is Channel.SMS:
        with refuse_for_field("mobile"):
            return lazy.mobile.parse(text)
    with refuse_for_field("email"):
        return lazy.email.parse(text, plus_refused=not policy.email_plus)


def canonical_password(text: str) -> str:
    """Return a typed password as it was set: NFKC, at this one place."""
    return lazy.password.canonical(text)


def _nir_in(keys: Keys, text: str, person: PersonRecord) -> tuple[str, ...]:
    """Return the person's NIR where a text holds it: known by its HMAC only, it is tried."""
    typed = "".join(text.split())
    tried = (typed[at : at + _NIR] for at in range(len(typed) - _NIR + 1))
    return tuple(t for t in tried if t.isascii() and keys.matches(person.nir_tag, "nir", t))


def personal_values(identity: Identity) -> tuple[str, ...]:
    """Return what a password may not hold: names, birth year, contacts."""
    local = (identity.email or "").partition("@")[0]
    year = identity.birth_date[:4]
    words = (identity.first_name, identity.last_name, local, identity.mobile, year)
    return tuple(word for word in words if word)
