"""How much is said: *short*, *normal* or *full*, and whether the bell may ring."""

from __future__ import annotations

VERBOSITIES = ("short", "normal", "full")


class Manner:
    """How the person wants to be spoken to; they may change it at any prompt."""

    def __init__(self, verbosity: str = "normal", *, bell: bool = True) -> None:
        self.verbosity = verbosity
        self.bell = bell

    @property
    def short(self) -> bool:
        """Whether only what is needed is said."""
        return self.verbosity == "short"

    @property
    def full(self) -> bool:
        """Whether helps are said without being asked for."""
        return self.verbosity == "full"
