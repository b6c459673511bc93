"""The command line speaks one language at a time, and repeats nothing that was typed."""

from __future__ import annotations

import argparse
import ast
import inspect
import re
from collections.abc import Iterator

import pytest

from espace_tui.cli.argparse_texts import TEXT_IDS
from espace_tui.cli.command_tree import build_parser
from espace_tui.i18n import Texts
from tests.cli.shell import Shell, invitation

FOR_PROGRAMMERS = re.compile(
    r"conflicting|__call__|invalid argument for positionals|must be optional|not callable"
    r"|can't open|cannot merge|invalid option string|dest=|conflict_resolution|multiple subparser"
    r"|argument \"-\"|ambiguous option|invalid %\(type\)s|expected %s argument|multiple times"
    r"|deprecated|subcommands|show program|warning|heading|default: "
)
ENGLISH = re.compile(
    r"\b(usage|options?:|show|error|argument|required|the|invalid|choose|expected|command)\b"
)


def sentences() -> Iterator[str]:
    """Every sentence that argparse may say."""
    for node in ast.walk(ast.parse(inspect.getsource(argparse))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext"}:
            constants = [each.value for each in node.args if isinstance(each, ast.Constant)]
            yield from (each for each in constants if isinstance(each, str))


def test_every_sentence_of_argparse_has_its_words() -> None:
    assert {each for each in sentences() if not FOR_PROGRAMMERS.search(each)} <= set(TEXT_IDS)


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:  # noqa: SLF001 — argparse tells nothing of its commands
        if isinstance(action.choices, dict):
            for child in action.choices.values():
                yield from parsers(child)


def test_no_help_in_french_holds_english() -> None:
    helps = {each.prog: each.format_help() for each in parsers(build_parser(Texts("fr")))}
    assert len(helps) > 14
    names = re.compile(r"espace-tui[\w -]*|--[\w-]+|\boptions\u00a0:|(?m:^ +show\b)")
    assert {prog: ENGLISH.findall(names.sub("", text)) for prog, text in helps.items()} == {
        prog: [] for prog in helps
    }


def test_no_help_holds_the_name_of_a_text() -> None:
    for language in ("fr", "en"):
        for each in parsers(build_parser(Texts(language))):
            assert not re.search(r"\b(cli|settings)\.(?!md)\w", each.format_help())


MISTAKES = (
    ["nowhere"],
    ["--nothing"],
    ["--lang"],
    ["--lang", "de"],
    ["--theme", "drak"],
    ["--linear=yes"],
    ["--backend-option", "wrong"],
    ["admin", "invite"],
    ["admin", "nowhere"],
    ["check"],
    ["check", "colour"],
    ["keyring", "nowhere"],
    ["completion", "tcsh"],
    ["help", "nowhere"],
    ["demo", "one", "two"],
)


@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_a_mistake_is_told_in_the_person_s_language(words: list[str], shell: Shell) -> None:
    french = shell.call(*words)
    english = shell.call(*words, LANG="en_GB.UTF-8")
    assert (french.code, english.code) == (2, 2)
    assert french.out + english.out == ""
    assert french.err.startswith("Erreur\u00a0: ")
    assert english.err.startswith("Error: ")
    typed = re.compile("|".join(map(re.escape, (*words, "espace-tui", "--help", "--nir"))))
    assert not ENGLISH.search(typed.sub("", re.sub(r"--[\w-]+", "", french.err)))


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (["--liner"], "--linear"),
        (["--lang", "frr"], "fr"),
        (["demo", "--them=x"], "--theme"),
        (["dmo"], "demo"),
        (["demo", "--card", "plan"], "plain"),
    ],
)
def test_a_slip_is_told_with_what_it_is_near_to(
    words: list[str], nearest: str, shell: Shell
) -> None:
    assert f"{nearest}" in shell.call(*words).err.split("Vouliez-vous dire")[1].split("?")[0]


def test_typed_values_are_never_repeated(shell: Shell) -> None:
    for words in (
        ["check", "284058832102532"],
        ["admin", "invite", "284058832102532"],
        ["284058832102532"],
        ["demo", "284058832102532"],
        [*invitation(nir="2 84 05 88 321 025 30")],
        [*invitation(), "--card-kind=284058832102532"],
    ):
        said = shell.call(*words)
        assert said.code == 2
        assert "284" not in said.out + said.err
        assert "321" not in said.out + said.err


def test_the_language_is_the_option_s_before_the_settings_before_the_computer_s(
    shell: Shell,
) -> None:
    def language(*words: str, **variables: str) -> str:
        return "fr" if "codes de sortie" in shell.call(*words, "--help", **variables).out else "en"

    assert language() == "fr"
    assert language(LANG="en_US.UTF-8") == "en"
    assert language(LANG="de_DE.UTF-8") == "fr"
    assert language(LANG="en_US", LC_ALL="fr_FR") == "fr"
    assert language(LANG="en_US", ESPACE_LANGUAGE="fr") == "fr"
    assert language("--lang", "en", ESPACE_LANGUAGE="fr") == "en"
    assert language("--lang=en") == "en"
    assert language(ESPACE_THEME="no", LANG="en") == "en"


def test_exit_codes_are_told(shell: Shell) -> None:
    said = shell.call("--help")
    assert said.code == 0
    for code in ("0 ", "1 ", "2 ", "3 ", "130 ", "128 + n"):
        assert f"\n  {code}" in said.out


def test_a_broken_settings_file_does_not_hide_the_help(shell: Shell) -> None:
    (shell.home / "settings.toml").write_text("theme = [", encoding="utf-8")
    broken = {"ESPACE_SETTINGS": str(shell.home / "settings.toml")}
    assert shell.call("--help", **broken).code == 0
    assert shell.call("--version", **broken).out.startswith("espace-tui ")
    told = shell.call("backends", **broken)
    assert told.code == 2
    assert "settings.toml, ligne 1" in told.err
