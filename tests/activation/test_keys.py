"""Tags: what the store holds today is found again tomorrow."""

from __future__ import annotations

import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.activation.crypto.keys import Keys, random_digits, refuse_lost_key
from espace_tui.errors import Unreachable
from espace_tui.validators.card_serial import CardKind
from tests.activation.world import World

KEYS = Keys("k1", {"k1": bytes(32)})


@given(st.lists(st.text(max_size=40) | st.sampled_from(CardKind), max_size=4))
def test_a_tag_is_the_one_described(parts: list[str]) -> None:
    """A second writing of it, so that nobody changes it unawares."""
    key = hmac.digest(bytes(32), b"espace-tui:tag", "sha256")
    told = json.dumps(("kind", *parts)).encode()
    assert KEYS.tag("kind", *parts) == f"k1.{hmac.digest(key, told, 'sha256').hex()}"


def test_what_a_lost_key_made_is_told() -> None:
    for needs in (lambda: KEYS.pepper("k9", "password"), lambda: KEYS.unseal("k9.QUJD", "row")):
        with pytest.raises(Unreachable) as told:
            needs()
        assert told.value.code == "store-corrupt"


def test_random_digits_are_all_digits_everywhere() -> None:
    codes = [random_digits(6) for _ in range(500)]
    assert [set(column) for column in zip(*codes, strict=True)] == [{*"0123456789"}] * 6


async def test_the_newest_key_that_any_process_was_started_with_stays_noted(
    either: World,
) -> None:
    one, both = ({f"k{n}": bytes([n]) * 32 for n in range(1, most + 1)} for most in (1, 2))
    store = either.rules.context.store
    async with store.transaction() as tx:
        await tx.run("DELETE FROM mark")
    for keys, noted in (
        (Keys("k1", one), "k1"),
        (Keys("k2", both), "k2"),
        (Keys("k1", both), "k2"),
    ):
        await refuse_lost_key(store, keys)
        [mark] = await either.rows("SELECT value FROM mark WHERE name = 'current-key'")
        assert str(mark["value"]).partition(".")[0] == noted
    with pytest.raises(Unreachable, match=r"^other-keys$") as told:
        await refuse_lost_key(store, Keys("k1", one))
    assert told.value.values == {"cause": "key"}


def test_a_key_is_newer_than_those_before_it_in_the_ring() -> None:
    ring = Keys("k2", {f"k{number}": bytes([number]) * 32 for number in (1, 2, 3)})
    found = {other: ring.is_newer_than(other) for other in ("k1", "k2", "k3", "k9")}
    assert found == {"k1": True, "k2": False, "k3": False, "k9": False}
