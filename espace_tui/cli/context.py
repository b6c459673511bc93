"""One call of the command line: what a command is given, and how it speaks.

Everything that is printed passes here: what comes from outside is shown, and never obeyed.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from espace_tui.cli import lazy
from espace_tui.i18n import Text, Texts
from espace_tui.i18n.unseen import escape_unseen, show_unseen
from espace_tui.local.settings import Settings


@dataclass(frozen=True, slots=True)
class CommandContext:
    """The options as typed, the settings in force, the words to answer with."""

    options: Namespace
    settings: Settings
    environment: Mapping[str, str]
    texts: Texts
    parser: ArgumentParser

    def write(self, text_id: str, **values: object) -> None:
        """Say a sentence on the standard output."""
        write_line(self.texts(text_id, **values))

    def write_count(self, text_id: str, count: int) -> None:
        """Say a sentence that counts."""
        write_line(self.texts(Text(text_id, count=count)))

    def standard_options(self) -> dict[str, str]:
        """Return what every backend is opened with."""
        return {"data_dir": str(self.settings.data_dir), "language": self.texts.language}

    def backend_options(self) -> dict[str, str]:
        """Return what the backend of the settings is opened with."""
        return {**self.settings.backend_options, **self.standard_options()}


def write_line(line: str) -> None:
    """Write a line on the standard output, without anything that a terminal would obey."""
    _write_out(show_unseen(line))


def write_json(content: object) -> None:
    """Write a value as JSON on the standard output; what would not be seen is escaped."""
    _write_out(escape_unseen(lazy.json.dumps(content, ensure_ascii=False, indent=2)))


class JsonList:
    """A JSON list on the standard output, written as it comes, an item a line: one document."""

    def __init__(self, *, is_wanted: bool) -> None:
        self._is_wanted = is_wanted
        self._before = "["

    def __enter__(self) -> Self:
        return self

    def add(self, content: object) -> None:
        """Write one more item."""
        item = escape_unseen(lazy.json.dumps(content, ensure_ascii=False))
        _write_out(f"{self._before}\n{item}", end="")
        self._before = ","

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._is_wanted and error is None:
            _write_out("[]" if self._before == "[" else "\n]")


def write_notice(line: str) -> None:
    """Write a line beside the answer, on the standard error."""
    sys.stderr.write(show_unseen(line) + "\n")


def write_error(texts: Texts, text_id: str, values: Mapping[str, object]) -> None:
    """Write an error on the standard error, led by the word that says it is one."""
    write_notice(texts("cli.error", message=texts(text_id, **values)))


def _write_out(line: str, end: str = "\n") -> None:
    try:
        sys.stdout.write(line + end)
    except OSError:
        raise BrokenPipeError from None
