"""A backend that is opened by its first use: the first screen needs none of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from espace_tui import garbage
from espace_tui.cli import lazy

if TYPE_CHECKING:
    from espace_tui.backends.port import Backend

NEED_NO_OPTIONS = frozenset({"embedded"})
"""The backends that cannot be misnamed nor misconfigured without options: they open late."""

PRELOAD = (
    "espace_tui.activation.rules",
    "espace_tui.activation.crypto.hasher",
    "espace_tui.activation.stores.sqlite",
    "espace_tui.activation.mail.deliveries.maildir",
)
"""What the backend that opens late imports at its first call."""


def open_lazily(
    name: str, options: Mapping[str, str], standard_options: Mapping[str, str]
) -> Backend:
    """Return a backend; one that a person could have misspelt is opened at once, to say so."""
    late = LazyBackend(name, {**options, **standard_options})
    if options or name not in NEED_NO_OPTIONS:
        late.open()
    return cast("Backend", late)


@runtime_checkable
class Preloading(Protocol):
    """What has something to import once the first screen is painted."""

    def preload(self) -> None:
        """Import it: for a thread aside."""
        ...


def preload(backend: object) -> None:
    """Import what a backend will need, if it knows: for a thread aside, while somebody reads.

    What is there then stays for ever: from now on garbage is looked for in the rest.
    """
    if isinstance(backend, Preloading):
        backend.preload()
    garbage.look_for_it()


class LazyBackend:
    """Stands for a backend until something is asked of it."""

    def __init__(self, name: str, options: Mapping[str, str]) -> None:
        self._name = name
        self._options = options

    @cached_property
    def backend(self) -> Backend:
        """The backend, opened."""
        return lazy.registry.open_backend(self._name, self._options)

    def open(self) -> None:
        """Open it; raises `InvalidSettings`."""
        _ = self.backend

    def preload(self) -> None:
        """Import what the first use will need, without opening anything: for a thread aside."""
        lazy.registry.installed()[self._name].load()
        for module in PRELOAD:
            import_module(module)

    def __getattr__(self, part: str) -> Any:  # noqa: ANN401 — any part of the port
        return getattr(self.backend, part)

    async def aclose(self) -> None:
        """Close it, if it was opened."""
        if "backend" in vars(self):
            await self.backend.aclose()
