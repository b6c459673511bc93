"""What is promised in writing: the manual's page, and the table of conformity."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from espace_tui.cli.commands.help import accessibility
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.linear.command_names import COMMANDS
from espace_tui.local.settings.keys import DEFAULT_KEYS
from tests.linear.transcript_rules import breaches

HOUSE = Path(__file__).parent.parent.parent
TABLE = (HOUSE / "docs" / "accessibility.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TABLE)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manual_tells_every_command_and_key(language: str) -> None:
    texts = Texts(language)
    manual = accessibility(texts)
    words = " ".join(manual.split())
    assert breaches(manual) == []
    assert [key for key in DEFAULT_KEYS.values() if f"- {key.upper()}" not in words] == []
    missing = [c for c in COMMANDS if f"{texts(f'linear.command.{c}')}" not in words]
    assert missing == []


@pytest.mark.parametrize(("path", "name"), NAMED, ids=lambda part: part.split("/")[-1])
def test_a_test_named_in_the_table_exists(path: str, name: str) -> None:
    file = HOUSE / path
    assert file.exists()
    tree = ast.parse(file.read_text("utf-8"))
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, functions)}


def test_every_line_of_the_table_says_where_it_stands() -> None:
    rows = [line for line in TABLE.splitlines() if re.match(r"\| 11", line)]
    states = re.compile(r"met( \(7:1\))?|partly|not met|—")
    assert len(rows) > 50
    for row in rows:
        _, _, full_screen, line_by_line, _ = (cell.strip() for cell in row.strip("|").split("|"))
        assert states.fullmatch(full_screen), row
        assert states.fullmatch(line_by_line), row
