"""The backend that asks a service over HTTP: `espace_tui.service`, or whoever answers like it.

Options: ``url`` (compulsory; ``https://``, or ``http://`` to this computer only), ``ca`` (a file
of private authorities, in the place of the public ones), ``proxy`` (none unless asked), ``timeout``
(seconds for a whole call, 10 at most), ``language`` (of the words in raw answers).

- `options` reads them, `calls` is the port, `caller` makes one call (deadline, retries, keys),
  `transport` one try of it.
- Nothing is opened, and no HTTP client is loaded, before the first call.
"""

from __future__ import annotations

from collections.abc import Mapping

from espace_tui.backends import port
from espace_tui.backends.http.caller import Caller
from espace_tui.backends.http.calls import HttpActivation, HttpOpenSpace, HttpRecovery, HttpSignIn
from espace_tui.backends.http.options import HttpOptions
from espace_tui.model.policy import Policy
from espace_tui.wire.routes import Route


class HttpBackend:
    """A service somewhere else; its mail is real, so there is no inbox."""

    name = "http"

    def __init__(self, options: HttpOptions) -> None:
        self._caller = caller = Caller(options)
        self.activation: port.Activation = HttpActivation(caller)
        self.sign_in: port.SignIn = HttpSignIn(caller)
        self.recovery: port.Recovery = HttpRecovery(caller)
        self.space: port.OpenSpace = HttpOpenSpace(caller)
        self.inbox: port.Inbox | None = None

    async def policy(self) -> Policy:
        """Return the rules the service publishes."""
        return await self._caller.read(Route.POLICY.at(), Policy)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._caller.aclose()


def open_backend(options: Mapping[str, str]) -> HttpBackend:
    """Open the backend; raises `InvalidSettings` for an option it cannot use."""
    return HttpBackend(HttpOptions.read(options))
