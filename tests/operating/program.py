"""The program as an operator runs it: in this process, or in one of its own that can be killed."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import structlog

from espace_tui.cli import exit_codes, run
from espace_tui.i18n import Texts


@contextmanager
def own_logs() -> Iterator[None]:
    """Put back the logs of this process, which a worker takes for itself."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()


@dataclass(frozen=True)
class Operator:
    """Somebody at a machine of the service: a home, a database, and what was last said."""

    home: Path
    database: str
    said: pytest.CaptureFixture[str]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the commands; those of a measured run are measured too."""
        measured = {name: value for name, value in os.environ.items() if "COVERAGE" in name}
        return measured | {
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "LANG": "en_GB.UTF-8",
            "ESPACE_SERVICE_DATABASE": self.database,
        }

    def run(self, *arguments: str, **others: str) -> tuple[int, str]:
        """Run a command in this process; return its exit code and what it said, errors last."""
        try:
            with own_logs():
                code = run(arguments, self.environment | others, Texts())
        except SystemExit as left:
            code = int(str(left.code))
        told = self.said.readouterr()
        return code, told.out + told.err

    async def migrate(self) -> None:
        """Prepare the database, in this process, beside its loop."""
        code, told = await asyncio.to_thread(self.run, "service", "migrate")
        assert code == exit_codes.DONE, told

    @asynccontextmanager
    async def started(
        self, *arguments: str, **others: str
    ) -> AsyncIterator[asyncio.subprocess.Process]:
        """Start a command in a process of its own; it is killed if it did not end."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "espace_tui",
            *arguments,
            env=self.environment | others,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            await process.communicate()

    async def ended(self, *arguments: str, **others: str) -> tuple[int | None, str]:
        """Run a command in a process of its own to its end."""
        async with self.started(*arguments, **others) as process:
            out, err = await process.communicate()
        return process.returncode, (out + err).decode()

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """Look into the database, or change it."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []
