"""What the first screen does not need is imported once it is painted, in a thread of its own.

The person reads the first screen meanwhile; whoever is quicker waits no longer than if each part
were imported when it is first shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from threading import Thread

from espace_tui.journey import steps
from espace_tui.screens import dialogs
from espace_tui.widgets import fields

FIRST_STEPS = (
    *("message", "privacy", "sign_in", "prerequisites", "identification", "card"),
    *("decision", "contacts", "credentials", "review", "done"),
)
"""The steps that one reaches first, whatever one came for, then those of a whole activation."""
FIRST_ANSWERS = ("stdnum.fr.nir",)
"""What looks at the first answers."""


def tasks() -> Iterator[Callable[[], object]]:
    """Return what is imported, in the order in which it may be needed."""
    for name in FIRST_STEPS:
        yield partial(steps.load, name)
    for package in (fields, dialogs):
        for name in package.LAZY:
            yield partial(getattr, package, name)
    for name in FIRST_ANSWERS:
        yield partial(import_module, name)


def start(more: Iterable[Callable[[], object]] = ()) -> Thread:
    """Import it all, then do what else can wait for the first paint; return the thread."""

    def run() -> None:
        for task in (*tasks(), *more):
            task()

    thread = Thread(target=run, name="preload", daemon=True)
    thread.start()
    return thread
