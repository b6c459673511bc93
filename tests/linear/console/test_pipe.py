"""Without a terminal: answers from the standard input, one a line, and documented exit codes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.linear.console.terminal_session import PROGRAM, TerminalSession, environment
from tests.linear.transcript_rules import breaches
from tests.people import ZOE, invitation_options

PERSON = {f"--{name}": value for name, value in invitation_options(ZOE).items()}
SECRET = "Canary-Fleur7"
LINEAR = {"ESPACE_LINEAR": "1"}


def call(
    home: Path, arguments: Sequence[str], given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        input=given,
        capture_output=True,
        env=environment(home, LINEAR),
        check=False,
        timeout=60,
    )


def one_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what was said, wherever the lines were cut."""
    return " ".join(done.stdout.decode().split())


def invited(home: Path) -> str:
    """Invite someone and return their provisional code."""
    call(home, ["admin", "invite", *(word for pair in PERSON.items() for word in pair)])
    messages = json.loads(call(home, ["inbox", "--json"]).stdout)
    words: list[str] = messages[-1]["text"].split()
    return next(w for w in words if len(w) == 12 and any(c.isdigit() for c in w))


def answers(code: str, *more: str) -> bytes:
    """Return the answers of an activation, one a line."""
    lines = [
        *("1", "2", "1", ""),
        *(code, "2 84 05 88 321 025 32", ""),
        *("1", ZOE.serial),
        *("1", "oui", ""),
        "",
        *("zoe.anais", SECRET, SECRET, ""),
        "1",
        *more,
    ]
    return "\n".join(lines).encode() + b"\n"


@pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick
def test_a_pipe_activates_a_space(tmp_path: Path) -> None:
    done = call(tmp_path, [], answers(invited(tmp_path)))
    said = done.stdout.decode()
    assert done.returncode == 0, said
    assert "C’est fait : votre espace est activé" in said
    assert done.stderr == b""
    assert breaches(said) == []
    assert SECRET not in said
    assert json.loads(call(tmp_path, ["admin", "status", "--json"]).stdout)["active"] == 1


def test_errors_stand_in_their_place_in_the_transcript(tmp_path: Path) -> None:
    lines = ["1", "2", "1", "", "not-a-code!", "123", "", ":quitter"]
    said = call(tmp_path, [], "\n".join(lines).encode()).stdout.decode()
    assert said.index("Question 2 sur 2") < said.index("Erreur : 2 problèmes :")
    assert said.index("2 problèmes") < said.index("Corriger 1-2")


@pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick
@pytest.mark.parametrize(
    ("lines", "resumed"),
    [(0, "Ma carte Vitale"), (9, "Je prends ma décision"), (15, "Je choisis mon identifiant")],
)
def test_an_input_that_ends_in_the_middle_leaves_nothing_half_done(
    lines: int, resumed: str, tmp_path: Path
) -> None:
    code = invited(tmp_path)
    done = call(tmp_path, [], b"\n".join(answers(code).split(b"\n")[:lines]))
    assert done.returncode == 1
    assert "rien n’a été fait à moitié" in one_line(done)
    assert json.loads(call(tmp_path, ["admin", "status", "--json"]).stdout)["active"] == 0
    privacy = [] if lines > 1 else ["2"]
    again = "\n".join(["1", *privacy, "1", "", code, PERSON["--nir"], "", ""])
    assert f": {resumed}" in one_line(call(tmp_path, [], again.encode())).split("sociale :")[-1]


BAD = (b"x" * 1_000_000, b"\xff\xfe\xe9", b"a\x00b", b"\x1b[31m", b"a\rb")
"""Overlong, not UTF-8, and three control characters."""


def test_a_bad_line_is_told_and_the_question_asked_again(tmp_path: Path) -> None:
    given = b"\n".join((b"1\n2\n1\n", *BAD, b"abc\n:quitter\n"))
    done = call(tmp_path, [], given)
    assert done.stdout.decode().count("Code provisoire : \n") == len(BAD) + 1
    assert one_line(done).count("elle n’a pas été prise") == len(BAD)
    assert "3 caractères sur 12." in one_line(done)
    assert breaches(done.stdout.decode()) == []


def test_the_lines_of_a_dos_script_are_read_too(tmp_path: Path) -> None:
    done = call(tmp_path, [], b"1\r\n2\r\n1\r\n\r\nabc\r\n:quitter\r\n")
    assert "3 caractères sur 12." in done.stdout.decode()


def test_a_last_line_without_its_end_is_an_answer(tmp_path: Path) -> None:
    assert "Ce qu’il vous faut" in call(tmp_path, [], b"1\n2\n1").stdout.decode()


@pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick
def test_nobody_reads_the_output_so_nothing_more_is_done(tmp_path: Path) -> None:
    given = answers(invited(tmp_path))
    command = f"{' '.join(PROGRAM)} | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["/bin/bash", "-c", command],
        input=given,
        capture_output=True,
        env=environment(tmp_path, LINEAR),
        check=False,
        timeout=60,
    )
    assert done.stderr == b""
    assert done.stdout.decode().splitlines()[-1] == "1"
    assert json.loads(call(tmp_path, ["admin", "status", "--json"]).stdout)["active"] == 0


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&-"])
def test_a_closed_stream_is_the_end(closed: str, tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"{' '.join(PROGRAM)} {closed}"],
        input=b"1\n",
        capture_output=True,
        env=environment(tmp_path, LINEAR),
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert "défaut" not in done.stderr.decode()


def test_a_poor_encoding_keeps_its_letters(tmp_path: Path) -> None:
    poor = {**LINEAR, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        PROGRAM,
        input=b"",
        capture_output=True,
        env=environment(tmp_path, poor),
        check=False,
        timeout=60,
    )
    assert b"demande par la variable" in done.stdout
    assert b"l'assistant" in done.stdout


def test_a_service_that_cannot_be_reached_exits_with_3(tmp_path: Path) -> None:
    options = ["--backend", "refusing", "--backend-option", "mode=unreachable"]
    done = call(tmp_path, options, b"2\n2\n\n\n")
    assert done.returncode == 3
    assert "1. Réessayer" in done.stdout.decode()


def test_a_keyboard_without_a_screen_still_hides_secrets(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    said = tmp_path / "said"
    said.touch()
    command = f"{' '.join(PROGRAM)} login > {tmp_path}/said; echo over"
    with TerminalSession(home, {"TERM": "dumb"}, ("/bin/sh", "-c", command)) as person:
        person.send("2\rsomeone.here\r")
        while "Mot de passe :" not in said.read_text():
            person.child.expect([person.TIMEOUT, "$"], timeout=0.05)
        assert not person.echoes
        person.send(SECRET + "\r:quitter\r")
        person.expect("over")
        assert SECRET not in person.output.getvalue()
        assert SECRET not in said.read_text()
        assert breaches(said.read_text()) == []
