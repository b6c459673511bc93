"""The rules put together over a store: the parts of a backend, and the operator's office."""

from __future__ import annotations

from espace_tui.activation.context import Means
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.use_cases.effects import Effects
from espace_tui.activation.use_cases.journey import Journey
from espace_tui.activation.use_cases.office import Office
from espace_tui.activation.use_cases.one_time_codes import OneTimeCodes
from espace_tui.activation.use_cases.open_space import OpenSpace
from espace_tui.activation.use_cases.recovery import Recovery
from espace_tui.activation.use_cases.sign_in import SignIn


class Rules:
    """All that the service does; its parts satisfy the Protocols of `espace_tui.backends.port`."""

    def __init__(self, means: Means) -> None:
        self.means = means
        self.outbox = Outbox(means)
        codes = OneTimeCodes(means, self.outbox)
        self.activation = Journey(means, codes, Effects(means, self.outbox))
        self.sign_in = SignIn(means, codes)
        self.recovery = Recovery(means, codes, self.outbox)
        self.space = OpenSpace(means, self.outbox)
        self.office = Office(means, self.outbox)

    async def aclose(self) -> None:
        """Let go of threads, files and connections."""
        await self.means.hasher.aclose()
        await self.means.store.aclose()
