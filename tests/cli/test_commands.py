"""Each command does what it says, and answers people and programs."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import PERSON, Shell, invitation
from tests.cli.terminal import Terminal

RIGHT = {
    "nir": "2 55 08 14 168 025 38",
    "serial": "8025000002 41725 09386 6",
    "code": "aB3d-E5fG-7hJ9",
    "birth-date": "14 août 1955",
    "email": "camille@exemple.fr",
    "mobile": "06 12 34 56 46",
    "identifier": "camille.exemple",
    "password": "Ornithorynque7!",
    "one-time-code": "034 567",
}
WRONG = {
    "nir": "2 84 05 88 321 025 30",
    "serial": "777777",
    "code": "Zyx",
    "birth-date": "31/02/1984",
    "email": "camille.exemple",
    "mobile": "01 23",
    "identifier": "Éa",
    "password": "Zqxjv",
    "one-time-code": "03456O",
}


def test_an_invitation_is_delivered(shell: Shell) -> None:
    invited = shell.call(*invitation(mobile="06 12 34 56 46"), "--json")
    assert invited.code == 0
    assert (invited.json["channel"], invited.json["again"]) == ("email", False)
    (message,) = shell.call("inbox", "--json").json
    assert set(message) == {"to", "channel", "subject", "sent_at", "text"}
    assert (message["to"], message["channel"]) == (PERSON["email"], "email")
    read = shell.call("inbox")
    assert "Message 1 sur 1\n" in read.out
    assert message["text"].strip() in read.out


def test_inviting_again_sends_another_code(shell: Shell) -> None:
    assert "jusqu’au" in shell.call(*invitation()).out
    first = shell.last_code()
    assert "à la place de la précédente" in shell.call(*invitation()).out
    assert shell.last_code() != first


def test_without_mail_the_invitation_goes_by_text_message(shell: Shell) -> None:
    said = shell.call(*invitation(email="", mobile="+33612345646"), "--lang", "en")
    assert "by text message" in said.out
    assert shell.call("inbox", "--json").json[0]["channel"] == "sms"


def test_somebody_who_cannot_be_written_to_is_refused(shell: Shell) -> None:
    said = shell.call(*invitation(email=""))
    assert said.code == 1
    assert said.err.startswith("Erreur")
    assert "contact." not in said.err


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("first-name", " "),
        ("last-name", "Exemple\r\nBcc: x@y.fr\x1b"),
        ("birth-date", "1955-13-14"),
        ("nir", WRONG["nir"]),
        ("card-serial", "777777"),
        ("email", "camille"),
        ("mobile", "01 23"),
    ],
)
def test_a_wrong_value_names_its_option(option: str, value: str, shell: Shell) -> None:
    for language in ("fr", "en"):
        said = shell.call(*invitation(**{option.replace("-", "_"): value}), "--lang", language)
        assert said.code == 2
        assert f"--{option}" in said.err
        assert "error." not in said.err
    assert not (shell.home / ".local").exists()


def test_every_wrong_value_is_told_at_once(shell: Shell) -> None:
    said = shell.call(*invitation(nir="1", email="x", first_name=" "))
    assert said.err.count("Erreur") == 3


def test_people_are_counted(shell: Shell) -> None:
    shell.call(*invitation())
    assert shell.call("admin", "status", "--json").json["invited"] == 1
    assert "invitées\u00a0: 1\n" in shell.call("admin", "status").out
    assert shell.call("admin", "open-due").out == "0 espace ouvert.\n"
    assert shell.call("admin", "open-due", "--lang", "en").out == "0 spaces opened.\n"


def test_a_value_may_be_asked_for_unseen(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "-m", "espace_tui", "check", "nir")
    terminal.wait_for("rien ne s’affiche")
    terminal.send(f"{RIGHT['nir']}\n")
    assert terminal.wait_exit() == 0
    assert "valable" in terminal.output_after
    assert "2 55" not in terminal.output_after


def test_an_empty_inbox_says_so(shell: Shell) -> None:
    assert "espace-tui demo" in shell.call("inbox").out
    assert shell.call("inbox", "--json").json == []


def test_a_backend_that_delivers_elsewhere_has_no_inbox(shell: Shell) -> None:
    said = shell.call("inbox", "--backend", "refusing")
    assert said.code == 1
    assert "refusing" in said.err
    assert shell.call("admin", "status", "--backend", "refusing").code == 2


@pytest.mark.parametrize("kind", RIGHT)
def test_a_value_is_checked_and_never_echoed(kind: str, shell: Shell) -> None:
    assert shell.call("check", kind, RIGHT[kind]).out == "1\u00a0: valable\n"
    wrong = shell.call("check", kind, WRONG[kind], "--json")
    assert wrong.code == 1
    assert [set(each) for each in wrong.json] == [{"line", "valid", "code", "message"}]
    assert WRONG[kind] not in wrong.out + wrong.err


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (["nir", "2 84 20 2B 321 025 28"], "mois de naissance inconnu"),
        (["serial", "--card-kind", "plain", "03012020"], "à une date"),
        (["serial", "03012020"], "à une date"),
        (["email", "camille@gmial.com"], "gmail.com"),
        (["mobile", "0693 37 25 00"], "que nous ne connaissons pas"),
    ],
)
def test_what_deserves_a_second_look_is_said_and_fails_nothing(
    words: list[str], advice: str, shell: Shell
) -> None:
    said = shell.call("check", *words)
    assert said.code == 0
    first, second = said.out.splitlines()
    assert first == "1\u00a0: valable"
    assert second.startswith("1\u00a0: à vérifier")
    assert advice in second
    (found,) = shell.call("check", *words, "--json").json
    assert set(found) == {"line", "valid", "advice"}
    assert [advice in each for each in found["advice"]] == [True]
    assert shell.call("check", "nir", RIGHT["nir"], "--json").json[0]["advice"] == []


def test_values_come_one_a_line(shell: Shell) -> None:
    lines = f"{RIGHT['nir']}\n{WRONG['nir']}\n\n"
    said = shell.spawn("check", "nir", "-", "--json", given=lines)
    assert said.code == 1
    assert [each["valid"] for each in said.json] == [True, False, False]
    assert shell.spawn("check", "nir", given=f"{RIGHT['nir']}\r\n").out == "1\u00a0: valable\n"


def test_a_value_may_be_typed_in_words(shell: Shell) -> None:
    assert shell.call("check", "nir", *RIGHT["nir"].split()).code == 0
    assert shell.call("check", "serial", "--card-kind", "plain", "12345678").code == 0
    assert shell.call("check", "serial", "12345678").code == 0
    assert shell.call("check", "serial", "--card-kind", "photo", "12345678").code == 1


def test_backends_are_listed(shell: Shell) -> None:
    names = [row["name"] for row in shell.call("backends", "--json").json]
    assert {"embedded", "refusing"} <= set(names)
    assert "embedded (espace-tui 0.1.0)\u00a0: utilisé\n" in shell.call("backends").out


@pytest.mark.parametrize("words", [["help"], ["aide"]])
def test_help_alone_is_the_help_of_the_commands(words: list[str], shell: Shell) -> None:
    assert shell.call(*words).out == shell.call("--help").out


@pytest.mark.parametrize(
    "words", [["help", "accessibility"], ["aide", "accessibilite"], ["aide", "accessibilité"]]
)
def test_accessibility_has_its_page(words: list[str], shell: Shell) -> None:
    said = shell.call(*words)
    assert said.code == 0
    assert "--linear" in said.out


SYNTAX = {"bash": ["bash", "-n"], "zsh": ["zsh", "-n"], "fish": ["fish", "--no-execute"]}


@pytest.mark.parametrize("name", SYNTAX)
def test_completion_is_a_script_of_its_shell(name: str, shell: Shell, tmp_path: Path) -> None:
    said = shell.call("completion", name)
    assert said.code == 0
    assert "invite" in said.out
    if shutil.which(name):
        script = tmp_path / "script"
        script.write_text(said.out, encoding="utf-8")
        subprocess.run([*SYNTAX[name], str(script)], check=True)


def test_the_backend_may_be_unreachable(shell: Shell) -> None:
    said = shell.call("inbox", "--backend", "http", "--backend-option", "url=http://127.0.0.1:9")
    assert said.code in {1, 3}
    data = shell.home / "data"
    data.mkdir(mode=0o755)
    data.chmod(0o755)
    (data / "something").touch()
    loose = shell.call("inbox", "--data-dir", str(data))
    assert loose.code == 3
    assert "0700" in loose.err


def test_a_number_and_a_serial_come_by_the_standard_input(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = io.StringIO(f"{PERSON['nir']}\n{PERSON['card-serial']}\n")
    monkeypatch.setattr(sys, "stdin", given)
    words = invitation(nir="-", card_serial="-")
    assert shell.call(*words).code == 0
    assert shell.call(*invitation()).out.count("à la place") == 1


def test_what_does_not_come_by_the_standard_input_is_told(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("12\nxx\n"))
    said = shell.call(*invitation(nir="-", card_serial="-"))
    assert (said.code, said.err.count("--nir"), said.err.count("--card-serial")) == (2, 1, 1)


NO_NAMES = ["=1+1", "+33", "-2", "@SUM(A1)", "＝1", "Ca\u3164mille", "Cam\u115fille", "Ca\u034fm"]


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_name_is_no_formula_and_hides_nothing(shell: Shell, name: str) -> None:
    said = shell.call(*invitation(first_name=name))
    assert (said.code, "--first-name" in said.err) == (2, True)
