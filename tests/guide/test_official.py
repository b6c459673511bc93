"""The official journey is whole in both languages; a hostile file is refused by its line."""

from __future__ import annotations

import os
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from espace_tui.errors import InvalidSettings
from espace_tui.guide.data_file import FILE_BYTES
from espace_tui.guide.official import load
from espace_tui.guide.official.bundled import BUNDLED
from espace_tui.guide.official.loading import read
from espace_tui.guide.official.model import ENDS
from espace_tui.i18n import LANGUAGES, Texts
from tests.i18n.test_catalogues import BROKEN

TEXT = BUNDLED.read_text("utf-8")
OFFICIAL = load()
GOALS = {"activate-adult", "activate-child", "oppose", "close", "sign-in", "forgotten"}
SECRETS = {"password", "one_time_code", "code", "contact_code"}


def test_everything_one_may_want_is_there() -> None:
    assert OFFICIAL.journeys.keys() == GOALS
    for goal in GOALS:
        assert OFFICIAL.steps(goal)


def test_every_next_screen_and_outcome_exists_in_both_languages() -> None:
    for screen in OFFICIAL.screens.values():
        assert screen.next in OFFICIAL.screens.keys() | ENDS
        assert OFFICIAL.answers(screen.id)
        for texts in (screen.recognise, screen.says, screen.says_child, screen.says_letter):
            assert texts is None or texts.keys() == {*LANGUAGES, "fr-easy", "en-easy"}
        assert screen.about is None or screen.about.keys() == set(LANGUAGES)
    for outcome in OFFICIAL.outcomes.values():
        assert OFFICIAL.target_of(outcome.leads, "oppose") in OFFICIAL.screens.keys() | ENDS
        assert outcome.answer.keys() >= set(LANGUAGES)
        assert outcome.says.keys() == {*LANGUAGES, "fr-easy", "en-easy"}


def test_its_french_is_typographically_right() -> None:
    french = [line for line in TEXT.splitlines() if ".fr" in line.partition(" = ")[0]]
    assert len(french) > 100
    assert [line for line in french if BROKEN.search(line)] == []


def test_every_screen_and_outcome_is_reached() -> None:
    shown = {screen.id for goal in GOALS for screen in OFFICIAL.steps(goal)}
    assert shown == OFFICIAL.screens.keys()
    assert {
        each for s in OFFICIAL.screens.values() for each in s.outcomes
    } == OFFICIAL.outcomes.keys()


def test_a_journey_goes_on_to_its_next_screen_and_ends() -> None:
    for goal in GOALS - {"activate-child", "close"}:
        steps = [screen for screen in OFFICIAL.steps(goal) if not screen.optional]
        for screen, following in pairwise(steps):
            assert screen.next == following.id
        assert steps[-1].next == "end"


def test_the_age_of_the_data_is_told() -> None:
    assert OFFICIAL.noted == date(2025, 8, 27)
    assert OFFICIAL.age_in_days(date(2026, 8, 27)) == 365
    assert OFFICIAL.age_in_days(date(2020, 1, 1)) == 0


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("photo", "card"),
        ("provisoire", "code"),
        ("représentant", "representative"),
        ("MON PROFIL A BIEN", "activated"),
        ("identifiant et mot", "credentials"),
        ("jumeaux profil choisis", None),
        ("zzz", None),
    ],
)
def test_a_screen_is_found_by_words_of_its_heading(words: str, first: str | None) -> None:
    found = [screen.id for screen in OFFICIAL.find(words)]
    assert (found[0] if found else None) == first


@pytest.mark.parametrize("heading", ["Mon identité", "mes coordonnees"])
def test_two_screens_of_one_heading_are_both_shown(heading: str) -> None:
    found = {screen.id for screen in OFFICIAL.find(heading)}
    assert found >= ({"card", "identity"} if "ident" in heading else {"channel", "contacts"})


def test_every_heading_is_found_and_no_words_find_all() -> None:
    for screen in OFFICIAL.screens.values():
        for heading in screen.headings:
            assert screen in OFFICIAL.find(heading, "en")
    assert len(OFFICIAL.find(" ")) == len(OFFICIAL.screens)


# --- the user's file


def broken(tmp_path: Path, old: str, new: str) -> InvalidSettings:
    assert old in TEXT
    path = tmp_path / "mine.toml"
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(InvalidSettings) as refused:
        load(tmp_path)
    assert refused.value.values["place"] == str(path)
    return refused.value


def number_of(start: str) -> int:
    return next(n for n, each in enumerate(TEXT.splitlines(), 1) if each.startswith(start))


SAYS = 'says.fr = "Sur l’accueil du site'


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("<b>gras</b>", "official-markup"),
        ("[link=x]", "official-markup"),
        ("\\u001b[2J", "official-markup"),
        ("\\u202e", "official-markup"),
        ("https://exemple.com", "official-markup"),
        ("allez sur ameli-infos.com", "official-address"),
        ("allez sur monespacesante.fr.exemple.com", "official-address"),
        ("appelez le 08 99 12 34 56", "official-address"),
        ("x" * 2_000, "official-too-long"),
    ],
)
def test_a_hostile_text_is_refused_by_its_line(tmp_path: Path, new: str, code: str) -> None:
    error = broken(tmp_path, SAYS, f'says.fr = "{new} ')
    assert (error.code, error.values["line"]) == (code, number_of(SAYS))


@pytest.mark.parametrize(
    ("old", "new", "code", "start"),
    [
        ('next = "card"', 'next = "elsewhere"', "official-nowhere", 'next = "card"'),
        ('"site-down"]', '"other"]', "official-nowhere", "outcomes = "),
        ('leads = "identity"', 'leads = "x"', "official-nowhere", 'leads = "identity"'),
        ('asks = ["card_kind"]', 'asks = ["bank_card"]', "official-value", 'asks = ["card_kind"]'),
        ('confidence = "H"', 'confidence = "sure"', "official-value", 'confidence = "H"'),
        ("seen_on = 2025-08-27", 'seen_on = "x"', "official-value", "seen_on"),
        ('number = "1"', 'number = "1"\nimage = "x"', "official-key", ""),
        ('number = "1"\n', "", "official-key", "[[screen]]"),
        ('id = "card"', 'id = "home"', "official-twice", 'id = "card"'),
        ('id = "card"', 'id = "../x"', "official-value", 'id = "card"'),
        ("optional = true", "optional = 1", "official-value", "optional"),
        ("format = 1", "format = 2", "official-format", "format"),
        ("noted = 2025-08-27", "noted = 1", "official-value", "noted"),
        ("says_child.en", "says_child.de", "official-languages", "says_child.fr"),
        ('screens = ["sign-in"]', "screens = []", "official-value", 'screens = ["sign-in"]'),
        ("format = 1", "format = = 1", "not-toml", "format"),
    ],
)
def test_a_damaged_file_is_refused_by_its_line(
    tmp_path: Path, old: str, new: str, code: str, start: str
) -> None:
    error = broken(tmp_path, old, new)
    assert error.code == code
    if start:
        assert error.values["line"] == number_of(start)
    for language in LANGUAGES:
        said = Texts(language)(f"settings.{error.code}", **error.values)
        assert "…" not in said
        assert "mine.toml" in said


def test_a_newer_file_of_the_user_is_used_and_an_older_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TEXT.replace("noted = 2025-08-27", "noted = 2026-10-01", 1), "utf-8")
    assert load(tmp_path).origin == str(path)
    path.write_text(TEXT.replace("noted = 2025-08-27", "noted = 2024-10-01", 1), "utf-8")
    assert load(tmp_path).origin == str(BUNDLED)
    assert load(tmp_path / "absent").origin == str(BUNDLED)


def test_what_is_no_small_text_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.toml")
    for path, data in ((tmp_path / "b.toml", b"\xff\xfe"), (tmp_path / "fifo.toml", None)):
        if data:
            path.write_bytes(data)
        with pytest.raises(InvalidSettings, match="not-utf8" if data else "unreadable"):
            read(path)
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (FILE_BYTES + 1))
    with pytest.raises(InvalidSettings, match=r"^official-too-long$"):
        read(large)
    deep = tmp_path / "deep.toml"
    deep.write_text("x = " + "[" * 50_000)
    with pytest.raises(InvalidSettings, match=r"^not-toml$"):
        read(deep)
