"""What an operator chooses for one process; the database's URL may hold a password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path

from espace_tui.activation.context import Limits
from espace_tui.errors import InvalidSettings
from espace_tui.i18n.spelling import nearest
from espace_tui.model.policy import GUIDE_2022, POLICIES

_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class ServiceOptions:
    """How one process serves; raises `InvalidSettings`.

    `database` is ``sqlite:///FILE`` or what libpq reads; `keys` the file of the service's keys.
    `trusted_proxies` are addresses or networks whose ``X-Forwarded-For`` is believed: none unless
    said. Without `metrics_port` no figures are published. `grace` is how long a stop waits for the
    requests in flight; `hash_queue` how many hashes may wait for each core.
    `max_requests`, `client_writes` and `total_writes` are the bounds of `EdgeLimits`,
    `codes_per_hour` and `openings_per_pass` those of the rules, and `lives` how long they keep
    what has ended, in seconds by the names of `Limits`.
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
    max_requests: int = 1000
    client_writes: int = 6000
    total_writes: int = 60_000
    codes_per_hour: int = _LIMITS.codes_per_hour
    openings_per_pass: int = _LIMITS.openings_per_pass
    lives: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.policy not in POLICIES:
            near = nearest(self.policy, POLICIES)
            raise InvalidSettings("unknown-policy", key="policy", found=self.policy, nearest=near)
        if not self.max_requests:
            raise InvalidSettings("not-a-number", place="http", key="max_requests", found=0)
        for each in self.trusted_proxies:
            _check_network(each)


def _check_network(text: str) -> None:
    """Raise for what is neither an address nor a network: « * » would trust everybody."""
    try:
        ip_network(text)
    except ValueError:
        raise InvalidSettings("not-a-network", key="trusted_proxies", found=text) from None
