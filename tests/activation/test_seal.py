"""Sealing: what goes in comes out, and nothing else does."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.activation.crypto.seal import BrokenSealError, SealKey, seal, unseal

KEYS = st.binary(min_size=32, max_size=32).map(SealKey.derive)
PLACES = st.text(max_size=40)


@given(KEYS, st.text(max_size=500), PLACES)
def test_any_text_comes_back(key: SealKey, text: str, place: str) -> None:
    assert unseal(key, seal(key, text, place), place) == text


@given(KEYS, st.text(min_size=16, max_size=99))
def test_the_same_text_is_never_sealed_twice_alike(key: SealKey, text: str) -> None:
    sealed = [urlsafe_b64decode(seal(key, text, "row")) for _ in range(3)]
    assert len({raw[48:] for raw in sealed}) == 3
    assert all(text.encode() not in raw for raw in sealed)


@given(KEYS, st.text(max_size=50), st.data())
def test_any_changed_bit_is_seen(key: SealKey, text: str, data: st.DataObject) -> None:
    raw = bytearray(urlsafe_b64decode(seal(key, text, "row")))
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BrokenSealError):
        unseal(key, urlsafe_b64encode(raw).decode(), "row")


@given(KEYS, KEYS, PLACES, PLACES)
def test_it_opens_in_its_place_with_its_key_only(
    key: SealKey, other: SealKey, place: str, elsewhere: str
) -> None:
    sealed = seal(key, "text", place)
    for tried, where in ((other, place), (key, elsewhere)):
        if (tried, where) != (key, place):
            with pytest.raises(BrokenSealError):
                unseal(tried, sealed, where)


def test_too_little_is_no_seal() -> None:
    with pytest.raises(BrokenSealError):
        unseal(SealKey.derive(bytes(32)), "QUJD", "row")


def test_the_construction_is_the_one_described() -> None:
    """A second writing of the design note, so that nobody changes it unawares."""
    key, place = bytes(range(32)), "row"
    raw = urlsafe_b64decode(
        seal(SealKey.derive(key), "deux blocs de texte au moins : " + "x" * 20, place)
    )
    nonce, tag, hidden = raw[:16], raw[16:48], raw[48:]
    uses = (b"seal: encrypt", b"seal: authenticate")
    inner, outer = (hmac.digest(key, use, "sha256") for use in uses)
    stream = b"".join(hmac.digest(inner, nonce + bytes([0, 0, 0, n]), "sha256") for n in range(2))
    opened = bytes(a ^ b for a, b in zip(hidden, stream, strict=False)).decode()
    assert opened.startswith("deux blocs de texte au moins")
    assert tag == hmac.digest(outer, nonce + b"\0\0\0\x03row" + hidden, "sha256")
