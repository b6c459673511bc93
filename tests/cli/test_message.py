"""`espace-tui message` and `espace-tui handout`: what they say to people and programs."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from espace_tui.guide.message.inspection import inspect
from espace_tui.guide.message.process import read_letter
from tests.cli.shell import Shell
from tests.guide.message.letters import CODE, GENUINE_TEXT, fraud, gmail, mail
from tests.guide.message.test_sources import maildir, mbox

CARD = fraud("La carte Vitale 2026 est disponible. Payez les frais de port sous 24 h.")


def saved(tmp_path: Path, data: bytes, name: str = "m.eml") -> str:
    path = tmp_path / name
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (gmail(), 0, "Rien d’anormal trouvé"),
        (mail(), 1, "À vérifier"),
        (CARD, 1, "Signes de fraude"),
    ],
)
def test_a_message_is_judged(
    shell: Shell, tmp_path: Path, data: bytes, code: int, said: str
) -> None:
    done = shell.call("message", saved(tmp_path, data))
    assert done.code == code
    assert said in done.out.splitlines()[0]
    assert "tapez vous-même monespacesante.fr" in done.out
    assert CODE not in done.out


def test_a_fraud_is_told_in_the_first_five_lines_in_both_languages(
    shell: Shell, tmp_path: Path
) -> None:
    path = saved(tmp_path, CARD)
    for language, word in (("fr", "Fraude"), ("en", "Fraud")):
        lines = shell.call("message", path, "--lang", language).out.splitlines()
        assert any(line.startswith(word) for line in lines[:5])


def test_a_program_reads_json_without_the_code(shell: Shell, tmp_path: Path) -> None:
    done = shell.call("message", saved(tmp_path, gmail()), "--json")
    assert (done.code, done.json["verdict"], done.json["code_found"]) == (
        0,
        "nothing-unusual",
        True,
    )
    assert done.json["sent_on"] == "2026-11-22"
    assert {each["severity"] for each in done.json["findings"]} == {"fine"}
    assert CODE not in done.out


def test_a_text_without_a_date_has_none(shell: Shell, tmp_path: Path) -> None:
    assert shell.call("message", saved(tmp_path, b"Bonjour"), "--json").json["sent_on"] is None


def test_a_pipe_is_read(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(CARD)))
    assert shell.call("message", "-").code == 1


def test_a_pipe_of_its_own_process_is_read(shell: Shell) -> None:
    done = shell.spawn("message", "-", given=GENUINE_TEXT)
    assert (done.code, done.err) == (1, "")


def test_a_mailbox_is_listed_then_one_is_chosen(shell: Shell, tmp_path: Path) -> None:
    folder = str(maildir(tmp_path / "mail", 3))
    listed = shell.call("message", folder)
    assert listed.code == 0
    assert "1. 2026-11-22 « personne2@exemple.fr » « Message 2 »" in listed.out.replace("\xa0", " ")
    assert shell.call("message", folder, "--json").json["messages"][2]["subject"] == "Message 0"
    chosen = shell.call("message", folder, "--number", "2", "--json")
    assert (chosen.code, chosen.json["subject"]) == (1, "Message 1")


def test_what_a_list_leaves_out_is_told(shell: Shell, tmp_path: Path) -> None:
    done = shell.call("message", saved(tmp_path, mbox(203), "mbox"))
    assert "203 messages" in done.out
    assert "3 autres messages" in done.out


@pytest.mark.parametrize("number", ["0", "4", "-1"])
def test_a_number_that_is_not_listed_is_refused(shell: Shell, tmp_path: Path, number: str) -> None:
    done = shell.call("message", str(maildir(tmp_path / "mail", 3)), f"--number={number}")
    assert done.code == 2
    assert "de 1 à 3" in done.err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0", ".msg"),
        (b"%PDF-", "PDF"),
        (b"", "vide"),
        (b"Subject: x\n" + b"Content-Type: message/rfc822\n\n" * 3000, "illisible"),
    ],
)
def test_what_cannot_be_read_ends_with_2_and_says_what_to_do(
    shell: Shell, tmp_path: Path, data: bytes, said: str
) -> None:
    done = shell.call("message", saved(tmp_path, data))
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_progress_is_told_at_a_terminal_only(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path, mbox(3), "mbox")
    assert shell.call("message", path).err == ""
    monkeypatch.setattr("espace_tui.cli.commands.message.SECONDS_BETWEEN_REPORTS", -1.0)
    monkeypatch.setattr("espace_tui.cli.commands.message.is_terminal", lambda: True)
    assert "100" in shell.call("message", path).err


@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(subject=st.text(max_size=60), name=st.text(max_size=60))
def test_no_message_writes_a_control_or_begins_a_line(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, subject: str, name: str
) -> None:
    data = f"From: {name} <x@exemple.com>\nSubject: {subject}\n\nErreur : \x1b[2J\nx".encode(
        "utf-8", "replace"
    )
    monkeypatch.setattr(
        "espace_tui.cli.commands.message.read_letter", lambda data, _believed: inspect(data, ())
    )
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    done = shell.call("message", "-")
    assert not [c for c in done.out if ord(c) < 32 and c != "\n"]
    starts = (
        "Résultat",
        "Fraude",
        "À vérifier",
        "Normal",
        "N’",
        "Rien",
        "Cela",
        "Dans",
        "De",
        "Objet",
        "Date",
    )
    assert all(line.startswith(starts) for line in done.out.splitlines())


WATCH = """
import sys
seen = []
sys.addaudithook(lambda event, args: seen.append((event, args)) if event in WATCHED else None)
WATCHED = {"socket.connect", "socket.bind", "socket.getaddrinfo", "subprocess.Popen", "os.system"}
from espace_tui.cli import run
from espace_tui.i18n import Texts
code = run(["message", sys.argv[1]], {"HOME": sys.argv[2]}, Texts())
assert code == 1, code
events = [event for event, _ in seen]
assert events == ["subprocess.Popen"], events
assert seen[0][1][0] == sys.executable
"""


def test_no_socket_is_opened_and_no_process_but_the_reader(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WATCH, saved(tmp_path, CARD), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["m.eml"]


def test_help_tells_the_exit_codes(shell: Shell) -> None:
    assert "2 illisible" in shell.call("message", "--help").out


def test_the_reader_is_the_same_for_the_command() -> None:
    assert read_letter(CARD).verdict == "fraud"


# --- the sheet


@pytest.mark.parametrize(
    ("words", "has", "lacks"),
    [
        ((), "Mon aide-mémoire", "My memo"),
        (("--lang", "en"), "My memo", "Мій"),
        (("--with", "uk"), "Мій пароль", "My memo"),
        (("--easy",), "Ma feuille", "Mon aide-mémoire"),
    ],
)
def test_the_sheet_is_written(
    shell: Shell, tmp_path: Path, words: tuple[str, ...], has: str, lacks: str
) -> None:
    for name in ("a.html", "a.txt", "A.HTML"):
        path = tmp_path / name
        done = shell.call("handout", "--output", str(path), *words)
        assert (done.code, str(path) in done.out) == (0, True)
        text = path.read_text("utf-8")
        assert has in text
        assert lacks not in text


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--output", "a.pdf"), 2),
        (("--output", "a.html", "--easy", "--with", "ar"), 2),
        (("--output", "absent/a.html"), 3),
        ((), 2),
    ],
)
def test_a_sheet_that_cannot_be_written_is_told(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], code: int
) -> None:
    monkeypatch.chdir(tmp_path)
    done = shell.call("handout", *words)
    assert (done.code, done.out) == (code, "")
    assert done.err
    assert list(tmp_path.glob("a.*")) == []
