"""Journeys as a person types them, line by line; the same lines serve both languages.

Each has a name, what is typed before its transcript begins, and what is typed in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from espace_tui.model.grants import Message
from tests.people import ZOE, birth_date_as_typed, nir_as_printed
from tests.walks.script import IDENTIFIER, PASSWORD, SERIAL, one_time_code, provisional_code

Line = str | Callable[[tuple[Message, ...]], str]
Lines = tuple[Line, ...]

NIR = nir_as_printed(ZOE)
TO_MESSAGE: Lines = ("1", "2")
TO_IDENTIFICATION: Lines = (*TO_MESSAGE, "", "")
IDENTIFY: Lines = (provisional_code, NIR, "")
CARD: Lines = ("1", SERIAL)
DECIDE: Lines = ("1", "yes", "")
CREDENTIALS: Lines = (IDENTIFIER, PASSWORD, PASSWORD, "")
TO_CONTACTS: Lines = (*TO_IDENTIFICATION, *IDENTIFY, *CARD, *DECIDE)
ACTIVATE: Lines = (*TO_CONTACTS, "", *CREDENTIALS, "1")
SIGN_IN: Lines = ("", IDENTIFIER, PASSWORD, "1", "")
TO_SPACE: Lines = (*ACTIVATE, *SIGN_IN, one_time_code, "")
WHO: Lines = (birth_date_as_typed(ZOE), NIR)
NEW_PASSWORD = "Rivière8-Lampe"


@dataclass(frozen=True)
class Journey:
    """A conversation: what comes before, and what is looked at."""

    name: str
    before: Lines
    typed: Lines


JOURNEYS = (
    Journey("activation", (), (*TO_SPACE, "1", ":quit")),
    Journey(
        "errors-and-commands",
        TO_IDENTIFICATION,
        (
            *("?", "!", ":etaps", ":s", ":commands", "abc", ":spell", "<", "abcd", "123", ""),
            *("2", NIR, provisional_code, "9", "1", ":steps", "3", "", "1234", "<", "", SERIAL),
            *(":all", ":language en", ":language fr", ":short", ":full", ":quit"),
        ),
    ),
    Journey(
        "opposition",
        (*TO_IDENTIFICATION, *IDENTIFY, *CARD),
        ("2", "", "no", "1", ":actions", "2", "", "yes", "1", "1"),
    ),
    Journey("the-texts-to-read", (*TO_IDENTIFICATION, *IDENTIFY, *CARD), (":actions", "2", "")),
    Journey("a-changed-e-mail", TO_CONTACTS, ("2", "nouvelle@exemple.fr", "1", one_time_code, "")),
    Journey("a-review", (*TO_CONTACTS, "", *CREDENTIALS), ("", "2", "2", "", "", "1")),
    Journey("closing-and-reopening", TO_SPACE, ("2", "yes", "1", "2", "yes", "1", "1")),
    Journey("a-new-provisional-code", TO_MESSAGE, ("2", *WHO, "1", SERIAL, "1", "1")),
    Journey("a-forgotten-identifier", (*ACTIVATE, ""), (":actions", "2", *WHO, "1", "1")),
    Journey(
        "a-forgotten-password",
        (*ACTIVATE, ""),
        (
            *(":actions", "3", IDENTIFIER, NIR, "2", "1", one_time_code, ""),
            *("", "2", "no", "", "4", NEW_PASSWORD, "not the same", "", NEW_PASSWORD),
        ),
    ),
    Journey("leaving-an-open-space", TO_SPACE, (":quit", "no", "no", ":quit", "yes")),
    Journey("another-code", (*ACTIVATE, *SIGN_IN), (":actions", "2", "1", "000000", "")),
)
