"""The calendar file of the six weeks is what calendars read, and its title says nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from espace_tui.guide.calendar_file import TITLE, six_weeks
from espace_tui.i18n import Texts

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def lines(title: str) -> list[str]:
    text = six_weeks(date(2026, 11, 22), title, NOW)
    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")


def test_the_day_is_six_weeks_later_with_an_alarm_a_week_before() -> None:
    found = lines(Texts("fr")(TITLE))
    assert {"DTSTART;VALUE=DATE:20270103", "DTEND;VALUE=DATE:20270104", "TRIGGER:-P7D"} <= {*found}
    assert {"DTSTAMP:20261126T093000Z", "CLASS:PRIVATE"} <= {*found}
    assert found.count("BEGIN:VEVENT") == found.count("END:VEVENT") == 1


def test_the_title_says_nothing_of_health() -> None:
    for language in ("fr", "en"):
        title = Texts(language)(TITLE)
        assert f"SUMMARY:{title}" in lines(title)
        assert not {"santé", "health", "vitale"} & set(title.lower().split())


def test_a_long_title_with_signs_is_folded_and_escaped() -> None:
    (summary,) = [line for line in lines("é, ; \\ " * 30 + "\nx") if line.startswith("SUMMARY:")]
    assert "\\, \\; \\\\" in summary
    assert "\n" not in summary
