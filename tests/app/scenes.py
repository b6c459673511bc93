"""The points of a walk where tests look at the screen: one of each kind of screen."""

from __future__ import annotations

from collections.abc import Mapping

from tests.people import ZOE
from tests.walks.script import (
    ACTIVATE,
    CARD,
    CONTACTS,
    DECIDE,
    IDENTIFIER,
    IDENTIFY,
    PASSWORD,
    TO_IDENTIFICATION,
    TO_MESSAGE,
    TO_REVIEW,
    TO_SPACE,
    Do,
    Fill,
    Move,
)

TO_CARD = (*TO_IDENTIFICATION, *IDENTIFY)
TO_DECISION = (*TO_CARD, *CARD)
TO_CONTACTS = (*TO_DECISION, *DECIDE)
TO_CREDENTIALS = (*TO_CONTACTS, *CONTACTS)
WRONG = (Fill("code", "aB3dE5"), Fill("nir", "2 84 05 88 321 025 30"), Do())
REFUSED = (Fill("code", "Zz9Zz9Zz9Zz9"), Fill("nir", ZOE.nir), Do())

SCENES: Mapping[str, tuple[tuple[Move, ...], tuple[str, ...]]] = {
    "welcome": ((), ()),
    "message": (TO_MESSAGE, ()),
    "identification": (TO_IDENTIFICATION, ()),
    "errors": ((*TO_IDENTIFICATION, *WRONG), ()),
    "alert": ((*TO_IDENTIFICATION, *REFUSED), ()),
    "card": ((*TO_CARD, Fill("kind", "photo"), Fill("serial", ZOE.serial)), ()),
    "card without photo": ((*TO_CARD, Fill("kind", "plain")), ("f1",)),
    "magnifier": ((*TO_CARD, Fill("kind", "photo"), Fill("serial", ZOE.serial)), ("f4",)),
    "decision": (TO_DECISION, ("down", "space", "tab")),
    "credentials": (
        (*TO_CREDENTIALS, Fill("identifier", IDENTIFIER), Fill("password", PASSWORD)),
        ("tab", "f3", "shift+home"),
    ),
    "review": (TO_REVIEW, ()),
    "answers": (TO_REVIEW, ("f2",)),
    "done": (ACTIVATE, ()),
    "space": (TO_SPACE, ()),
    "help": (TO_IDENTIFICATION, ("f1",)),
    "menu": (TO_IDENTIFICATION, ("f6",)),
    "leave": (TO_SPACE, ("ctrl+c",)),
    "hidden": (TO_REVIEW, ("f9",)),
}
"""What leads there, then the keys pressed there."""
