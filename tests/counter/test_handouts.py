"""The blank sheet: the same bytes each time, nothing personal, no placeholder left."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from typing_extensions import override

from espace_tui.counter.handouts import EASY, LANGUAGES, as_page, as_text, load_sheet
from espace_tui.counter.handouts.page import COLUMNS
from espace_tui.counter.handouts.sheets import SITE

PAIRS = [("fr", None), *(("fr", other) for other in LANGUAGES[1:])]


def page(language: str, other: str | None, *, easy: bool = False) -> str:
    return as_page(load_sheet(language, easy=easy), load_sheet(other, easy=easy) if other else None)


@pytest.mark.parametrize(("language", "other"), PAIRS)
def test_a_page_is_the_same_each_time_and_needs_nothing_from_elsewhere(
    language: str, other: str | None
) -> None:
    made = page(language, other)
    assert made == page(language, other)
    assert "default-src 'none'" in made
    assert not re.search(r"<(?:script|link|img|iframe)|url\(|@import|src=", made)
    assert set(re.findall(r"https?://[^\s\"<]+", made)) <= {"http://www.w3.org/2000/svg"}


def test_no_placeholder_is_left() -> None:
    for language, other in PAIRS:
        for made in (page(language, other), as_text(load_sheet(language))):
            assert not re.search(
                r"[{}]|…|None", re.sub(r"<style>.*?</style>", "", made, flags=re.DOTALL)
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_lines(language: str) -> None:
    french, sheet = load_sheet("fr"), load_sheet(language)
    assert (len(sheet.lines), sheet.site_line) == (len(french.lines), french.site_line)
    for ours, theirs in zip(french.lines, sheet.lines, strict=True):
        for mark in ("…", "☐", "3422", "33700", "monespacesante.fr", "17cyber.gouv.fr"):
            assert ours.count(mark) == theirs.count(mark)


def test_what_nobody_reviewed_says_so() -> None:
    assert [each for each in LANGUAGES if load_sheet(each).note] == ["ar", "uk", "tr", "pt", "fa"]
    for language in ("ar", "uk", "tr", "pt", "fa"):
        assert "Traduction non relue" in page("fr", language)


def test_each_line_bears_its_language_and_direction() -> None:
    made = page("fr", "ar")
    assert '<html lang="fr" dir="ltr">' in made
    assert made.count('lang="ar" dir="rtl"') == len(load_sheet("ar").lines) + 2


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag not in {"meta", "path"}:
            self.open.append(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag != "path":
            assert self.open.pop() == tag


def test_a_page_is_well_formed() -> None:
    for language, other in PAIRS:
        reader = _Tags()
        reader.feed(page(language, other))
        assert reader.open == []


def test_the_qr_code_is_that_of_the_one_address() -> None:
    import segno  # noqa: PLC0415 — what the page is compared with

    expected = segno.make(SITE, error="m", micro=False).svg_inline(scale=1, border=4, omitsize=True)
    (drawn,) = re.findall(r'd="([^"]+)"', page("fr", None))
    assert drawn in expected


@pytest.mark.parametrize("easy", [False, True])
@pytest.mark.parametrize("other", [None, "en"])
def test_a_text_fits_an_embosser(other: str | None, *, easy: bool) -> None:
    sheets = [load_sheet(each, easy=easy) if each else None for each in ("fr", other)]
    assert sheets[0]
    made = as_text(sheets[0], sheets[1])
    assert max(map(len, made.splitlines())) <= COLUMNS
    assert "[ ]" in made
    assert made.endswith("\n")


@pytest.mark.parametrize("language", EASY)
def test_easy_sentences_are_short(language: str) -> None:
    sheet = load_sheet(language, easy=True)
    for line in sheet.lines:
        for sentence in re.split(r"[.?!](?= |$)", line):
            assert len(re.findall(r"[\w’'-]+", sentence)) <= 12
    assert sheet.note


def test_the_easy_sheets_say_the_same_lines() -> None:
    french, english = (load_sheet(language, easy=True) for language in ("fr", "en"))
    assert [line.count("…") for line in french.lines] == [line.count("…") for line in english.lines]
    assert french.site_line == english.site_line
    assert "monespacesante.fr" in french.lines[french.site_line]
