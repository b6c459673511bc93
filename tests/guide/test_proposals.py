"""What is proposed is drawn from `secrets`, accepted everywhere, typed alike on every keyboard."""

from __future__ import annotations

import ast
from math import log2
from pathlib import Path

import pytest

from espace_tui.guide import proposals
from espace_tui.guide.proposals import CONSONANTS, DIGITS, SYLLABLES, UNLUCKY, VOWELS
from espace_tui.model.policy import POLICIES
from espace_tui.validators import identifier, password

DRAWN = 2_000
MOVES = set("aqzwm")
"""Letters that stand elsewhere on AZERTY and QWERTY keyboards."""
MISTAKEN = set("0O1lI")


@pytest.fixture(scope="module")
def drawn() -> tuple[str, ...]:
    return proposals.passwords(DRAWN)


@pytest.mark.soak
def test_ten_thousand_passwords_are_all_different_and_accepted() -> None:
    found = proposals.passwords(10_000)
    assert len(set(found)) == 10_000
    check(found)


def test_passwords_are_different_and_accepted_by_both_rule_sets(drawn: tuple[str, ...]) -> None:
    assert len(set(drawn)) == DRAWN
    check(drawn)


def check(found: tuple[str, ...]) -> None:
    for proposal in found:
        for policy in POLICIES.values():
            assert password.parse(proposal, policy.password) == proposal


def test_a_password_is_typed_alike_on_every_keyboard(drawn: tuple[str, ...]) -> None:
    used = {character.lower() for proposal in drawn for character in proposal}
    assert used == {*CONSONANTS, *VOWELS, *DIGITS, "-", "!"}
    assert not used & (MOVES | MISTAKEN)


def test_a_password_is_worth_more_than_fifty_bits(drawn: tuple[str, ...]) -> None:
    syllables = log2(len(set(CONSONANTS)) * len(set(VOWELS)))
    assert SYLLABLES * syllables + log2(len(set(DIGITS))) > 50.9
    letters = [proposal.replace("-", "") for proposal in drawn]
    for at in range(2 * SYLLABLES):
        alphabet = VOWELS if at % 2 else CONSONANTS
        assert {each[at].lower() for each in letters} == set(alphabet)
    assert 50 < proposals.bits() < SYLLABLES * syllables + log2(len(DIGITS))


def test_what_is_refused_costs_less_than_the_bits_counted_for_it() -> None:
    lucky = sum(proposals.is_lucky(proposals.draw_password()) for _ in range(DRAWN))
    assert -log2(lucky / DRAWN) < 0.25


def test_no_password_is_unlucky(drawn: tuple[str, ...]) -> None:
    for proposal in drawn:
        letters = proposal.lower().replace("-", "")
        assert [unlucky for unlucky in UNLUCKY if unlucky in letters] == []


def test_an_unlucky_password_is_not_proposed() -> None:
    assert not proposals.is_lucky("Zizi-kife-tonu-vexi7!")
    assert not proposals.is_lucky("Befi-onto-kife-vexi7!")


@pytest.mark.parametrize("language", ["fr", "en", "xx"])
def test_identifiers_are_two_words_and_two_digits_that_both_rule_sets_accept(language: str) -> None:
    found = proposals.identifiers(language, 200)
    assert len(set(found)) == 200
    for proposal in found:
        words, _, digits = proposal.partition("-")
        first, _, second = words.partition(".")
        assert first != second
        assert (len(digits), digits.isdigit()) == (2, True)
        for policy in POLICIES.values():
            assert identifier.parse(proposal, policy.identifier) == proposal


def test_only_secrets_draws_and_nothing_is_logged() -> None:
    tree = ast.parse(Path(proposals.__file__).read_text("utf-8"))
    imported = {
        alias.name if isinstance(node, ast.Import) else str(node.module)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert "secrets" in imported
    assert imported <= {
        "__future__", "math", "secrets", "espace_tui.errors", "espace_tui.model.policy",
        "espace_tui.validators",
    }  # fmt: skip
