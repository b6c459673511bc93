"""A campaign invites each person of a file once, whatever stops it."""

from __future__ import annotations

import asyncio
import io
import json
import re
import signal
import sys
from pathlib import Path

import pytest

from espace_tui.cli import exit_codes
from espace_tui.operating.campaign import BATCH_SIZE
from tests.operating.program import Operator
from tests.operating.sheets import file, row

PEOPLE = "SELECT COUNT(*), COUNT(DISTINCT nir_tag) FROM person"
LETTERS = "SELECT COUNT(*), COUNT(DISTINCT informs) FROM outbox"
LINE = "SELECT line FROM campaign"


def rejected(folder: Path) -> list[tuple[str, ...]]:
    """Return the line and the column of each reject."""
    path = folder / "people.rejects.csv"
    assert path.stat().st_mode & 0o077 == 0
    lines = path.read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("line;column;code;reason;Prénom;Nom;")
    return [tuple(line.split(";")[:2]) for line in lines[1:]]


def test_a_file_is_invited_and_what_is_wrong_is_told(operator: Operator) -> None:
    rows = [row(1), row(2, nir="12345"), row(1), row(3, email="x", birth_date="?"), row(4)]
    path = file(operator.home, rows)
    operator.run("service", "migrate")
    code, told = operator.run("admin", "invite", "--csv", str(path))
    assert (code, operator.rows(PEOPLE), operator.rows(LETTERS)) == (
        exit_codes.FAILED,
        [(2, 2)],
        [(2, 2)],
    )
    assert "Invited: 2. Already known: 1. Rejected lines: 2." in told
    assert rejected(operator.home) == [
        ("3", "NIR"),
        ("5", "Date de naissance, E-mail"),
        ("4", "NIR"),
    ]


def test_the_same_file_again_sends_nothing_again(operator: Operator) -> None:
    path = file(operator.home, [row(number) for number in range(3)])
    operator.run("service", "migrate")
    invite = ("admin", "invite", "--json", "--csv", str(path))
    first, second = (operator.run(*invite) for _ in range(2))
    assert first[0] == second[0] == exit_codes.DONE
    assert json.loads(first[1][: first[1].rindex("}") + 1])["invited"] == 3
    assert operator.rows(LETTERS) == [(3, 3)]
    third = operator.run("admin", "invite", "--csv", str(path))[1]
    assert "nothing is sent again" in third


def test_a_batch_wider_than_the_queue_of_hashes_is_invited_all_the_same(
    operator: Operator,
) -> None:
    choices = operator.home / "service.toml"
    choices.write_text("[http]\nhash_queue = 0\n", "utf-8")
    path = file(operator.home, [row(number) for number in range(BATCH_SIZE)])
    operator.run("service", "migrate")
    invite = ("admin", "invite", "--config", str(choices), "--csv", str(path))
    assert operator.run(*invite)[0] == exit_codes.DONE
    assert operator.rows(LETTERS) == [(BATCH_SIZE, BATCH_SIZE)]


def test_another_file_leaves_the_people_known_as_they_are(operator: Operator) -> None:
    operator.run("service", "migrate")
    operator.run("admin", "invite", "--csv", str(file(operator.home, [row(1)])))
    hashed = operator.rows("SELECT hash FROM invitation")
    code, told = operator.run(
        "admin", "invite", "--csv", str(file(operator.home, [row(1), row(2)]))
    )
    assert code == exit_codes.DONE
    assert "Invited: 1. Already known: 1." in told
    assert operator.rows("SELECT hash FROM invitation")[:1] == hashed


def test_a_file_that_cannot_be_read_is_refused_whole(operator: Operator) -> None:
    operator.run("service", "migrate")
    path = operator.home / "people.csv"
    assert operator.run("admin", "invite", "--csv", str(path))[0] == exit_codes.USAGE
    path.write_text("a,b\n1,2\n", "utf-8")
    code, told = operator.run("admin", "invite", "--csv", str(path))
    assert code == exit_codes.USAGE
    assert "first_name" in told


async def test_a_campaign_killed_again_and_again_invites_each_person_once(
    operator: Operator,
) -> None:
    rows = [row(number, **({"nir": "1"} if number % 20 == 0 else {})) for number in range(100)]
    path = file(operator.home, [*rows, row(7)])
    await operator.migrate()
    for _ in range(2):
        async with operator.started("admin", "invite", "--csv", str(path)) as process:
            await moved(operator, process)
            process.kill()
    code, told = await operator.ended("admin", "invite", "--csv", str(path))
    assert (code, operator.rows(LINE)) == (exit_codes.FAILED, [(102,)])
    assert "Invited: 95. Already known: 1. Rejected lines: 5." in told
    assert (operator.rows(PEOPLE), operator.rows(LETTERS)) == ([(95, 95)], [(95, 95)])
    wrong = [(str(number + 2), "NIR") for number in range(0, 100, 20)]
    assert rejected(operator.home) == [*wrong, ("102", "NIR")]


async def moved(operator: Operator, process: asyncio.subprocess.Process) -> None:
    """Wait until a campaign is further than it was, or over."""
    before = operator.rows(LINE)
    while operator.rows(LINE) == before and process.returncode is None:
        await asyncio.wait({asyncio.create_task(process.wait())}, timeout=0.02)


async def test_a_campaign_told_to_stop_goes_on_later(operator: Operator) -> None:
    path = file(operator.home, [row(number) for number in range(70)])
    await operator.migrate()
    async with operator.started("admin", "invite", "--csv", str(path)) as process:
        await moved(operator, process)
        process.send_signal(signal.SIGTERM)
        out, _ = await process.communicate()
    assert process.returncode == exit_codes.INTERRUPTED
    assert b"stopped" in out
    code, told = await operator.ended("admin", "invite", "--csv", str(path))
    assert (code, operator.rows(PEOPLE)) == (exit_codes.DONE, [(70, 70)])
    assert re.search(r"Invited: 70\.", told)


async def test_two_at_once_do_not_tread_on_each_other(operator: Operator) -> None:
    path = str(file(operator.home, [row(number) for number in range(40)]))
    await operator.migrate()
    ended = await asyncio.gather(
        *(operator.ended("admin", "invite", "--csv", path) for _ in range(2))
    )
    assert exit_codes.DONE in {code for code, _ in ended}
    assert (operator.rows(PEOPLE), operator.rows(LETTERS)) == ([(40, 40)], [(40, 40)])


def test_a_file_comes_by_the_standard_input_too(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    content = file(operator.home, [row(0), row(1)]).read_bytes()
    operator.run("service", "migrate")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    code, told = operator.run("admin", "invite", "--csv", "-", "--lang", "en")
    assert (code, "Invited: 2." in told) == (exit_codes.DONE, True)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert (
        "nothing is sent again" in operator.run("admin", "invite", "--csv", "-", "--lang", "en")[1]
    )
