"""Where the cases are: a file each, in the order in which they are best played."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from espace_tui.counter.training.schema import CaseChecker
from espace_tui.guide.data_file import parse, read_file
from espace_tui.model.exercise import Case

_FOLDER = Path(__file__).with_name("cases")


def load_cases() -> Mapping[str, Case]:
    """Return the cases of this release by their id, in order."""
    cases = map(read_case, sorted(_FOLDER.glob("*.toml")))
    return {case.id: case for case in cases}


def read_case(path: Path) -> Case:
    """Read and check one file; raises `InvalidSettings` naming the file and line at fault."""
    text = read_file(path)
    return CaseChecker(str(path), text).read(parse(str(path), text))
