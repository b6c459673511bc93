"""What a wizard is given of the guide: the official journey, this computer, the reader of messages.

The file of this release is read when its first screen is reached; a user's own is read at once, so
that a damaged one is refused before anything is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from espace_tui.cli import lazy
from espace_tui.cli.context import CommandContext
from espace_tui.journey.context import (
    GuideDesk,
    Keyring,
    Letterbox,
    Preferences,
    Receipts,
    StepContext,
)
from espace_tui.journey.guiding import SiteJourney
from espace_tui.journey.itineraries import Itinerary
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.local.settings import LocalPaths

if TYPE_CHECKING:
    from pathlib import Path

    from espace_tui.backends.port import Backend
    from espace_tui.guide.official import Official


def checking() -> Itinerary:
    """Return the itinerary of « is this message genuine? »."""
    return lazy.checking.CHECKING


def beside_activation(context: CommandContext) -> tuple[Itinerary, ...]:
    """Return the itineraries that the welcome of the activation leads to, besides its own."""
    site = site_journey(context, home=ACTIVATION.first)
    return ACTIVATION, checking(), lazy.guide.guide_itinerary(site)


def site_journey(context: CommandContext, home: str = "", home_action: str = "home") -> SiteJourney:
    """Return the official journey; raises `InvalidSettings` for a damaged file of the user's."""
    today = lazy.clock.SystemClock().now().astimezone().date()
    chosen = context.settings.guide_itinerary
    folder = LocalPaths.from_environment(context.environment).official_folder
    if chosen is None and not folder.is_dir():
        return SiteJourney(lazy.bundled.NOTED, _load_bundled, today, home, home_action)
    official = lazy.official.read(chosen) if chosen else lazy.official.load(folder)
    return SiteJourney(official.noted, lambda: official, today, home, home_action)


def _load_bundled() -> Official:
    return lazy.official.load()


class LateDesk:
    """Stands for this computer until the guide asks something of it.

    At a counter it is nobody's own: neither the browser nor a file is offered.
    """

    def __init__(self, context: CommandContext, *, at_counter: bool = False) -> None:
        self._context = context
        self._at_counter = at_counter

    def __getattr__(self, name: str) -> object:
        own = not self._at_counter
        opens = own and self._context.settings.guide_open == "ask"
        home = lazy.desk.documents_folder(self._context.environment)
        return getattr(
            lazy.desk.HomeDesk(self._context.texts, home, opens=opens, may_save=own), name
        )


class LateReader:
    """Stands for the reader of messages until the first one."""

    def __init__(self, context: CommandContext) -> None:
        self._context = context

    def __getattr__(self, name: str) -> object:
        believed = self._context.settings.letterbox_providers
        return getattr(lazy.desk.MessageReader(believed), name)


class LateReceipts:
    """Stands for the file of a receipt until there is one to save."""

    def __init__(self, context: CommandContext, named: Path | None) -> None:
        self._context = context
        self._named = named

    def __getattr__(self, name: str) -> object:
        texts, home = self._context.texts, lazy.desk.documents_folder(self._context.environment)
        return getattr(lazy.receipts.ReceiptFile(texts, home, self._named), name)


def home_context(
    context: CommandContext, backend: Backend, preferences: Preferences, keyring: Keyring
) -> StepContext:
    """Return all that a step can ask of the outside, on a computer of one's own."""
    named = getattr(context.options, "receipt", None)
    if named:
        lazy.receipts.refuse_taken(named)
    return StepContext(
        backend,
        preferences,
        keyring,
        guide=cast("GuideDesk", LateDesk(context)),
        letterbox=cast("Letterbox", LateReader(context)),
        receipts=cast("Receipts", LateReceipts(context, named)),
    )
