"""The rules put together over a store: the parts of a backend, and what an operator does."""

from __future__ import annotations

from dataclasses import replace

from espace_tui.activation.context import CallGuard, ServiceContext
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.use_cases.activate import ActivationRules
from espace_tui.activation.use_cases.administration import Administration
from espace_tui.activation.use_cases.effects import DecisionEffects
from espace_tui.activation.use_cases.one_time_codes import OneTimeCodes
from espace_tui.activation.use_cases.open_space import SpaceRules
from espace_tui.activation.use_cases.recovery import RecoveryRules
from espace_tui.activation.use_cases.sign_in import SignInRules


class Rules:
    """All that the service does; its parts satisfy the Protocols of `espace_tui.backends.port`."""

    def __init__(self, context: ServiceContext, outbox: Outbox | None = None) -> None:
        self.context = context
        self.outbox = outbox or Outbox(context)
        codes = OneTimeCodes(context, self.outbox)
        self.activation = ActivationRules(context, codes, DecisionEffects(context, self.outbox))
        self.sign_in = SignInRules(context, codes)
        self.recovery = RecoveryRules(context, codes, self.outbox)
        self.space = SpaceRules(context, self.outbox)
        self.administration = Administration(context, self.outbox)

    def guarded(self, guard: CallGuard, caller: str) -> Rules:
        """Return the same rules for one call, whose effect and answer `guard` records."""
        return Rules(replace(self.context, guard=guard, caller=caller), self.outbox)

    async def aclose(self) -> None:
        """Let go of threads, files and connections."""
        await self.context.hasher.aclose()
        await self.context.store.aclose()
