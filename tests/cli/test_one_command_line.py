"""One command line: help, lists, versions and answers for programs are the same everywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from espace_tui import __version__
from espace_tui.cli import exit_codes
from espace_tui.cli.command_tree import build_parser
from espace_tui.cli.parser import Parser
from espace_tui.i18n import LANGUAGES, Texts
from tests.cli.shell import Shell, invitation

ON_A_SCREEN = (["--json"], ["login", "--json"], ["demo", "--json"])


def commands(parser: Parser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield every command, by the words that name it."""
    for name, child in parser.commands().items():
        yield (*words, name)
        yield from commands(child, (*words, name))


COMMANDS = list(commands(build_parser(Texts())))
GROUPS = [words for words in COMMANDS if (*words, "status") in COMMANDS or words[-1] == "person"]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_its_help_its_version_and_answers_programs(
    words: tuple[str, ...], shell: Shell
) -> None:
    for language in LANGUAGES:
        told = shell.call("help", *words, "--lang", language)
        asked = shell.call(*words, "--help", "--lang", language)
        assert (told.code, told.out) == (asked.code, asked.out)
        assert "--json" in told.out
    known = shell.call("help", *words, "--json").json
    assert known["command"].startswith("espace-tui ")
    assert {flag for option in known["options"] for flag in option["flags"]} >= {"--lang"}
    assert shell.call(*words, "--version").out == f"espace-tui {__version__}\n"
    assert shell.call(*words, "--version", "--json").json == {"version": __version__}


def test_the_program_tells_its_version(shell: Shell) -> None:
    assert shell.call("--version").out == f"espace-tui {__version__}\n"
    assert shell.call("--json", "--version").json == {"version": __version__}


@pytest.mark.parametrize("words", [*GROUPS, ("service",)], ids=" ".join)
def test_a_group_alone_lists_its_commands(words: tuple[str, ...], shell: Shell) -> None:
    listed = shell.call(*words)
    assert (listed.code, listed.err) == (exit_codes.DONE, "")
    below = [each[-1] for each in COMMANDS if each[:-1] == words]
    assert below
    assert all(name in listed.out for name in below)
    assert shell.call(*words, "--json").json["commands"] == below


@pytest.mark.parametrize(
    ("words", "near"),
    [(["admn"], "admin"), (["admin", "invit"], "invite"), (["accessib"], "accessibility")],
)
def test_help_of_what_is_no_command_names_the_nearest(
    words: list[str], near: str, shell: Shell
) -> None:
    said = shell.call("help", *words, "--lang", "en")
    assert (said.code, near in said.err) == (exit_codes.USAGE, True)


@pytest.mark.parametrize("words", ON_A_SCREEN)
def test_what_talks_with_a_person_has_no_json(words: list[str], shell: Shell) -> None:
    said = shell.call(*words)
    assert said.code == exit_codes.USAGE
    (error,) = json.loads(said.err)["errors"]
    assert error["code"] == "settings.no-json"


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["nowhere"], "cli.usage", exit_codes.USAGE),
        (["inbox", "--nowhere"], "cli.usage", exit_codes.USAGE),
        (["help", "nowhere"], "cli.help.unknown", exit_codes.USAGE),
        (["admin", "status", "--backend", "x"], "settings.unknown-backend", exit_codes.USAGE),
        (["admin", "audit", "--since", "x"], "settings.not-an-instant", exit_codes.USAGE),
        (["check", "nir", "--card-kind", "plain", "1"], "settings.only-with", exit_codes.USAGE),
        (["admin", "status", "--database", "postgresql:///no?host=/no"], None, exit_codes.USAGE),
        (invitation(email=""), "error.contacts-missing", exit_codes.FAILED),
        (["message", "/nowhere/at/all"], None, exit_codes.USAGE),
        (["admin", "invite", "--csv", "/nowhere"], "operator.sheet.unreadable", exit_codes.USAGE),
    ],
)
def test_an_error_is_one_document_with_its_code(
    words: list[str], code: str | None, exit_code: int, shell: Shell
) -> None:
    said = shell.call(*words, "--json")
    assert (said.code, said.out) == (exit_code, "")
    errors = json.loads(said.err)["errors"]
    assert all(set(error) == {"code", "message"} for error in errors)
    if code:
        assert [error["code"] for error in errors] in ([code], ["refused.contacts-missing"])
    assert shell.call(*words).code == exit_code


def test_several_errors_are_one_document(shell: Shell) -> None:
    said = shell.call(*invitation(nir="1", email="x", first_name=" "), "--json")
    assert len(json.loads(said.err)["errors"]) == 3
    assert shell.call("inbox", "--json").json == []  # the next call starts anew


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        (["admin", "invite", "--csv", "x.csv", "--nir", "1"], "--nir"),
        (["admin", "invite", "--csv", "x.csv", "--email", "a@exemple.fr"], "--email"),
        (["admin", "invite", "--dry-run"], "--dry-run"),
        (["admin", "invite", "--rejects", "x.csv"], "--rejects"),
        (["admin", "invite", "--review", "x.csv"], "--review"),
        (["admin", "status", "--keys", "keys.json"], "--keys"),
        (["admin", "status", "--database", "sqlite:////x", "--backend", "embedded"], "--backend"),
        (["admin", "rotate-keys", "--add", "--use"], "--use"),
        (["check", "email", "--card-kind", "photo", "x"], "--card-kind"),
    ],
)
def test_contradictions_are_refused(words: list[str], flag: str, shell: Shell) -> None:
    said = shell.call(*words)
    assert (said.code, flag in said.err) == (exit_codes.USAGE, True), said.err
    assert not (shell.home / ".local").exists()


def test_a_typing_error_among_the_variables_is_named(shell: Shell) -> None:
    for words in (["admin", "status"], ["service", "migrate"]):
        said = shell.call(*words, ESPACE_SERVICE_DATABSE="postgresql:///x")
        assert said.code == exit_codes.USAGE
        assert "ESPACE_SERVICE_DATABSE" in said.err
        assert "ESPACE_SERVICE_DATABASE" in said.err
    kubernetes = {"ESPACE_SERVICE_HOST": "10.0.0.1", "ESPACE_SERVICE_PORT_HTTP": "80"}
    assert shell.call("admin", "status", **kubernetes).code == exit_codes.DONE


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["admin", "open-due"], {"opened"}),
        (["completion", "bash"], {"shell", "script"}),
        (["help", "accessibility"], {"topic", "text"}),
        (["admin", "dead-letters", "--revive"], {"revived"}),
    ],
)
def test_an_answer_for_programs_is_one_document(
    words: list[str], names: set[str], shell: Shell
) -> None:
    assert set(shell.call(*words, "--json").json) == names


def test_a_file_that_was_written_is_told_to_programs(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "sheet.txt"
    assert shell.call("handout", "--output", str(path), "--json").json == {"output": str(path)}
