"""The reference service over PostgreSQL, with its load on the same cores, beside an argon2 loop."""

from __future__ import annotations

import asyncio
import itertools
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.request import urlopen

from argon2 import PasswordHasher

from bench.load import Client, Someone, activate, at_full_speed, sign_in
from espace_tui.activation.crypto.hasher import SERVICE
from espace_tui.activation.mail.delivery import Letter
from espace_tui.activation.rules import Rules
from espace_tui.activation.use_cases.office import Invitee
from espace_tui.service import server
from espace_tui.service.options import ServiceOptions
from espace_tui.validators.card_serial import CardKind
from espace_tui.validators.provisional_code import normalize
from tests.postgres import Cluster

PEOPLE = 150
ROUNDS = 7
CROWD = 1_000_000
CORES = os.cpu_count() or 1
WALKERS = 12 * CORES
"""Enough for the cores to have work while some wait for their letter."""
HASHES = 3
"""In a journey: the provisional code, the new password, the password of the sign-in."""
SERVE = "from bench.service import leashed, options_of; leashed(options_of({!r}, {!r}, {}))"
_PERSON = Invitee(
    first_name="Camille",
    last_name="Exemple",
    birth_date=date(1984, 5, 12),
    nir="",
    kind=CardKind.PHOTO,
    serial="",
)


def batched(people: list[Invitee], many: int) -> Iterator[list[Invitee]]:
    """Give people a few at a time."""
    for first in range(0, len(people), many):
        yield people[first : first + many]


_ROUND = 0.1
"""Seconds from one of the postman's rounds to the next."""
_CODE = re.compile(r"\b[0-9]{6}\b")
_CROWD = """
INSERT INTO person (id, nir_tag, card_tag, sealed, status, informed_at, decided_at)
SELECT 'crowd' || n, md5(n::text) || md5((n + 1)::text), md5((n + 2)::text),
    repeat('x', 300), 'invited', 2000000000, 2000000000 FROM generate_series(1, :many) n
"""


def options_of(url: str, folder: str, port: int) -> ServiceOptions:
    """Return how one process serves."""
    keys = Path(folder) / "keys.json"
    return ServiceOptions(database=url, keys=keys, port=port, log_level="ERROR", hash_queue=64)


class Postbox:
    """Keeps the last letter to each address; one-time codes aside, whatever comes after them."""

    def __init__(self) -> None:
        self.last: dict[str, str] = {}
        self.codes: dict[str, str] = {}

    async def send(self, letter: Letter) -> None:
        """Deliver a letter."""
        if found := _CODE.search(letter.text):
            self.codes[letter.to] = found[0]
        else:
            self.last[letter.to] = letter.text


class Town:
    """People invited, and the letters they get: the worker's part of the work."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._postbox = Postbox()
        self._numbers = itertools.count(1)
        self._round = asyncio.Lock()
        """One postman, as a worker would be: several would only wait for one another."""

    async def invite(self, many: int) -> list[Someone]:
        """Invite people; return what they hold in hand."""
        people = [self._next() for _ in range(many)]
        for some in batched(people, WALKERS):
            await asyncio.gather(*map(self._rules.office.invite, some))
        while await self._rules.outbox.flush(self._postbox):
            pass
        return [self._holding(person) for person in people]

    def _next(self) -> Invitee:
        number = next(self._numbers)
        body = f"28405{88:02}{number:06}"
        nir = f"{body}{97 - int(body) % 97:02}"
        return replace(_PERSON, nir=nir, serial=f"{number:011}", email=f"p{number}@exemple.fr")

    def _holding(self, person: Invitee) -> Someone:
        number = int(person.serial)
        code = normalize(self._postbox.last[person.email or ""])
        return Someone(person.nir, person.serial, code, f"personne.{number}")

    async def code_of(self, person: Someone) -> str:
        """Return the one-time code just sent to a person."""
        to = f"p{int(person.serial)}@exemple.fr"
        async with self._round:
            if to not in self._postbox.codes:
                await asyncio.sleep(_ROUND)
                await self._rules.outbox.flush(self._postbox)
        return self._postbox.codes.pop(to)


@dataclass(frozen=True)
class Served:
    """A process that serves, on a port of its own."""

    process: subprocess.Popen[bytes]
    port: int

    def until_ready(self) -> None:
        """Wait until it answers; raises `RuntimeError` when it ended instead."""
        for _ in range(400):
            if self.process.poll() is not None:
                raise RuntimeError(f"the service on {self.port} ended: {self.process.returncode}")
            try:
                with urlopen(f"http://127.0.0.1:{self.port}/readyz"):
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError(self.port)


@contextmanager
def served(url: str, folder: str, processes: int) -> Iterator[list[Served]]:
    """Serve in processes of their own, on free ports; they end with this block, and with us."""
    with ExitStack() as stack:
        found = [
            Served(stack.enter_context(_started(url, folder, p)), p) for p in free_ports(processes)
        ]
        for each in found:
            each.until_ready()
        yield found


@contextmanager
def _started(url: str, folder: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    words = [sys.executable, "-c", SERVE.format(url, folder, port)]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as process:  # noqa: S603 — our own words
        try:
            yield process
        finally:
            process.terminate()


def free_ports(many: int) -> list[int]:
    """Return ports that nobody listens on just now."""
    with ExitStack() as stack:
        found = [stack.enter_context(socket.socket()) for _ in range(many)]
        for each in found:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in found]


def leashed(options: ServiceOptions) -> None:
    """Serve until told to stop, or until whoever started this is gone: their end closes."""

    def follow() -> None:
        os.read(sys.stdin.fileno(), 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=follow, daemon=True).start()
    server.run(options)


def _hash_for(seconds: float) -> int:
    hasher, count, end = PasswordHasher(SERVICE.rounds, SERVICE.kibibytes, 1), 0, time.time()
    while time.time() < end + seconds:
        hasher.hash("Kv7-rTm2qe!")
        count += 1
    return count


def argon2_per_second(seconds: float = 2) -> float:
    """Return how many hashes all the cores make in a second, and nothing else."""
    with ProcessPoolExecutor(CORES) as pool:
        return sum(pool.map(_hash_for, [seconds] * CORES)) / seconds


def cpu(pids: Sequence[int]) -> float:
    """Return the seconds of CPU that processes and their children alive have used."""
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def hashing_cpu(pid: int) -> float:
    """Return the seconds of CPU that the threads of a service have used, but its first: hashing."""
    ticks = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        if task.name != str(pid):
            ticks += sum(
                map(int, (task / "stat").read_text("utf-8").rsplit(")", 1)[1].split()[11:13])
            )
    return ticks / os.sysconf("SC_CLK_TCK")


def postgres_pids(cluster: Cluster) -> list[int]:
    """Return the server's process; its children count when they end, so they are listed too."""
    first = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text("utf-8")
    return [first, *map(int, children.split())]


async def load(town: Town, people: list[Someone], ports: Sequence[int]) -> tuple[float, Client]:
    """Walk everybody through; return journeys a second, and what the light requests took."""
    told = Client(0)

    async def journey(client: Client, person: Someone) -> None:
        await activate(client, person)
        await sign_in(client, person, town.code_of)

    clients = [Client(ports[i % len(ports)], told.seconds) for i in range(WALKERS)]
    return await at_full_speed(people, journey, clients), told


async def step_p50(town: Town, port: int) -> float:
    """Return the median of a light step, one person at a time."""
    client = Client(port)
    await client.open()
    for person in await town.invite(30):
        await activate(client, person)
    client.close()
    return statistics.median(s for each in ("CARD", "DECISION") for s in client.seconds[each])


def crowd(cluster: Cluster, database: str, many: int) -> None:
    """Register people who never come."""
    cluster.execute(_CROWD.replace(":many", str(many)), database)
    cluster.execute("ANALYZE", database)
