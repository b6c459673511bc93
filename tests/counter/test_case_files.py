"""A case that a trainer brings: what is refused, by its file and line, and what is read."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from espace_tui.counter.training import read_case
from espace_tui.errors import InvalidSettings
from espace_tui.guide.data_file import FILE_BYTES
from espace_tui.i18n import LANGUAGES, Texts
from tests.counter.exercises import CASES, FOLDER

TEXT = (FOLDER / "04-yvette.toml").read_text("utf-8")


def refused(folder: Path, old: str, new: str) -> InvalidSettings:
    assert old in TEXT
    path = folder / "mine.toml"
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(InvalidSettings) as error:
        read_case(path)
    assert error.value.values["place"] == str(path)
    for language in LANGUAGES:
        said = Texts(language)(f"settings.{error.value.code}", **error.value.values)
        assert "mine.toml" in said
        assert "…" not in said
    return error.value


SAYS = 'says.fr = "'


@pytest.mark.parametrize(
    ("old", "new", "code", "at"),
    [
        ('nir = "2 79', 'nir = "2 80', "case-invented", "nir"),
        ("yvette@courriel.example", "yvette@orange.fr", "case-invented", "email"),
        ("06 39 98 44 15", "06 12 34 56 78", "case-invented", "mobile"),
        ("06 39 98 44 15", "06 39 98 44 15 1", "case-invented", "mobile"),
        ('serial = "0041725093 8"', 'serial = "0041725093 9"', "case-invented", "serial"),
        ('serial = "0041725093 8"', "serial = 417250938", "case-invented", "serial"),
        ("ameli-carte.example", "ameli-carte.com", "official-address", ""),
        (SAYS, f"{SAYS}06 12 34 56 78 ", "official-address", "says.fr"),
        (SAYS, f"{SAYS}https://x.example ", "official-markup", "says.fr"),
        (SAYS, f"{SAYS}\\u001b[2J ", "official-markup", "says.fr"),
        (SAYS, f"{SAYS}\\u202e ", "official-markup", "says.fr"),
        (SAYS, f"{SAYS}{'x' * 2_000}", "official-too-long", "says.fr"),
        (SAYS, 'says.de = "', "official-languages", ""),
        ('kind = "sms"', 'kind = "fire"', "official-value", 'kind = "sms"'),
        ('kind = "sms"', "kind = [1]", "official-value", 'kind = "sms"'),
        ('kind = "letter"', 'kind = "parcel"', "official-value", 'kind = "letter"'),
        ('kind = "photo"', 'kind = "gold"', "official-value", 'kind = "photo"'),
        ('at = ["message"', 'at = ["../x"', "official-value", 'at = ["message"'),
        ('does = "stopped-fraud"', 'does = "won"', "official-value", "does"),
        ('does = "stopped-fraud"\n', "", "official-nowhere", ""),
        ('deed = "typed-address"', 'deed = "stopped-fraud"', "official-twice", ""),
        ('does = "stopped-fraud"', 'leads = "home"', "official-value", 'does = "stopped-fraud"'),
        ("invited = true", 'invited = "yes"', "official-value", "invited"),
        ("invited = true", "invited = true\nage = 0", "official-value", ""),
        ("invited = true", "invited = true\nage = true", "official-value", ""),
        ("invited = true", "invited = true\nshoe = 42", "official-key", ""),
        ("birth_date = 1979-03-08", "birth_date = 1979", "official-value", "birth_date"),
        ("format = 1", "format = 2", "official-format", "format"),
        ("format = 1", "format = true", "official-format", "format"),
        ("format = 1", "", "official-key", ""),
        ("format = 1", "format = 1\nformat = 1", "not-toml", ""),
        ("format = 1", f"format = {'9' * 5_000}", "not-toml", "format"),
        ("format = 1", f"format = {'[' * 3_000}", "not-toml", "format"),
        ('id = "yvette"', f'id = "{"a" * 2_000}\\u001b[2J"', "official-value", "id"),
        ("title.fr = ", "title.de = ", "official-languages", ""),
        ("format = 1", "format = = 1", "not-toml", "format"),
        ('id = "yvette"', 'id = "../x"', "official-value", "id"),
        ("[person]", "[[person]]", "official-key", "[person]"),
    ],
)
def test_a_damaged_or_hostile_file_is_refused_by_its_line(
    old: str, new: str, code: str, at: str, tmp_path: Path
) -> None:
    error = refused(tmp_path, old, new)
    assert error.code == code
    if at:
        lines = TEXT.splitlines()
        assert error.values["line"] == 1 + next(
            number for number, line in enumerate(lines) if line.startswith(at) or at == old == line
        )


def test_an_event_has_no_answer_or_several(tmp_path: Path) -> None:
    kept, _, rest = TEXT.partition("\n[[event.answer]]\n")
    only = rest.split("\n[[", 1)[0]
    path = tmp_path / "mine.toml"
    path.write_text(f"{kept}\n[[event.answer]]\n{only}", "utf-8")
    with pytest.raises(InvalidSettings):
        read_case(path)


def test_nobody_is_invited_without_a_contact(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(re.sub("(email|mobile) = .*\n", "", TEXT), "utf-8")
    with pytest.raises(InvalidSettings, match=r"^official-value$"):
        read_case(path)


def test_a_file_that_is_no_small_text_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "endless").symlink_to("/dev/zero")
    (tmp_path / "large").write_bytes(b"#" * (FILE_BYTES + 1))
    (tmp_path / "of two bytes").write_bytes(TEXT.encode("utf-16"))
    (tmp_path / "of old").write_bytes(TEXT.encode("cp1252", "replace"))
    for name, code, line in (
        ("pipe", "unreadable", None),
        ("endless", "unreadable", None),
        ("large", "official-too-long", 1),
        ("of two bytes", "not-utf8", 1),
        ("of old", "not-utf8", 1),
        ("absent", "absent", None),
        ("", "a-folder", None),
    ):
        with pytest.raises(InvalidSettings) as error:
            read_case(tmp_path / name)
        assert (error.value.code, error.value.values.get("line")) == (code, line), name


def test_a_file_written_on_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode("utf-8-sig"))
    assert read_case(path) == CASES["yvette"]
