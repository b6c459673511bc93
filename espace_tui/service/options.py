"""What an operator chooses for one process; the database's URL may hold a password."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from espace_tui.policy import GUIDE_2022


@dataclass(frozen=True, slots=True)
class ServiceOptions:
    """How one process serves.

    `database` is ``sqlite:///FILE`` or what libpq reads; `keys` the file of the service's keys.
    `trusted_proxies` are addresses or networks whose ``X-Forwarded-For`` is believed: none unless
    said. Without `metrics_port` no figures are published. `grace` is how long a stop waits for the
    requests in course; `hash_queue` how many hashes may wait for each core.
    """

    database: str = field(repr=False)
    keys: Path
    host: str = "127.0.0.1"
    port: int = 8480
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = None
    policy: str = GUIDE_2022.name
    trusted_proxies: tuple[str, ...] = ()
    certificate: Path | None = None
    private_key: Path | None = None
    log_level: str = "INFO"
    grace: int = 20
    hash_queue: int = 16
