"""One call of the command line: what a command is given, and how it speaks.

Everything that is printed passes here: what comes from outside is shown, and never obeyed.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from types import TracebackType
from typing import NamedTuple, NoReturn, Self

from espace_tui.cli import lazy
from espace_tui.errors import InvalidSettings
from espace_tui.i18n import Text, Texts
from espace_tui.i18n.unseen import escape_unseen, show_unseen
from espace_tui.local.settings import Settings

STANDARD_INPUT = "-"
"""What stands for it among the options."""


class CommandContext(NamedTuple):
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

    def refuse_together(self, *flags: str) -> None:
        """Raise `InvalidSettings` where several of these options are given."""
        given = [flag for flag in flags if self.is_given(flag)]
        if len(given) > 1:
            raise InvalidSettings("contradiction", key=given[0], other=given[1])

    def refuse_without(self, needed: str, *flags: str) -> None:
        """Raise `InvalidSettings` for an option that means nothing without another."""
        for flag in flags:
            if self.is_given(flag) and not self.is_given(needed):
                raise InvalidSettings("only-with", key=flag, other=needed)

    def refuse_json_on_a_screen(self) -> None:
        """Raise `InvalidSettings` where JSON is asked of what a person talks with."""
        if self.options.json:
            raise InvalidSettings("no-json", key="--json")

    def is_given(self, flag: str) -> bool:
        """Tell whether an option is among the arguments."""
        name = flag.removeprefix("--").replace("-", "_")
        value = getattr(self.options, name, getattr(self.options, f"service_{name}", None))
        return value not in {None, False} or f"set_{name}" in vars(self.options)

    def standard_options(self) -> dict[str, str]:
        """Return what every backend is opened with."""
        return {"data_dir": str(self.settings.data_dir), "language": self.texts.language}

    def backend_options(self) -> dict[str, str]:
        """Return what the backend of the settings is opened with."""
        return {**self.settings.backend_options, **self.standard_options()}


def become(context: CommandContext, *words: str) -> NoReturn:
    """Go on as another command of this program, in the place of this process.

    `-P`: a folder of that name where one happens to be is not this program.
    """
    given = [word for word in sys.argv[1:] if word not in {"--counter", "demo"}]
    sys.stdout.flush()
    command = [sys.executable, "-P", "-m", "espace_tui", *words, *given]
    os.execve(sys.executable, command, {**context.environment})


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


def write_codes(codes: str) -> None:
    """Write what a terminal obeys: nothing of it comes from outside."""
    _write_out(codes, end="")
    sys.stdout.flush()


def write_notice(line: str) -> None:
    """Write a line beside the answer, on the standard error, as far as somebody reads it."""
    with suppress(OSError):
        sys.stderr.write(show_unseen(line) + "\n")


_ERRORS: ContextVar[list[dict[str, str]] | None] = ContextVar("errors", default=None)
"""The errors of a call whose errors are JSON; None where they are words."""
_ANSWERS: ContextVar[bool] = ContextVar("answers", default=False)
"""Whether a call asks for its answer as JSON."""


@contextmanager
def errors_as_json(arguments: Container[str]) -> Iterator[None]:
    """Where JSON is asked for, write the errors of a call as one document, at its end.

    What serves or sends writes a log, which is JSON: why it does not start is a line of it.
    """
    serves = "service" in arguments and ("run" in arguments or "work" in arguments)
    errors: list[dict[str, str]] | None = [] if serves or "--json" in arguments else None
    before, asked = _ERRORS.set(errors), _ANSWERS.set("--json" in arguments)
    try:
        yield
    finally:
        _ERRORS.reset(before)
        _ANSWERS.reset(asked)
        if errors:
            with suppress(OSError):
                sys.stderr.write(
                    escape_unseen(lazy.json.dumps({"errors": errors}, ensure_ascii=False)) + "\n"
                )


def wants_json() -> bool:
    """Tell whether this call asks for JSON."""
    return _ANSWERS.get()


def write_error(texts: Texts, text_id: str, values: Mapping[str, object]) -> None:
    """Write an error on the standard error, led by the word that says it is one."""
    errors = _ERRORS.get()
    if errors is not None:
        errors.append({"code": text_id, "message": texts(text_id, **values)})
        return
    write_notice(texts("cli.error", message=texts(text_id, **values)))


def _write_out(line: str, end: str = "\n") -> None:
    if sys.stdout is None:  # closed by the caller
        raise BrokenPipeError
    try:
        sys.stdout.write(line + end)
    except OSError:
        raise BrokenPipeError from None
