"""Files that people really have: each way of writing one is read, or named with how to mend it."""

from __future__ import annotations

import csv
import json
import random
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from espace_tui.cli import exit_codes
from espace_tui.i18n import Texts
from espace_tui.operating.columns import BadLineError, judge, parse_person
from espace_tui.operating.csv_file import BadFileError, FileLine, PeopleFile, open_people_file
from tests.operating.program import Operator
from tests.operating.sheets import FRENCH, file, row, text

PLAIN = {"card_kind": "sans photo"}


def lines(sheet: PeopleFile) -> list[FileLine]:
    return list(sheet.lines(sheet.start))


def written(folder: Path, content: bytes) -> PeopleFile:
    path = folder / "people.csv"
    path.write_bytes(content)
    return open_people_file(path)


def problems(cells: dict[str, str]) -> list[str]:
    """Return the codes of what is wrong with somebody."""
    try:
        parse_person(cells)
    except BadLineError as bad:
        return [told.id.removeprefix("operator.reason.") for _, told in bad.problems]
    return []


def doubts(cells: dict[str, str]) -> list[str]:
    """Return the codes of what is to be looked at again; somebody who is right otherwise."""
    return [told.id.removeprefix("operator.doubt.") for _, told in judge(cells).doubts]


NIR = row(1)["nir"]
SEVEN = next(nir for nir in (row(n)["nir"] for n in range(300)) if nir.endswith("07"))
"""One whose key begins with a zero."""


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"nir": f"{NIR}.0"}, []),
        ({"nir": f"{NIR},00"}, []),
        ({"nir": "2,84059E+14"}, ["cell.rounded"]),
        ({"nir": "2.84058832102532e+14"}, ["cell.rounded"]),
        ({"card_serial": "12345678.0", **PLAIN}, []),
        ({"card_serial": "1.23456789E8", **PLAIN}, ["cell.rounded"]),
        ({"card_serial": "802500000212345000000"}, ["cell.rounded"]),
        ({"card_serial": "8,025E+20"}, ["cell.rounded"]),
        ({"card_serial": '="12345678901"'}, []),
        ({"mobile": "6,12346E+08"}, ["cell.rounded"]),
        ({"card_serial": NIR[:13], **PLAIN}, ["serial.nir"]),
        ({"card_serial": NIR[:11]}, ["serial.nir"]),
        ({"card_serial": NIR[2:13]}, ["serial.nir"]),
        ({"mobile": "01 39 98 00 00"}, []),
        ({"mobile": "01 39 98 00 00", "email": ""}, ["mobile.landline"]),
        ({"mobile": "+49 30 901820"}, []),
        ({"mobile": "01 39 98 00 00", "first_name": ""}, ["name.missing"]),
        ({"first_name": "-"}, ["name.missing"]),
        ({"first_name": "=1+1"}, ["name.characters"]),
        ({"last_name": "12/05"}, ["name.characters"]),
        ({"last_name": "Null"}, []),
        ({"last_name": "Ma\u00adrtin"}, []),
        ({"nir": f"\u200e{NIR}\u200f"}, []),
        ({"nir": "NULL"}, ["nir.missing"]),
        ({"nir": "٢٨٤٠٥"}, ["nir.digits"]),
        ({"first_name": "Jean\nPaul"}, []),
        ({"mobile": "'+33639981234"}, []),
        ({"email": "néant", "mobile": "-"}, ["no-contact"]),
    ],
)
def test_a_cell_is_read_or_refused_by_its_true_name(
    cells: dict[str, str], expected: list[str]
) -> None:
    assert problems(row(1, **cells)) == expected
    for language in ("fr", "en"):
        assert all(Texts(language).has(f"operator.reason.{code}") for code in expected)


@pytest.mark.parametrize(
    ("nir", "key", "expected"),
    [
        (SEVEN[:13], SEVEN[13:], []),
        (SEVEN[:13], SEVEN[14:], []),
        (f"{SEVEN[:13]}.0", f"{SEVEN[14:]}.0", []),
        (f"{SEVEN[0]} {SEVEN[1:3]} {SEVEN[3:13]}", f" {SEVEN[13:]} ", []),
        (SEVEN, SEVEN[13:], []),
        (SEVEN, "A-12", []),
        (SEVEN[:13], "", ["nir.without-key"]),
        (SEVEN[:13], "A-12", ["nir.without-key"]),
        (SEVEN[:13], "96", ["nir.key"]),
        ("2,84059E+14", "07", ["cell.rounded"]),
    ],
)
def test_a_key_in_a_column_of_its_own_is_joined_to_the_number(
    nir: str, key: str, expected: list[str]
) -> None:
    cells = row(1, nir=nir) | {"nir_key": key}
    assert problems(cells) == expected
    if not expected:
        assert parse_person(cells).nir == SEVEN


def test_a_file_with_the_key_beside_the_number_is_read_whole(tmp_path: Path) -> None:
    people = [row(number) for number in range(3)]
    for cells in people:
        cells["nir"], cells["language"] = cells["nir"][:13], cells["nir"][13:]
    content = text(people, header=FRENCH.replace("Langue", "Clé de contrôle"))
    found = [parse_person(line.cells).nir for line in lines(written(tmp_path, content.encode()))]
    assert found == [row(number)["nir"] for number in range(3)]


@pytest.mark.parametrize("nothing", ["nan", "NULL", "-", "néant", "N/A", " – ", "aucun", "#N/A"])
def test_what_says_nothing_is_empty(nothing: str) -> None:
    person = parse_person(row(1, mobile=nothing, language=nothing))
    assert (person.mobile, person.language) == (None, "fr")


def test_what_a_spreadsheet_adds_is_not_a_part_of_the_number() -> None:
    told = parse_person(row(1, card_serial="12345678.0", **PLAIN))
    assert told.serial == "12345678"
    assert parse_person(row(1, card_serial="1234567890,00", **PLAIN)).serial == "1234567890"
    assert parse_person(row(1, last_name="Ma\u00adr\u200btin")).last_name == "Martin"
    assert parse_person(row(1, mobile="639981234.0")).mobile == "+33639981234"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"birth_date": "12/11/1990"}, ["birth-match"]),
        ({"birth_date": "03/06/1984"}, ["birth-match"]),
        ({"email": "n1@gmial.com"}, ["email.domain"]),
        ({"mobile": "01 39 98 00 00"}, ["mobile.landline"]),
        ({"mobile": "+49 30 901820"}, ["mobile.foreign"]),
        ({"card_serial": NIR[2:10], **PLAIN}, ["serial.nir"]),
        ({"card_serial": "03012020", **PLAIN}, ["serial.date"]),
        ({"first_name": "ZoÃ©"}, ["mojibake"]),
        ({"last_name": "DÃ‰TÃ‰"}, ["mojibake"]),
        ({"last_name": "Ãvora"}, []),
    ],
)
def test_a_doubt_is_told_and_refuses_nobody(cells: dict[str, str], expected: list[str]) -> None:
    plain = row(1, birth_date=born(NIR))
    assert doubts(plain) == []
    assert doubts(plain | cells) == expected
    for language in ("fr", "en"):
        assert all(Texts(language).has(f"operator.doubt.{code}") for code in expected)


def born(nir: str) -> str:
    return f"03/{nir[3:5]}/19{nir[1:3]}"


WHOLE = text([row(number) for number in range(1, 4)])
EARS = "Prénom;Nom;NIR;Type de carte;N° de série;E-mail;Ville"


@pytest.mark.parametrize(
    "content",
    [
        WHOLE.replace("\r\n", "\r").encode(),
        WHOLE.replace("\r\n", "\n").encode(),
        WHOLE.encode("mac-roman"),
        WHOLE.replace("Zoé", "ANDRÉ").encode("mac-roman"),
        WHOLE.replace("’", "'").encode("cp850"),
        WHOLE.replace("Zoé1", "ZoÃ©1").encode("cp1252"),
        WHOLE.encode("cp1252").replace(b"Zo\xe91", "Zoé1".encode()),
        b"sep=;\r\n" + WHOLE.encode(),
        b"\xef\xbb\xbfsep=;\r\n" + WHOLE.encode(),
        "Liste des assurés, campagne 2026;;;;\r\n\r\n".encode() + WHOLE.encode(),
        WHOLE.replace("Date de naissance", '"Date de naissance\n(jj/mm/aaaa)"').encode(),
        WHOLE.encode() + b"\r\n\r\n;;;;;;;;\r\n" * 3,
        WHOLE.encode() + b'"";"";"";"";"";"";"";"";""\r\n\x1a',
        WHOLE.replace("fr\r\n", "fr;;;\r\n").encode(),
    ],
)
def test_a_file_is_read_however_it_is_written(tmp_path: Path, content: bytes) -> None:
    people = [parse_person(line.cells) for line in lines(written(tmp_path, content))]
    assert [person.nir for person in people] == [row(number)["nir"] for number in (1, 2, 3)]
    assert {person.first_name[:-1] for person in people} <= {"Zoé", "ANDRÉ", "ZoÃ©"}
    assert {person.last_name for person in people} <= {"D’Été", "D'Été"}


def test_a_cell_may_go_over_several_lines(tmp_path: Path) -> None:
    content = text([row(1, last_name='"D’Été\r\nMartin"'), row(2)])
    sheet = written(tmp_path, content.encode())
    found = lines(sheet)
    assert [line.number for line in found] == [2, 4]
    assert parse_person(found[0].cells).last_name == "D’Été Martin"
    assert list(sheet.lines(found[0].after)) == found[1:]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("é;é".encode("utf-16"), "utf-16"),
        ("Nom;Prénom;NIR".encode("utf-16-le"), "utf-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-excel"),
        (b"%PDF-1.7", "pdf"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"PK\x03\x04broken", "archive"),
        (b"\x7fELF\0\x01\x02\x03" + b"\x01" * 60, "binary"),
    ],
)
def test_what_is_no_text_is_named(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(BadFileError) as told:
        written(tmp_path, content)
    assert told.value.code == code


@pytest.mark.parametrize(
    ("member", "code"),
    [("xl/workbook.xml", "xlsx"), ("content.xml", "ods"), ("people.csv", "archive")],
)
def test_a_workbook_is_named_with_how_to_save_it(tmp_path: Path, member: str, code: str) -> None:
    path = tmp_path / "people.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "<x/>")
    with pytest.raises(BadFileError) as told:
        open_people_file(path)
    assert told.value.code == code
    assert "CSV" in Texts("en")(f"operator.sheet.{code}")


def test_an_empty_end_leaves_nothing_to_take(operator: Operator) -> None:
    path = file(operator.home, [row(1)])
    path.write_bytes(path.read_bytes() + b";;;;;;;;\r\n\r\n")
    operator.run("service", "migrate")
    invite = ("admin", "invite", "--csv", str(path))
    assert "sends the messages" in operator.run(*invite)[1]
    assert "nothing is sent again" in operator.run(*invite)[1]


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_file_of_nobody_is_told_so(operator: Operator, dry: tuple[str, ...]) -> None:
    path = file(operator.home, [])
    operator.run("service", "migrate")
    code, told = operator.run("admin", "invite", "--csv", str(path), *dry)
    assert (code, "nobody in this file" in told) == (exit_codes.FAILED, True)


def test_a_trial_needs_no_database_and_invites_nobody(operator: Operator) -> None:
    path = file(operator.home, [row(1), row(2, nir="12345"), row(3, mobile="01 39 98 00 00")])
    invite = ("admin", "invite", "--csv", str(path), "--dry-run")
    code, told = operator.run(*invite, ESPACE_SERVICE_DATABASE="postgresql:///nothing")
    assert code == exit_codes.FAILED
    assert "To invite: 2. Rejected lines: 1." in told
    told = json.loads(operator.run(*invite, "--json")[1])
    assert (told["invited"], told["rejected"], told["dry_run"]) == (2, 1, True)
    assert "mobile.landline" in Path(told["review"]).read_text("utf-8-sig")


def test_rejects_are_mended_and_sent_in_again(operator: Operator) -> None:
    header = FRENCH.replace("NIR", "N° Sécurité sociale") + ";Ville"
    bad = row(1, nir="12345", mobile="+33 6 39 98 12 34", city="=1+1")
    path = operator.home / "people.csv"
    path.write_text(text([bad, row(2, city="Brest")], header=header), "utf-8")
    operator.run("service", "migrate")
    _, told = operator.run("admin", "invite", "--csv", str(path))
    assert "Columns that are not read: Ville." in told
    rejects = operator.home / "people.rejects.csv"
    with rejects.open(encoding="utf-8-sig", newline="") as lines_of:
        titles, refused = csv.reader(lines_of, delimiter=";")
    assert titles[:4] == ["line", "column", "code", "reason"]
    assert titles[4:] == header.split(";")
    assert refused[:3] == ["2", "N° Sécurité sociale", "nir.length"]
    assert not [cell for cell in refused if cell[:1] in "=+-@" and cell]
    mended = rejects.read_text("utf-8-sig").replace("12345;", f"{NIR};", 1)
    rejects.write_text(mended, "utf-8")
    code, told = operator.run("admin", "invite", "--csv", str(rejects), "--lang", "fr")
    assert (code, operator.rows("SELECT COUNT(*) FROM person")) == (exit_codes.DONE, [(2,)])
    assert "Colonnes qui ne sont pas lues" in told
    assert "line" not in told.split("lues")[1].splitlines()[0]


@pytest.mark.parametrize("option", ["--rejects", "--review"])
def test_a_list_never_takes_the_place_of_the_file(operator: Operator, option: str) -> None:
    path = file(operator.home, [row(1, nir="1")])
    before = path.read_bytes()
    code, _ = operator.run("admin", "invite", "--dry-run", "--csv", str(path), option, str(path))
    assert (code, path.read_bytes()) == (exit_codes.USAGE, before)


@pytest.mark.no_cover
def test_a_long_file_is_read_fast_and_in_little_room(operator: Operator) -> None:
    rows = [row(number, mobile="06 39 98 12 34") for number in range(200)]
    body = text(rows).partition("\r\n")
    path = operator.home / "people.csv"
    path.write_text(body[0] + "\r\n" + body[2] * 25, "utf-8")
    began = time.process_time()
    assert operator.run("admin", "invite", "--dry-run", "--csv", str(path))[0] == exit_codes.DONE
    assert 5000 / (time.process_time() - began) > 1500  # measured: far more; see docs/operating.md
    tracemalloc.start()
    operator.run("admin", "invite", "--dry-run", "--csv", str(path))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 << 20


def test_no_bytes_whatever_break_the_reader(tmp_path: Path) -> None:
    seed = random.Random(14)
    header = FRENCH.encode() + b"\r\n"
    alphabet = [b";", b'"', b"\r", b"\n", b"x", b"\xc3\xa9", b"\xe9", b"\0", b"=", b" "]
    for _ in range(300):
        noise = b"".join(seed.choices(alphabet, k=200))
        sheet = written(tmp_path, header + b"a;" * 40 + b"\r\n" + noise)
        found = lines(sheet)
        for index, line in enumerate(found):
            assert list(sheet.lines(line.after)) == found[index + 1 :]


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_list_that_cannot_be_written_stops_the_campaign_with_its_cause(
    operator: Operator, dry: tuple[str, ...]
) -> None:
    path = file(operator.home, [row(1, nir="1"), row(2)])
    operator.run("service", "migrate")
    nowhere = str(operator.home / "nothing" / "rejects.csv")
    invite = ("admin", "invite", "--csv", str(path), *dry)
    code, told = operator.run(*invite, "--rejects", nowhere)
    assert (code, nowhere in told, "No such file" in told) == (exit_codes.UNREACHABLE, True, True)
    assert operator.run(*invite)[0] == exit_codes.FAILED
    if not dry:
        assert operator.rows("SELECT COUNT(*) FROM person") == [(1,)]
