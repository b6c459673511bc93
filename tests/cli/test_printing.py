"""What comes from outside is shown on a terminal, and never obeyed by it."""

from __future__ import annotations

import ast
import json
import sys
import unicodedata
from pathlib import Path

import pytest

import espace_tui
from espace_tui.i18n import LANGUAGES
from espace_tui.i18n.unseen import escape_unseen, has_unseen, show_unseen
from tests.cli.shell import Shell, invitation
from tests.i18n.test_catalogues import CATALOGUES, forms

CLI = Path(espace_tui.__file__).parent / "cli"
BAD = "\x1b]52;c;aGk=\x07\x9b31m\u202e\u200b"
"""The clipboard, a colour in C1, a direction, nothing that is seen."""
SEEN = {"\n", "\t"}


def test_every_control_format_private_and_lone_character_is_named() -> None:
    missed = [
        f"U+{code:04X}"
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        and chr(code) not in SEEN
        and not has_unseen(chr(code))
    ]
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_words_are_printed_as_they_are(language: str) -> None:
    said = [form for message in CATALOGUES[language].values() for form in forms(message)]
    assert [form for form in said if show_unseen(form) != form] == []


def test_json_means_the_same_once_escaped() -> None:
    content = {"a": BAD + "\U000e0041é\ud800"}
    escaped = escape_unseen(json.dumps(content, ensure_ascii=False))
    assert not has_unseen(escaped)
    assert json.loads(escaped) == content


def test_only_one_module_of_the_command_line_writes_on_the_streams() -> None:
    writing = {
        path.relative_to(CLI).as_posix()
        for path in CLI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (
            isinstance(node, ast.Attribute)
            and node.attr in {"write", "writelines", "print_message"}
            and ast.unparse(node.value) in {"sys.stdout", "sys.stderr"}
        )
        or (isinstance(node, ast.Call) and ast.unparse(node.func) == "print")
    }
    assert writing == {"context.py"}


def drop(shell: Shell, name: str, content: bytes) -> None:
    shell.call(*invitation())
    box = next(shell.home.rglob("inbox/new"))
    (box / name).write_bytes(content)


def clean(*said: str) -> bool:
    return not any(map(has_unseen, said))


@pytest.mark.parametrize("asked", [(), ("--json",)])
def test_the_inbox_shows_what_a_mail_would_have_done(shell: Shell, asked: tuple[str, ...]) -> None:
    head = f"From: a{BAD}@exemple.fr\nTo: b\nSubject: {BAD}\nDate: Sun, 03 Jan 2027 09:05:07 +0000"
    drop(shell, "9.evil", f"{head}\nContent-Type: text/plain; charset=utf-8\n\n{BAD}".encode())
    said = shell.call("inbox", *asked)
    assert said.code == 0
    assert clean(said.out, said.err)
    if asked:
        assert BAD in [message["text"] for message in said.json]
    else:
        assert "[U+001B]]52;c;" in said.out


HOSTILE = {
    "an option": ("--lang", f"fr{BAD}"),
    "a word": ("check", "nir", "--", f"{BAD}"),
    "an unknown option": (f"--pas{BAD}",),
    "a command": (f"x{BAD}",),
    "a backend": ("inbox", f"--backend={BAD}"),
    "a pair": ("inbox", "--backend=refusing", "--backend-option", f"mode={BAD}"),
    "a folder": ("inbox", f"--data-dir=/dev/null/{BAD}"),
    "a file": ("message", f"/nowhere/{BAD}"),
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_an_error_shows_what_was_given_and_obeys_none_of_it(
    shell: Shell, words: tuple[str, ...]
) -> None:
    said = shell.call(*words)
    assert said.code != 0
    assert said.out or said.err
    assert clean(said.out, said.err)


def test_a_setting_is_shown_and_not_obeyed(shell: Shell) -> None:
    said = shell.call("inbox", ESPACE_BACKEND=BAD)
    assert (said.code, clean(said.err)) == (2, True)


def test_the_header_of_a_file_of_people_is_shown_and_not_obeyed(shell: Shell) -> None:
    file = shell.home / f"people{BAD}.csv"
    file.write_text(f"Prénom;{BAD};Nom{BAD}\nx;y;z\n", "utf-8")
    said = shell.call("admin", "invite", "--csv", str(file))
    assert said.code != 0
    assert clean(said.out, said.err)
