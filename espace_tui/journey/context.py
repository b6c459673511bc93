"""What a step can ask of the outside: the backend, and the person's own computer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:  # the first screen does not need it: pydantic is imported after it is painted
    from collections.abc import Iterable
    from datetime import date

    from espace_tui.backends.port import Backend
    from espace_tui.guide.message.letter import Letter
    from espace_tui.i18n import Text

MAGNIFIER = "used-magnifier"
"""What `StepContext.on_use` is told when a number is magnified, or spelt."""


class Preferences(Protocol):
    """What the person chose to let the assistant keep on this computer, and how it behaves."""

    @property
    def chosen(self) -> bool:
        """Whether the first-run question was answered, or has not to be: nothing is kept."""
        ...

    @property
    def paste_anywhere(self) -> bool:
        """The accessibility setting that lets a paste through in a confirmation field."""
        ...

    def allows(self, what: str) -> bool:
        """Tell whether ``preferences``, ``log`` or ``keyring`` may be kept."""
        ...

    def choose(self, allowed: frozenset[str]) -> None:
        """Keep only what is named, from now on."""
        ...


class Keyring(Protocol):
    """The computer's keyring.

    Every call ends within 8 seconds; `Unreachable` says why it failed: ``keyring-absent``,
    ``keyring-locked``, ``keyring-hung``, ``keyring-refused``.
    """

    async def name(self) -> str:
        """Return the keyring's name as its owner knows it."""
        ...

    async def save(self, identifier: str, password: str) -> None:
        """Keep both, as one secret."""
        ...

    async def load(self) -> tuple[str, str] | None:
        """Return the identifier and password kept, or None."""
        ...


class Receipts(Protocol):
    """Writes on this computer what was done, where the person asks."""

    @property
    def at_once(self) -> bool:
        """Whether the person asked beforehand, when the assistant was started."""
        ...

    async def save(self, lines: Iterable[Text]) -> str:
        """Write these lines in a new file; return where. Raises `Unreachable`."""
        ...


class GuideDesk(Protocol):
    """What the guide beside the official site may use of this computer."""

    @property
    def may_open(self) -> bool:
        """Whether it may offer to open the browser."""
        ...

    @property
    def may_save(self) -> bool:
        """Whether it may offer to write the calendar file: on a computer of one's own only."""
        ...

    def identifiers(self) -> tuple[str, ...]:
        """Return identifiers to choose from."""
        ...

    def passwords(self) -> tuple[str, ...]:
        """Return passwords to choose from."""
        ...

    async def open_site(self) -> None:
        """Open the browser at the one address."""
        ...

    async def save_calendar(self, received: date) -> str:
        """Write the calendar file of the six weeks; return its name."""
        ...


class Letterbox(Protocol):
    """Reads and judges a received message, in a process of its own with limits."""

    async def read(self, text: str) -> Letter:
        """Return what was found; raises `InvalidValue` for what cannot be read."""
        ...


class VisitNotes(Protocol):
    """What is noted of a visit, and what the visit can ask of the counter."""

    purposes: tuple[str, ...]
    """What a visit may be about; « here » with an operator's backend only, or in an exercise."""
    is_exercise: bool
    is_locked: bool
    """Whether nobody leaves the counter for a shell."""
    counts: bool
    """Whether visits are counted on this computer."""
    place: str
    """The name of the place, as its settings have it; empty where they have none."""
    checks_numbers: bool
    """Whether a helper who types may check numbers of the person here."""
    handed_over: bool
    """Whether the person alone has the keyboard."""
    pending: str
    """The step that comes once the keyboard has changed hands."""
    lent_at: str
    """The step at which the person asked for the keyboard, though nothing is secret there."""
    after: str
    """How the visit before ended, where that is worth a word: ``erased``, ``broken``."""
    reference: str
    """The reference of the bug that broke it, if it has one."""
    is_longer: bool
    """Whether the person asked that the screen be kept longer."""
    counted: tuple[tuple[str, str, int | None], ...]
    """This month's counts: key, word, number; None for a number too small to show."""
    risks: tuple[tuple[str, bool, str], ...]
    """What would keep traces here: code, whether it is refused, what does it."""
    written: str
    """Where a blank sheet was written; empty before."""

    @property
    def hides_after(self) -> int:
        """Seconds without a key before the screen is hidden; 0: never by itself."""
        ...

    @property
    def erases_after(self) -> int:
        """Seconds hidden before everything is erased."""
        ...

    def note(self, key: str, word: str) -> None:
        """Note a word of the closed list of a key."""
        ...

    def get(self, key: str) -> str:
        """Return what was noted; empty before."""
        ...

    def set_longer(self, *, longer: bool) -> None:
        """Keep the screen longer before it is hidden, or as usual."""
        ...

    async def read_counts(self) -> None:
        """Read this month's counts, into `counted`."""
        ...

    async def look_at_computer(self) -> None:
        """Look for what would keep traces here, into `risks`."""
        ...

    async def write_handout(self, other: str, kind: str, folder: str) -> None:
        """Write the blank sheet in a folder, `written` being where. Raises `Unreachable`."""
        ...

    def hand_over(self, *, given: bool) -> None:
        """Take note that the person alone has the keyboard, or gave it back."""
        ...


class Masks(Protocol):
    """What may be seen of the answers on a screen that is not only the person's."""

    concealed: bool
    """Whether the screen was hidden, and nothing typed since: every field is masked."""

    @property
    def always(self) -> bool:
        """Whether a field is masked even while one is in it, until one asks to see it."""
        ...

    @property
    def may_reveal(self) -> bool:
        """Whether secrets may be shown: the person alone has the keyboard."""
        ...

    def change_hands(self, step_name: str) -> str:
        """Return the step by which the keyboard changes hands before one comes back to a step."""
        ...


class StepContext(NamedTuple):
    """All that a step can ask of the outside: the backend and the person's own computer."""

    backend: Backend
    preferences: Preferences
    keyring: Keyring
    guide: GuideDesk | None = None
    letterbox: Letterbox | None = None
    on_use: Callable[[str], None] = lambda _what: None
    """Told what of the assistant a person uses, in an exercise."""
    receipts: Receipts | None = None
    masks: Masks | None = None
    """At a counter only: what was answered is masked as soon as one leaves it."""
