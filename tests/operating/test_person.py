"""A person's rights at the operator's: by NIR on standard input, each act with who and why."""

from __future__ import annotations

import io
import json
import resource
import signal
from pathlib import Path

import pytest

from espace_tui.cli import exit_codes
from tests.operating.program import Operator
from tests.operating.sheets import file, row

WHY = ("--operator", "a.martin", "--reason", "letter of 3 November")
NOBODY = row(99)["nir"]


class Desk:
    """An operator with three people invited; each NIR is typed on the standard input."""

    def __init__(self, operator: Operator, patch: pytest.MonkeyPatch) -> None:
        self.operator = operator
        self._patch = patch
        operator.run("service", "migrate")
        path = file(operator.home, [row(number) for number in range(3)])
        assert operator.run("admin", "invite", "--csv", str(path))[0] == exit_codes.DONE

    def person(self, act: str, nir: str, *options: str) -> tuple[int, str]:
        return self.typed(nir, "person", act, *WHY, *options)

    def typed(self, nir: str, *words: str) -> tuple[int, str]:
        self._patch.setattr("sys.stdin", io.StringIO(f"{nir}\n"))
        return self.operator.run("admin", *words)

    def trail(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads(self.operator.run("admin", "audit", "--json")[1])
        return found


@pytest.fixture
def desk(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(operator, monkeypatch)


NIR = row(1)["nir"]


def test_a_person_is_shown_masked(desk: Desk) -> None:
    code, told = desk.person("show", NIR, "--json")
    shown = json.loads(told)
    assert code == exit_codes.DONE
    assert (shown["status"], shown["email"], shown["sessions"]) == (
        "invited",
        "n•••••@exemple.fr",
        0,
    )
    assert shown["invitation"]["used_at"] is None
    assert [letter["channel"] for letter in shown["messages"]] == ["email"]
    for canary in ("Zoé", "D’Été", "n1@", NIR):
        assert canary not in told
    code, told = desk.person("show", NIR)
    assert (code, "Status: invited" in told) == (exit_codes.DONE, True)


def test_all_that_is_kept_is_exported_for_its_owner_only(desk: Desk) -> None:
    path = desk.operator.home / "export.json"
    assert desk.person("export", NIR, "--output", str(path))[0] == exit_codes.DONE
    exported = json.loads(path.read_text("utf-8"))
    assert path.stat().st_mode & 0o077 == 0
    assert (exported["first_name"], exported["email"]) == ("Zoé1", "n1@exemple.fr")
    assert [event["event"] for event in exported["events"]] == ["invited"]
    code, told = desk.person("export", NIR, "--output", str(path))
    assert (code, "exists already" in told) == (exit_codes.USAGE, True)
    assert json.loads(desk.person("export", NIR)[1])["last_name"] == "D’Été"


def test_an_export_that_could_not_be_written_was_not_made(desk: Desk) -> None:
    before = desk.trail()
    wrong = {"nowhere/export.json": exit_codes.UNREACHABLE, "people.csv": exit_codes.USAGE}
    for place, expected in wrong.items():
        code, told = desk.person("export", NIR, "--output", str(desk.operator.home / place))
        assert (code, NIR in told) == (expected, False), told
    assert desk.trail() == before


def test_an_export_that_a_full_disk_cut_leaves_neither_file_nor_trace(desk: Desk) -> None:
    before, path = desk.trail(), desk.operator.home / "export.json"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        code, told = desk.person("export", NIR, "--output", str(path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (code, path.exists()) == (exit_codes.UNREACHABLE, False), told
    assert desk.trail() == before
    assert desk.person("export", NIR, "--output", str(path))[0] == exit_codes.DONE
    assert desk.trail()[-1]["event"] == "person-exported"


def test_an_export_of_nobody_leaves_no_file(desk: Desk) -> None:
    path = desk.operator.home / "export.json"
    assert desk.person("export", NOBODY, "--output", str(path))[0] == exit_codes.FAILED
    assert not path.exists()


def test_somebody_erased_leaves_nothing_but_a_trail_that_names_nobody(desk: Desk) -> None:
    rows = desk.operator.rows
    desk.typed(NIR, "dead-letters")
    assert desk.person("erase", NIR)[0] == exit_codes.DONE
    assert rows("SELECT COUNT(*) FROM person") == [(2,)]
    assert rows("SELECT COUNT(*) FROM outbox") == [(2,)]
    assert rows("SELECT COUNT(*) FROM invitation") == [(2,)]
    assert desk.person("show", NIR)[0] == exit_codes.FAILED
    assert desk.trail()[-2]["event"] == "person-erased"
    path = file(desk.operator.home, [row(1, first_name="Zoé")])
    assert desk.operator.run("admin", "invite", "--csv", str(path))[0] == exit_codes.DONE


def test_only_an_active_space_is_closed_and_its_person_is_told(desk: Desk) -> None:
    rows = desk.operator.rows
    code, told = desk.person("close", NIR)
    assert (code, "not activated" in told) == (exit_codes.FAILED, True)
    assert [line["event"] for line in desk.trail()] == ["invited"] * 3
    name = json.loads(desk.person("show", NIR, "--json")[1])["person"]
    rows("UPDATE person SET status = 'active' WHERE id IN (SELECT informs FROM outbox)")
    assert desk.person("close", NIR, "--json") == (exit_codes.DONE, '{\n  "closed": true\n}\n')
    assert rows("SELECT COUNT(*) FROM person WHERE status = 'closed'") == [(1,)]
    assert rows("SELECT COUNT(*) FROM outbox") == [(4,)]
    about = [line["event"] for line in desk.trail() if line["person"] == name]
    assert about == ["invited", "person-shown", "closed", "person-closed"]


@pytest.mark.parametrize("act", ["show", "export", "erase", "close"])
def test_a_nir_that_nobody_has_is_told_and_leaves_a_trace(desk: Desk, act: str) -> None:
    code, told = desk.person(act, NOBODY)
    assert (code, "nobody has this NIR" in told, NOBODY in told) == (exit_codes.FAILED, True, False)
    last = desk.trail()[-1]
    assert last["event"].startswith("person-")
    assert (last["operator"], last["reason"]) == ("a.martin", "letter of 3 November")


@pytest.mark.parametrize(
    ("options", "typed"),
    [
        ((), NIR),
        (("--reason", "   "), NIR),
        (("--reason", f"of {NIR}"), NIR),
        (("--reason", "06 39 98 12 34 asked"), NIR),
        (("--reason", "n1@exemple.fr asked"), NIR),
        (("--reason", "x" * 201), NIR),
        (("--reason", "a\x1b[2Jb"), NIR),
        (("--reason", "asked", "--operator", "a\nb" * 100), NIR),
        (("--reason", "asked"), "12345"),
        (("--reason", "asked"), ""),
    ],
)
def test_nothing_is_done_without_a_reason_or_a_nir(
    desk: Desk, options: tuple[str, ...], typed: str
) -> None:
    code, told = desk.typed(typed, "person", "erase", *options)
    assert code == exit_codes.USAGE
    assert NIR not in told
    assert desk.operator.rows("SELECT COUNT(*) FROM person") == [(3,)]


def test_who_acts_is_who_asked_sudo(desk: Desk) -> None:
    desk.operator.run(
        "admin", "restored", "--since", "1h", "--reason", "trial", SUDO_USER="b.petit"
    )
    assert desk.trail()[-1]["operator"] == "b.petit"
    desk.operator.run("admin", "restored", "--since", "1h", "--reason", "trial")
    assert desk.trail()[-1]["operator"]


def test_the_trail_is_read_since_an_instant_and_about_one_person(desk: Desk) -> None:
    desk.person("show", NIR)
    assert len(json.loads(desk.typed(NIR, "audit", "--person", "--json")[1])) == 2
    assert json.loads(desk.typed(NOBODY, "audit", "--person", "--json")[1]) == []
    assert len(json.loads(desk.operator.run("admin", "audit", "--since", "1h", "--json")[1])) == 4
    assert len(desk.operator.run("admin", "audit", "--since", "2020-01-01")[1].splitlines()) == 4
    for wrong in ("yesterday", "2999-01-01"):
        code, told = desk.operator.run("admin", "audit", "--since", wrong)
        assert (code, wrong in told) == (exit_codes.USAGE, False)


def test_the_trail_finds_somebody_whatever_the_key(desk: Desk) -> None:
    for act in ("--add", "--use", "--reseal"):
        desk.operator.run("admin", "rotate-keys", act)
    desk.person("show", NIR)
    found = json.loads(desk.typed(NIR, "audit", "--person", "--json")[1])
    assert [line["event"] for line in found] == ["invited", "person-shown"]
    assert len({line["person"] for line in found}) == 2


def test_after_an_older_backup_what_must_end_is_ended_and_told(desk: Desk) -> None:
    rows = desk.operator.rows
    rows("INSERT INTO session SELECT 'a', informs, 4000000000, 4000000000 FROM outbox LIMIT 1")
    rows("INSERT INTO session SELECT 'b', informs, 1, 1 FROM outbox LIMIT 1")
    rows("INSERT INTO answer VALUES ('x', 'x', 'x', 1)")
    restored = ("admin", "restored", "--since", "2h", *WHY)
    told = json.loads(desk.operator.run(*restored, "--json")[1])
    assert told["ended"] == 5
    assert sorted(each["ended"] for each in told["people"]) == ["message"] * 3 + ["session"]
    assert {each["email"] for each in told["people"]} == {"n•••••@exemple.fr"}
    assert rows("SELECT token_digest FROM session") == [("b",)]
    assert rows("SELECT COUNT(*) FROM outbox") == [(0,)]
    code, again = desk.operator.run(*restored)
    assert (code, "Ended or erased: 0" in again) == (exit_codes.DONE, True)
    assert [line["event"] for line in desk.trail()][-2:] == ["restored"] * 2


def test_a_dead_letter_says_whom_and_is_revived_alone(desk: Desk) -> None:
    rows = desk.operator.rows
    rows(
        "INSERT INTO dead_letter SELECT id, 'invitation', channel, 0, 'smtp-550', 1, written_at,"
        " ends_at, informs, written_at, sealed, person FROM outbox"
    )
    rows("DELETE FROM outbox")
    rows("UPDATE dead_letter SET ends_at = 1 WHERE id = (SELECT MAX(id) FROM dead_letter)")
    letters = json.loads(desk.operator.run("admin", "dead-letters", "--json")[1])
    names = {line["person"] for line in desk.trail()}
    assert {letter["person"] for letter in letters} == names
    assert [letter["revivable"] for letter in letters] == [True, True, False]
    revive = ("admin", "dead-letters", "--revive")
    assert desk.operator.run(*revive, letters[1]["id"])[0] == exit_codes.DONE
    assert rows("SELECT id FROM outbox") == [(letters[1]["id"],)]
    assert desk.operator.run(*revive, letters[2]["id"])[0] == exit_codes.FAILED
    assert json.loads(desk.operator.run(*revive, "--json")[1]) == {"revived": 1}


def test_the_backend_of_this_computer_has_a_desk_too(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NOBODY}\n"))
    show = ("admin", "person", "show", "--reason", "trial", "--data-dir", str(tmp_path / "data"))
    code, told = operator.run(*show, ESPACE_SERVICE_DATABASE="")
    assert (code, "nobody has this NIR" in told) == (exit_codes.FAILED, True), told
