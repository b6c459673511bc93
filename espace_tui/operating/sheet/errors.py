"""What is wrong with a file, or with one line of it: codes and values, never a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from espace_tui.i18n import Text


class BadFileError(Exception):
    """A file that cannot be read as people at all; `values` fill the text."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class BadLineError(Exception):
    """A line that is not a person; each problem is a column and the text that says it."""

    def __init__(self, problems: list[tuple[str, Text]]) -> None:
        super().__init__(", ".join(column for column, _ in problems))
        self.problems = problems


class BadCellError(Exception):
    """A cell that a spreadsheet spoilt, whatever was to be in it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class FilePosition:
    """Where a line starts: how many bytes and lines stand before it."""

    offset: int = 0
    line: int = 0
