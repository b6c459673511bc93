"""A file of people is read however a spreadsheet wrote it, and each bad line is told."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from espace_tui import validators
from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.operating.columns import BadLineError, parse_person
from espace_tui.operating.csv_file import (
    LONGEST_LINE,
    BadFileError,
    FileLine,
    PeopleFile,
    open_people_file,
)
from espace_tui.operating.rejects import Rejects, ToldLine
from tests.operating.sheets import file, row, text

SIGNS = pytest.mark.parametrize("sign", [",", ";", "\t"])
ENCODINGS = pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])


def lines(sheet: PeopleFile) -> list[FileLine]:
    return list(sheet.lines(sheet.start))


@SIGNS
@ENCODINGS
def test_any_spreadsheet_is_read(tmp_path: Path, sign: str, encoding: str) -> None:
    sheet = open_people_file(file(tmp_path, [row(1), row(2)], sign, encoding))
    first, second = (parse_person(line.cells) for line in lines(sheet))
    assert (first.first_name, first.last_name, first.email) == ("Zoé1", "D’Été", "n1@exemple.fr")
    assert (second.nir, second.mobile, second.language) == (row(2)["nir"], None, "fr")


def test_reading_starts_again_at_any_line(tmp_path: Path) -> None:
    sheet = open_people_file(file(tmp_path, [row(number) for number in range(5)]))
    whole = lines(sheet)
    for index, line in enumerate(whole):
        assert list(sheet.lines(line.after)) == whole[index + 1 :]


def test_a_file_is_named_by_what_it_holds(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    one, same = file(tmp_path, [row(1)]), file(tmp_path / "a", [row(1)])
    assert open_people_file(one).digest == open_people_file(same).digest
    assert open_people_file(one).digest != open_people_file(file(tmp_path, [row(2)])).digest


@pytest.mark.parametrize(
    ("spoilt", "problem"),
    [
        (b'"Zo\xc3\xa9;Exemple;a quote left open\r\n', "quotes"),
        (b'Zo"e";"Exemple"x;03/05/1984\r\n', "quote-inside"),
        (b"x" * (3 * LONGEST_LINE) + b"\r\n", "too-long"),
        (b"Zo\xe9;in another encoding\r\n", "encoding"),
        (b";".join([b"x"] * 12) + b"\r\n", "too-many-cells"),
        (b'"Jean "Jojo" Martin";x\r\n', "quote-inside"),
    ],
)
def test_a_spoilt_line_spoils_no_other(tmp_path: Path, spoilt: bytes, problem: str) -> None:
    path = tmp_path / "people.csv"
    header, one, two = text([row(1), row(2)]).encode().splitlines(keepends=True)
    path.write_bytes(header + one + spoilt + b"\r\n;;;;;;;;\r\n" + two)
    found = lines(open_people_file(path))
    assert [(line.number, line.problem) for line in found] == [(2, ""), (3, problem), (6, "")]
    assert parse_person(found[2].cells).email == "n2@exemple.fr"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "header"),
        (b"a;b\r\n", "missing-column"),
        (b"\xff\xfeP\0r\0", "utf-16"),
        (b'"Nom;\r\n', "header"),
        (text([row(1)]).replace("NIR", "Ville").encode(), "missing-column"),
        (text([row(1)]).replace("Mobile", "NIR").encode(), "same-column"),
    ],
)
def test_what_is_no_file_of_people_is_refused_whole(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(BadFileError) as told:
        open_people_file(path)
    assert told.value.code == code
    assert Texts("en").has(f"operator.sheet.{code}")


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ({"first_name": ""}, ["first_name"]),
        ({"last_name": "a\x1b[2Jb"}, ["last_name"]),
        ({"birth_date": "31/02/1984"}, ["birth_date"]),
        ({"nir": "2,84059E+14"}, ["nir"]),
        ({"nir": "284058832102530"}, ["nir"]),
        ({"card_kind": "maybe"}, ["card_kind"]),
        ({"card_serial": "123"}, ["card_serial"]),
        ({"email": "no address"}, ["email"]),
        ({"email": "", "mobile": "0139980000"}, ["mobile"]),
        ({"email": "", "mobile": ""}, ["email"]),
        ({"language": "de"}, ["language"]),
        ({"first_name": "", "nir": "1", "email": "x"}, ["first_name", "nir", "email"]),
    ],
)
def test_every_problem_of_a_line_is_told_in_both_languages(
    cells: dict[str, str], columns: list[str]
) -> None:
    with pytest.raises(BadLineError) as told:
        parse_person(row(1, **cells))
    assert [column for column, _ in told.value.problems] == columns
    for say in (Texts("fr"), Texts("en")):
        assert all(say(text) != text.id for _, text in told.value.problems)


VALIDATORS = ("birth_date", "card_serial", "email", "mobile", "nir")
LINES = ("known", "no-contact", "quotes", "quote-inside", "too-many-cells", "too-long", "encoding")


def codes() -> set[str]:
    """Return every code that a validator of a column refuses with, as its source has them."""
    folder = Path(validators.__file__).parent
    sources = "".join((folder / f"{name}.py").read_text("utf-8") for name in VALIDATORS)
    found = re.findall(r'InvalidValue\("([a-z_.-]+)"', sources)
    misread = {"date", "nir", "issuer", "is-photo", "ten-digits", "length", "missing", "no-digits"}
    return {*found, *(f"serial.{name}" for name in misread), *LINES, "cell.rounded"}


@pytest.mark.parametrize("code", sorted(codes()))
def test_every_reason_has_an_operators_words(code: str) -> None:
    for language in LANGUAGES:
        assert Texts(language).has(f"operator.reason.{code}")
        assert "votre" not in Texts(language)(f"operator.reason.{code}")


def test_rejects_beyond_where_a_campaign_had_come_are_taken_back(tmp_path: Path) -> None:
    path, why = tmp_path / "rejects.csv", [("NIR", Text("operator.reason.known"))]
    rows = {line: ToldLine(line, why, ("two\nlines", "=1+1")) for line in (3, 4, 5, 6)}
    Rejects(path, Texts("en"), 1, ("a", "b")).add([rows[3], rows[4], rows[5]])
    Rejects(path, Texts("en"), 4, ("a", "b")).add([rows[6]])
    with path.open(encoding="utf-8-sig", newline="") as file:
        titles, *kept = csv.reader(file, delimiter=";")
    assert titles == ["line", "column", "code", "reason", "a", "b"]
    assert [(row[0], row[2], row[4:]) for row in kept] == [
        (line, "known", ["two\nlines", "'=1+1"]) for line in ("3", "4", "6")
    ]
    Rejects(path, Texts("en"), 0, ("a", "b"))
    assert not path.exists()


def test_a_file_of_something_else_is_not_taken_for_rejects(tmp_path: Path) -> None:
    precious = file(tmp_path, [row(1)])
    before = precious.read_bytes()
    with pytest.raises(BadFileError):
        Rejects(precious, Texts(), 1)
    assert precious.read_bytes() == before


@pytest.mark.parametrize("end", ["\u2028", "\x0b", "\x0c", "\x85", "\x1e"])
def test_what_ends_a_line_elsewhere_is_a_part_of_its_cell(tmp_path: Path, end: str) -> None:
    path = file(tmp_path, [row(1, last_name=f"D’Été{end}Martin")])
    sheet = open_people_file(path)
    [line] = sheet.lines(sheet.start)
    person = parse_person(line.cells)
    assert (person.last_name, person.email) == ("D’Été Martin", "n1@exemple.fr")
