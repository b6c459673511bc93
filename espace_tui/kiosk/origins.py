"""Where the page is served: on this computer alone, or behind one named https origin.

>>> sorted(own_origins(8765, "").hosts)
['127.0.0.1:8765', 'localhost:8765']
>>> sorted(own_origins(8765, "https://borne.example").origins)
['https://borne.example']
"""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
"""The one address that is listened on; a proxy stands on the same computer."""


@dataclass(frozen=True, slots=True)
class Origins:
    """The origins that a page may come from, and the hosts that a request may name."""

    origins: frozenset[str]

    @property
    def hosts(self) -> frozenset[str]:
        """What a request may say it is for."""
        return frozenset(each.partition("://")[2] for each in self.origins)

    @property
    def sockets(self) -> str:
        """The same origins for WebSockets, for browsers to which « self » is not one of them."""
        return " ".join(sorted(each.replace("http", "ws", 1) for each in self.origins))


def own_origins(port: int, named: str) -> Origins:
    """Return the origins of a server; once one is named, there is no other."""
    if named:
        return Origins(frozenset({named}))
    return Origins(frozenset({f"http://{LOOPBACK}:{port}", f"http://localhost:{port}"}))
