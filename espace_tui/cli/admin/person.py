"""``espace-tui admin person``: what the service holds of somebody, by NIR on standard input."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from espace_tui.cli import exit_codes
from espace_tui.cli.admin import lazy, mandate
from espace_tui.cli.admin.stdin_nir import read_nir
from espace_tui.cli.context import CommandContext, write_error, write_json
from espace_tui.cli.parser import CommandGroup
from espace_tui.cli.service import connection
from espace_tui.errors import InvalidSettings
from espace_tui.local.private_files import os_errors

if TYPE_CHECKING:
    from espace_tui.activation.data_requests.mandate import Mandate
    from espace_tui.activation.data_requests.person_file import PersonDesk, PersonFile

T = TypeVar("T")
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW


def add(group: CommandGroup) -> None:
    """Add the acts to ``espace-tui admin``."""
    acts = group.add("person").add_group("operator.person")
    for name, run in (("show", show), ("export", export), ("erase", erase), ("close", close)):
        parser = acts.add(name, run)
        connection.add_options(parser)
        mandate.add_options(parser)
        if name == "export":
            parser.add_argument(
                "--output",
                metavar=parser.texts("operator.metavar.file"),
                help=parser.texts("operator.person.output"),
            )


def show(context: CommandContext) -> int:
    """Tell the state of a person: contacts masked, no name."""
    found = _at_desk(context, lambda desk, nir, by: desk.show(nir, by))
    if found is None:
        return _nobody(context)
    if context.options.json:
        write_json(found)
        return exit_codes.DONE
    for name, value in found.items():
        for row in value if isinstance(value, list) else [value]:
            context.write("operator.person.row", name=_name(context, name), value=_line(row))
    return exit_codes.DONE


def export(context: CommandContext) -> int:
    """Write all that is held of a person as JSON, in a file of their owner's only."""
    if not context.options.output:
        found = _at_desk(context, lambda desk, nir, by: desk.export(nir, by))
        if found is None:
            return _nobody(context)
        write_json(found)
        return exit_codes.DONE
    path = Path(context.options.output)
    with _new_file(path) as write:
        if not _at_desk(context, lambda desk, nir, by: desk.export(nir, by, write)):
            path.unlink()
            return _nobody(context)
    if context.options.json:
        write_json({"output": str(path)})
    else:
        context.write("operator.person.exported", path=path)
    return exit_codes.DONE


def erase(context: CommandContext) -> int:
    """Erase a person and all that is held of them."""
    return _done(context, "erased", _at_desk(context, lambda desk, nir, by: desk.erase(nir, by)))


def close(context: CommandContext) -> int:
    """Close the space of a person, who is told."""
    return _done(context, "closed", _at_desk(context, lambda desk, nir, by: desk.close(nir, by)))


def _at_desk(context: CommandContext, act: Callable[[PersonDesk, str, Mandate], Awaitable[T]]) -> T:
    """Act for the person of the NIR that is read; raises `InvalidSettings`."""
    by = mandate.read_mandate(context)
    nir = read_nir(context)
    return asyncio.run(
        connection.run_with_rules(
            context,
            lambda rules: act(lazy.person_file.PersonDesk(rules.context, rules.outbox), nir, by),
        )
    )


def _done(context: CommandContext, what: str, found: object) -> int:
    if not found:
        return _nobody(context)
    if context.options.json:
        write_json({what: True})
    else:
        context.write(f"operator.person.{what}")
    return exit_codes.DONE


def _nobody(context: CommandContext) -> int:
    write_error(context.texts, "operator.person.nobody", {})
    return exit_codes.FAILED


def _name(context: CommandContext, name: str) -> str:
    return context.texts(f"operator.person.field.{name}")


def _line(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_line(each)}" for name, each in value.items())
    return "—" if value in {None, ""} else str(value)


@contextmanager
def _new_file(path: Path) -> Iterator[Callable[[PersonFile], None]]:
    """Make a file of its owner's only, and give what fills it; none is left after a failure."""
    with os_errors():
        try:
            made = os.open(path, _NEW, 0o600)
        except FileExistsError:
            raise InvalidSettings("file-exists", place=path) from None
    try:
        with os.fdopen(made, "wb", buffering=0) as file:

            def write(found: PersonFile) -> None:
                rest = f"{lazy.json.dumps(found, ensure_ascii=False, indent=2)}\n".encode()
                with os_errors():
                    file.truncate(file.seek(0))
                    while rest:
                        rest = rest[file.write(rest) :]

            yield write
    except BaseException:
        path.unlink(missing_ok=True)
        raise
