"""What is kept: the answer always, choices only if accepted, for one's own eyes only."""

from __future__ import annotations

import json
import logging
import stat
from pathlib import Path

import pytest

from espace_tui.local import diagnostic_log
from espace_tui.local.settings import LocalPaths, StoredPreferences, load
from espace_tui.model.consents import CONSENTS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "choices.json"


def test_nothing_is_written_before_the_question_is_answered(path: Path) -> None:
    kept = StoredPreferences(path)
    kept.remember(theme="contrast")
    assert not kept.chosen
    assert not kept.allows("preferences")
    assert not path.parent.exists()


@pytest.mark.parametrize("answer", [frozenset[str](), frozenset({"log"}), frozenset({"keyring"})])
def test_the_answer_is_remembered_and_nothing_else(path: Path, answer: frozenset[str]) -> None:
    kept = StoredPreferences(path)
    kept.choose(answer)
    kept.remember(theme="contrast")
    assert json.loads(path.read_text("utf-8")) == {"kept": sorted(answer), "choices": {}}
    again = StoredPreferences(path)
    assert again.chosen
    assert {what for what in ("preferences", "log", "keyring") if again.allows(what)} == answer


def test_choices_come_back_if_that_was_accepted(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path)}
    kept = StoredPreferences(LocalPaths.from_environment(home).preferences_file)
    kept.choose(frozenset({"preferences"}))
    kept.remember(theme="contrast", language="en", data_dir="no")
    settings = load(home, {})
    assert (settings.theme, settings.language) == ("contrast", "en")
    assert load(home | {"ESPACE_THEME": "light"}, {}).theme == "light"


def test_changing_ones_mind_erases_them(path: Path) -> None:
    kept = StoredPreferences(path)
    kept.choose(frozenset({"preferences"}))
    kept.remember(theme="contrast")
    kept.choose(frozenset())
    assert "contrast" not in path.read_text("utf-8")
    assert StoredPreferences(path).choices == {}


def test_only_their_owner_reads_them(path: Path) -> None:
    StoredPreferences(path).choose(frozenset({"preferences"}))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_where_nothing_can_be_written_the_answer_holds_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, not a folder", encoding="utf-8")
    kept = StoredPreferences(tmp_path / "state" / "choices.json")
    kept.choose(frozenset({"keyring"}))
    assert kept.chosen
    assert kept.allows("keyring")


def test_a_folder_that_others_read_is_left_alone(path: Path) -> None:
    path.parent.mkdir(mode=0o755)
    (path.parent / "other").touch()
    StoredPreferences(path).choose(frozenset({"preferences"}))
    assert not path.exists()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"kept": 3}', '{"kept": [], "choices": {"theme": "no"}}', "\0"]
)
def test_a_spoilt_file_is_no_obstacle(path: Path, content: str) -> None:
    path.parent.mkdir(mode=0o700)
    path.write_text(content, encoding="utf-8")
    kept = StoredPreferences(path)
    assert kept.choices == {}
    kept.choose(frozenset({"log"}))
    assert StoredPreferences(path).allows("log")


def test_a_place_that_cannot_be_looked_into_is_no_obstacle(tmp_path: Path) -> None:
    kept = StoredPreferences(tmp_path / ("x" * 300) / "choices.json")
    assert not kept.chosen


def test_in_memory_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kept = StoredPreferences(None, paste_anywhere=True)
    assert kept.chosen, "nothing is kept: nothing is asked"
    assert not any(map(kept.allows, CONSENTS))
    kept.choose(frozenset({"preferences"}))
    kept.remember(theme="light")
    assert kept.choices == {"theme": "light"}
    assert kept.paste_anywhere
    assert list(tmp_path.iterdir()) == []


def test_whoever_must_know_is_told_of_the_answer() -> None:
    heard: list[frozenset[str]] = []
    StoredPreferences(None, on_choice=heard.append).choose(frozenset({"log", "else"}))
    assert heard == [frozenset({"log"})]


def test_the_log_is_private_small_and_removable(tmp_path: Path) -> None:
    path = tmp_path / "state" / "diagnostic.log"
    diagnostic_log.enable(path)
    diagnostic_log.enable(path)
    logging.getLogger("espace_tui.local").warning("a word")
    assert path.read_text("utf-8").count("WARNING espace_tui.local a word") == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    diagnostic_log.close()
    path.write_text("x" * (diagnostic_log.MAX_SIZE + 1), encoding="utf-8")
    diagnostic_log.enable(path)
    assert path.stat().st_size == 0
    diagnostic_log.disable(path)
    assert not path.exists()
    diagnostic_log.enable(tmp_path / "state" / "choices.json" / "no" / "log")
    diagnostic_log.close()
