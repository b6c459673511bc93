"""Tags: what the store holds today is found again tomorrow."""

from __future__ import annotations

import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.activation.crypto.keys import Keys
from espace_tui.errors import Unreachable
from espace_tui.validators.card_serial import CardKind

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
