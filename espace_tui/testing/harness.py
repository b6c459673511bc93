"""What the backend suite needs around a backend, and what it does with it."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from espace_tui.backends.port import Backend
from espace_tui.errors import Refused
from espace_tui.model.grants import CodeRequest, Flow, Space
from espace_tui.model.values import Channel, Choice
from espace_tui.validators.card_serial import CardKind


@dataclass(frozen=True, slots=True)
class Person:
    """A fictitious person to invite, with clean values as the validators return them."""

    first_name: str
    last_name: str
    birth_date: date
    nir: str = field(repr=False)
    kind: CardKind
    serial: str = field(repr=False)
    identifier: str
    email: str | None = None
    mobile: str | None = None


SOMEONE = Person(
    first_name="Camille",
    last_name="Exemple",
    birth_date=date(1955, 8, 14),
    nir="255081416802538",
    kind=CardKind.PHOTO,
    serial="41725093866",
    identifier="camille.exemple",
    email="camille@exemple.fr",
    mobile="+33639980146",
)
"""The person of most promises: both contacts are known."""

ANOTHER = Person(
    first_name="Dominique",
    last_name="Modele",
    birth_date=date(1984, 5, 3),
    nir="284058832102532",
    kind=CardKind.PLAIN,
    serial="987654321",
    identifier="dominique.modele",
    email="dominique@exemple.fr",
)
"""Somebody else, with a mail address only."""

STRANGER = Person(
    first_name="Nobody",
    last_name="Known",
    birth_date=date(1984, 2, 1),
    nir="184027512345674",
    kind=CardKind.PHOTO,
    serial="55555555555",
    identifier="nobody.known",
    email="nobody@exemple.fr",
)
"""Who is never invited."""

PASSWORD = "Ornithorynque7!"
OTHER_PASSWORD = "Coquelicot#42"
WRONG_CODE = "abcDEF346979"
DAY = 24 * 60 * 60


class Harness(Protocol):
    """A backend with its world: who is invited, what they were sent, what time it is."""

    @property
    def backend(self) -> Backend:
        """The backend under test."""
        ...

    @property
    def now(self) -> datetime:
        """The backend's time."""
        ...

    async def invite(self, person: Person) -> None:
        """Register a person and send them an invitation; again: a new code."""
        ...

    async def letters(self, person: Person) -> tuple[str, ...]:
        """Return the text of all that this person was sent, on any channel, oldest first."""
        ...

    async def code(self, person: Person) -> str:
        """Return the last provisional or one-time code that this person was sent."""
        ...

    async def move(self, seconds: float) -> None:
        """Move the backend's time on."""
        ...


async def refusal(call: Awaitable[object]) -> Refused:
    """Return how a call was refused; it fails the promise if it was not."""
    try:
        await call
    except Refused as refused:
        return refused
    raise AssertionError("it was accepted")


def look(refused: Refused) -> tuple[object, ...]:
    """Return all that a stranger can learn from a refusal."""
    return (refused.code, refused.field, refused.wait, refused.attempts_left, str(refused))


def moved(email: str) -> Person:
    """Return the person with another address."""
    return replace(SOMEONE, email=email)


def wrong(code: str) -> str:
    """Return another one-time code."""
    return str(int(code) + 1).zfill(len(code))[-len(code) :]


async def identified(harness: Harness, person: Person = SOMEONE) -> Flow:
    """Invite someone and open their activation."""
    await harness.invite(person)
    code = await harness.code(person)
    return await harness.backend.activation.identify(code, person.nir)


async def decided(harness: Harness, person: Person = SOMEONE) -> Flow:
    """Take someone as far as their contacts."""
    steps = harness.backend.activation
    flow = await steps.verify_card(await identified(harness, person), person.kind, person.serial)
    terms = (await harness.backend.policy()).terms
    return await steps.decide(flow, Choice.ACTIVATE, terms)


async def confirmed(harness: Harness, person: Person = SOMEONE) -> Flow:
    """Take someone as far as the choice of their credentials."""
    return await harness.backend.activation.confirm_contacts(await decided(harness, person))


async def activated(harness: Harness, person: Person = SOMEONE) -> Flow:
    """Take someone as far as an active space."""
    flow = await confirmed(harness, person)
    return await harness.backend.activation.complete(flow, person.identifier, PASSWORD)


async def asked(harness: Harness, password: str = PASSWORD) -> CodeRequest:
    """Give someone's credentials; a one-time code is on its way by mail."""
    return await harness.backend.sign_in.open(SOMEONE.identifier, password, Channel.EMAIL)


async def entered(harness: Harness, password: str = PASSWORD) -> Space:
    """Sign in someone who is active."""
    request = await asked(harness, password)
    return await harness.backend.sign_in.verify(request, await harness.code(SOMEONE))
