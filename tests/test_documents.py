"""The documents lead somewhere: every relative link, picture and test they name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NAMED = re.compile(r"`((?:tests|bench)/[\w/.-]+\.\w+)(?:::(\w+))?`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_test_that_is_named_exists(path: Path) -> None:
    named = NAMED.findall(path.read_text("utf-8"))
    assert [f"{place}::{test}" for place, test in named if not is_there(ROOT / place, test)] == []


@pytest.mark.parametrize("name", ["accessibility", "security"])
def test_what_is_claimed_names_tests(name: str) -> None:
    """The pattern above still reads the pages that it is for."""
    assert len(NAMED.findall((ROOT / "docs" / f"{name}.md").read_text("utf-8"))) > 40


def is_there(path: Path, test: str) -> bool:
    return path.exists() and (not test or f"def {test}(" in path.read_text("utf-8"))
