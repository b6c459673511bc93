"""A walk is a script: what a person does, step by step, and what they are told.

The same script is played on the wizard itself, on the full screen by the keyboard and on the
linear face, against every backend; all must tell the same story.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.journey.wizard import Wizard
from espace_tui.model.grants import Message
from espace_tui.model.values import Channel
from tests.people import ZOE

Value = str | Callable[[tuple[Message, ...]], str]


def provisional_code(messages: tuple[Message, ...]) -> str:
    """Return the last provisional code received."""
    found: list[list[str]] = [re.findall(r"\b(?=\w*\d)[0-9A-Za-z]{12}\b", m.text) for m in messages]
    return [codes[0] for codes in found if codes][-1]


def one_time_code(messages: tuple[Message, ...]) -> str:
    """Return the last one-time code received."""
    found: list[list[str]] = [re.findall(r"\b[0-9]{6}\b", m.text) for m in messages]
    return [codes[0] for codes in found if codes][-1]


def wrong_code(messages: tuple[Message, ...]) -> str:
    """Return a one-time code that was not sent."""
    return f"{(int(one_time_code(messages)) + 1) % 1_000_000:06}"


@dataclass(frozen=True)
class Fill:
    """Answer a field."""

    field: str
    value: Value


@dataclass(frozen=True)
class Do:
    """Do an action of the step, by its name."""

    action: str = "continue"


@dataclass(frozen=True)
class Back:
    """Go back."""


@dataclass(frozen=True)
class Jump:
    """Jump to a numbered step, as « Modifier » and the list of steps do."""

    step: str


@dataclass(frozen=True)
class Wait:
    """Let time pass."""

    seconds: int


@dataclass(frozen=True)
class Expect:
    """What must be so: the step, the codes of the problems, the id of the alert and the notice."""

    step_name: str
    problems: tuple[str, ...] = ()
    alert: str = ""
    notice: str = ""
    advice: tuple[str, ...] = ()


@dataclass(frozen=True)
class Press:
    """Use what each face has a key or a command for: `act` is what it does to a wizard."""

    keys: tuple[str, ...]
    line: str
    act: Callable[[Wizard], Awaitable[object]]


Move = Fill | Do | Back | Jump | Wait | Expect | Press


@dataclass(frozen=True)
class Walk:
    """A named script of somebody invited."""

    name: str
    moves: tuple[Move, ...]
    person: Invitee = ZOE
    policy: str = "guide-2022"


SERIAL = ZOE.serial
IDENTIFIER = "zoe.anais"
PASSWORD = "Kv7-rTm2qe"

TO_MESSAGE = (
    Expect("welcome"),
    Do("activate"),
    Expect("privacy"),
    Do("refuse_all"),
    Expect("message"),
)
TO_IDENTIFICATION = (
    *TO_MESSAGE,
    Do(),
    Expect("prerequisites"),
    Do("begin"),
    Expect("identification"),
)
IDENTIFY = (Fill("code", provisional_code), Fill("nir", "2 84 05 88 321 025 32"), Do())
CARD = (Expect("card"), Fill("kind", "photo"), Fill("serial", SERIAL), Do())
DECIDE = (Expect("decision"), Fill("choice", "activate"), Fill("terms", "yes"), Do())
CONTACTS = (Expect("contacts"), Do())
CREDENTIALS = (
    Expect("credentials"),
    Fill("identifier", IDENTIFIER),
    Fill("password", PASSWORD),
    Fill("confirmation", PASSWORD),
    Do(),
)
TO_REVIEW = (
    *TO_IDENTIFICATION,
    *IDENTIFY,
    *CARD,
    *DECIDE,
    *CONTACTS,
    *CREDENTIALS,
    Expect("review"),
)
ACTIVATE = (*TO_REVIEW, Do("validate"), Expect("done"))
CONNECT = (
    Expect("sign_in"),
    Fill("identifier", IDENTIFIER),
    Fill("password", PASSWORD),
    Fill("channel", Channel.EMAIL),
    Do(),
    Expect("one_time_code"),
    Fill("one_time_code", one_time_code),
    Do(),
    Expect("space"),
)
TO_SPACE = (*ACTIVATE, Do("sign_in"), *CONNECT)
