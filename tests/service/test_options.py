"""What an operator may choose, and what is told of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.errors import InvalidSettings
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.service.options import ServiceOptions

KEYS = Path("keys")


@pytest.mark.parametrize("trusted", ["192.0.2.10", "192.0.2.0/24", "2001:db8::/32", "::1"])
def test_a_proxy_is_trusted_by_its_address_or_network(trusted: str) -> None:
    options = ServiceOptions("sqlite:///x", KEYS, trusted_proxies=(trusted,))
    assert options.trusted_proxies == (trusted,)


@pytest.mark.parametrize("trusted", ["*", "", "proxy.example", "192.0.2.10/24", "10.0.0.0/99"])
def test_nothing_else_is_trusted_least_of_all_everybody(trusted: str) -> None:
    with pytest.raises(InvalidSettings, match=r"^not-a-network$") as caught:
        ServiceOptions("sqlite:///x", KEYS, trusted_proxies=(trusted,))
    for language in LANGUAGES:
        assert Texts(language)("settings.not-a-network", **caught.value.values)


def test_an_unknown_policy_is_told_with_the_nearest_one() -> None:
    with pytest.raises(InvalidSettings, match=r"^unknown-policy$") as caught:
        ServiceOptions("sqlite:///x", KEYS, policy="guide-2021")
    assert caught.value.values["nearest"] == "guide-2022"


def test_the_address_of_the_database_is_not_shown() -> None:
    assert "s3cret" not in repr(ServiceOptions("postgresql://me:s3cret@db/espace", KEYS))
