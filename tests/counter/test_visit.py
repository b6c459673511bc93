"""What a visit tells: words of closed lists, and nothing that was typed, whatever comes."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.counter.tally import FEW, MONTHS, WITHHELD, Tally, hidden_small, shown_of
from espace_tui.counter.visit import UNKNOWN, WORDS, Visit, VisitRecord, parse_line, span_of

WORD = st.fixed_dictionaries(
    {"end": st.sampled_from(WORDS["end"])},
    optional={key: st.sampled_from(words) for key, words in WORDS.items() if key != "end"},
)


@given(WORD)
def test_every_visit_comes_back_as_it_was_said(words: dict[str, str]) -> None:
    assert parse_line(Visit(words).line()) == Visit(words)


KNOWN = sorted({word for words in WORDS.values() for word in words})
PAIR = st.tuples(
    st.sampled_from([*WORDS, "name"]), st.sampled_from(KNOWN) | st.text("camile-0", max_size=7)
)
LIKE_A_VISIT = st.lists(PAIR.map("=".join), min_size=1, max_size=4).map(
    lambda pairs: f"{' '.join(pairs)}\n".encode()
)
"""Lines that are nearly those of a visit."""


@given(st.binary(max_size=300) | st.text(max_size=80).map(str.encode) | LIKE_A_VISIT)
def test_any_bytes_are_a_visit_of_closed_words(data: bytes) -> None:
    for key, word in parse_line(data).words.items():
        assert word in WORDS[key]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"end=finished",
        b"end=finished\nend=finished\n",
        b"end=finished end=later\n",
        b"posture=beside\n",
        b"end=finished name=Camille\n",
        b"end=2550814168025\n",
        b"end=finished " + b"x" * 200 + b"\n",
        b"end=\x1b[2J\n",
    ],
)
def test_what_is_no_such_line_says_nothing(data: bytes) -> None:
    assert parse_line(data) is UNKNOWN


@pytest.mark.parametrize("reference", ["ABCD-2345", ""])
def test_the_name_of_a_bug_comes_along_and_is_not_counted(reference: str) -> None:
    said = Visit({"end": "broken"}, reference)
    assert parse_line(said.line()) == said


@pytest.mark.parametrize("named", ["reference=abcd-2345", "reference=ABCD-23456", "reference="])
def test_what_is_no_name_of_a_bug_is_said_to_nobody(named: str) -> None:
    assert parse_line(f"end=broken {named}\n".encode()) is UNKNOWN


def test_nobody_is_counted_before_somebody_sat_down() -> None:
    ends = {"end": "left"}, {"end": "erased"}, {"end": "erased", "reached": "greeting"}
    assert [Visit(words).is_counted for words in ends] == [False, False, True]
    assert UNKNOWN.is_counted


def test_what_was_reached_is_the_furthest() -> None:
    record = VisitRecord()
    for word in ("greeting", "site", "preparing"):
        record.note("reached", word)
    assert record.get("reached") == "site"


def test_no_list_holds_a_decision() -> None:
    assert not {word for words in WORDS.values() for word in words} & {"activate", "opposed"}


def test_only_words_of_the_lists_are_noted() -> None:
    record = VisitRecord()
    record.note("posture", "beside")
    with pytest.raises(ValueError, match="posture"):
        record.note("posture", "Camille")
    assert record.ended("left") == Visit({"end": "left", "posture": "beside"})
    record.note("end", "finished")
    assert record.ended("left").words["end"] == "finished"
    assert (record.get("end"), record.get("span")) == ("finished", "")


@pytest.mark.parametrize(
    ("minutes", "word"),
    [(0, "under-15"), (14.9, "under-15"), (15, "15-30"), (30, "30-60"), (60, "over-60")],
)
def test_a_visit_is_as_long_as_one_of_four_words(minutes: float, word: str) -> None:
    assert span_of(60 * minutes) == word


def test_counts_add_up_by_month_and_hold_nothing_else(tmp_path: Path) -> None:
    tally = Tally(tmp_path / "state" / "tally.json")
    for _ in range(3):
        assert tally.add(Visit({"end": "finished", "face": "visual"}), "2026-11")
    assert tally.add(UNKNOWN, "2026-12")
    assert tally.read() == {
        "2026-11": {"visits": 3, "end=finished": 3, "face=visual": 3},
        "2026-12": {"visits": 1, "end=unknown": 1},
    }
    assert {path.name for path in (tmp_path / "state").iterdir()} == {"tally.json", "tally.lock"}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "state").iterdir()} == {0o600}


def test_what_several_counters_count_at_once_adds_up(tmp_path: Path) -> None:
    path = tmp_path / "state" / "tally.json"

    def count(_: int) -> bool:
        return Tally(path).add(UNKNOWN, "2026-11")

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(count, range(40)))
    assert Tally(path).read()["2026-11"]["visits"] == 40


def test_counts_are_kept_for_thirteen_months(tmp_path: Path) -> None:
    tally = Tally(tmp_path / "tally.json")
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    for month in months[:15]:
        tally.add(UNKNOWN, month)
    assert sorted(tally.read()) == months[15 - MONTHS : 15]
    tally.add(UNKNOWN, "2028-01")
    assert sorted(tally.read()) == ["2028-01"]


SPOILT = ["", "[]", "{", '{"2026-11": []}', '{"2026-11": {"x": "y"}}', '{"x": {"visits": 1}}']


@pytest.mark.parametrize("content", SPOILT)
def test_a_spoilt_file_of_counts_begins_anew(content: str, tmp_path: Path) -> None:
    path = tmp_path / "tally.json"
    path.write_text(content)
    tally = Tally(path)
    assert not any(tally.read().values())
    assert tally.add(UNKNOWN, "2026-11")
    assert json.loads(path.read_text())["2026-11"] == {"visits": 1, "end=unknown": 1}


def test_where_nothing_can_be_written_nobody_waits(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    assert not Tally(tmp_path / "state" / "tally.json").add(UNKNOWN, "2026-11")


def test_a_small_number_is_not_shown() -> None:
    assert [hidden_small(number) for number in (0, FEW - 1, FEW)] == [None, None, FEW]


@given(st.dictionaries(st.sampled_from(WORDS["end"]), st.integers(1, 30), max_size=6))
def test_no_small_number_is_found_from_the_others_and_their_sum(counts: dict[str, int]) -> None:
    shown = shown_of(counts)
    hidden = [counts[word] for word, number in shown.items() if not number]
    assert all(number in {None, WITHHELD, counts[word]} for word, number in shown.items())
    assert all(shown[word] is None for word, number in counts.items() if number < FEW)
    if any(number < FEW for number in hidden):
        assert len(hidden) == len(counts) or (len(hidden) > 1 and sum(hidden) >= FEW)
