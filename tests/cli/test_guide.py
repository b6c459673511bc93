"""`espace-tui guide`: what it writes, what it refuses, and a walk from a pipe."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.guide.official.bundled import BUNDLED
from tests.cli.shell import Shell

TO_THE_PASSWORD = ("1", "1", "1", "1", "1", "1", "", "", "3", "", "", "", "1")


def test_the_guide_is_walked_from_a_pipe(shell: Shell) -> None:
    said = shell.spawn("guide", "--linear", given="\n".join(TO_THE_PASSWORD) + "\n")
    assert "À côté du site officiel" in said.out
    assert "il y a" in said.out
    assert "Préparer un mot de passe" in said.out
    assert said.code == 1  # the input ended in the middle


def test_the_insurance_office_is_an_end(shell: Shell) -> None:
    said = shell.spawn("guide", "--linear", given="1\n1\n1\n4\n")
    assert "D’abord votre caisse" in said.out
    assert (said.code, said.err) == (0, "")


def test_the_welcome_and_the_message_lead_to_the_guide(shell: Shell) -> None:
    said = shell.spawn("--linear", given="3\n")
    assert "À côté du site officiel" in said.out
    said = shell.spawn("--linear", given="1\n2\n")
    assert "Personne n’a été invité sur cet ordinateur" in said.out
    assert "À côté du site officiel" in shell.spawn("--linear", given="1\n4\n").out


def test_the_activation_has_the_reader_of_messages(shell: Shell) -> None:
    pasted = "Votre carte Vitale 2026 expire, payez les frais de port avec votre carte bancaire."
    said = shell.spawn("--linear", "--lang", "fr", given=f"1\n2\n3\n{pasted}\n1\n")
    assert "Résultat : Signes de fraude" in said.out.replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("name", ["a.html", "a.txt", "A.TXT"])
def test_the_journey_is_written_for_a_binder(shell: Shell, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    done = shell.call("guide", "--print", "--output", str(path))
    assert (done.code, str(path) in done.out) == (0, True)
    text = path.read_text("utf-8")
    assert "Mon profil a bien été activé" in text
    assert "il y a" in text
    assert "http" not in text


def test_a_binder_on_the_standard_output_and_of_another_kind(shell: Shell, tmp_path: Path) -> None:
    assert "Screen 3" in shell.call("guide", "--print", "--lang", "en").out
    refused = shell.call("guide", "--print", "--output", str(tmp_path / "a.pdf"))
    assert (refused.code, list(tmp_path.glob("*.pdf"))) == (2, [])


def test_a_program_reads_the_journey(shell: Shell) -> None:
    done = shell.call("guide", "--json", "--lang", "en").json
    assert done["noted"] == "2025-08-27"
    assert done["age_in_days"] >= 0
    first = done["journeys"][0]["screens"][0]
    assert (first["id"], first["confidence"]) == ("home", "H")
    assert first["answers"][0]["leads"] == "sign-in"


def test_the_calendar_file_is_written_on_request(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "a.ics"
    done = shell.call("guide", "--calendar", "2026-11-22", "--output", str(path))
    assert done.code == 0
    assert b"DTSTART;VALUE=DATE:20270103\r\n" in path.read_bytes()
    assert "BEGIN:VCALENDAR" in shell.call("guide", "--calendar", "2026-11-22").out
    assert shell.call("guide", "--calendar", "demain").code == 2


def test_a_file_of_the_user_is_used_and_a_damaged_one_is_refused(
    shell: Shell, tmp_path: Path
) -> None:
    text = BUNDLED.read_text("utf-8").replace("Je m’active", "x")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace("noted = 2025-08-27", "noted = 2024-01-02"), "utf-8")
    variables = {"ESPACE_GUIDE_ITINERARY": str(mine)}
    assert shell.call("guide", "--json", **variables).json["noted"] == "2024-01-02"
    mine.write_text(text.replace('next = "card"', 'next = "elsewhere"', 1), "utf-8")
    line = next(n for n, each in enumerate(text.splitlines(), 1) if each == 'next = "card"')
    for words in (("guide", "--linear"), ("guide", "--print"), ("--linear",)):
        done = shell.spawn(*words, given="", **variables)
        assert (done.code, done.out) == (2, "")
        assert f"mine.toml, ligne {line}" in done.err


def test_a_newer_file_in_the_folder_of_the_user_wins(shell: Shell) -> None:
    folder = shell.home / ".config" / "espace-tui" / "official"
    folder.mkdir(parents=True)
    text = BUNDLED.read_text("utf-8").replace("noted = 2025-08-27", "noted = 2026-10-01")
    (folder / "newer.toml").write_text(text, "utf-8")
    said = shell.spawn("guide", "--linear", given="")
    assert "octobre 2026" in said.out


@pytest.mark.parametrize("value", ["never", "ask"])
def test_the_browser_is_offered_only_where_the_settings_allow_it(shell: Shell, value: str) -> None:
    lines = "1\n1\n4\n\n"
    done = shell.spawn("guide", "--linear", given=lines, ESPACE_GUIDE_OPEN=value, DISPLAY=":0")
    assert ("Ouvrir le navigateur" in done.out) is (value == "ask")


def test_the_believed_servers_are_a_setting(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "m.eml"
    head = b"Authentication-Results: mx.exemple.fr; dmarc=pass header.from=info.ameli.fr\n"
    received = b"Received: from a by mx.exemple.fr; Sun, 22 Nov 2026 10:00:00 +0100\n"
    path.write_bytes(
        received + head + b"From: assurance-maladie@info.ameli.fr\nSubject: x\n\nBonjour\n"
    )
    assert shell.call("message", str(path)).code == 1
    assert shell.call("message", str(path), ESPACE_LETTERBOX_PROVIDERS="mx.exemple.fr").code == 0
