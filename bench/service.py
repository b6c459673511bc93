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
from pathlib import Path
from urllib.request import urlopen

from argon2 import PasswordHasher

from bench.load import Client, InvitedPerson, activate, sign_in, throughput
from espace_tui.activation.crypto.hasher import SERVICE
from espace_tui.activation.mail.delivery import OutgoingMessage
from espace_tui.activation.rules import Rules
from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.service import server
from espace_tui.service.options import ServiceOptions
from espace_tui.validators.provisional_code import normalize
from tests.people import CAMILLE
from tests.postgres import Cluster

PEOPLE = 90
ROUNDS = 3
CROWD_SIZE = 1_000_000
CORES = os.cpu_count() or 1
CLIENTS = 12 * CORES
"""Enough for the cores to have work while some wait for their message."""
HASHES = 3
"""In a journey: the provisional code, the new password, the password of the sign-in."""
SERVE = """
from bench.service import serve_until_parent_exits, service_options
serve_until_parent_exits(service_options({!r}, {!r}, {}))
"""


def batched(people: list[Invitee], size: int) -> Iterator[list[Invitee]]:
    """Give people a few at a time."""
    for first in range(0, len(people), size):
        yield people[first : first + size]


_SENDING_SECONDS = 0.1
"""Seconds from one delivery of the outbox to the next."""
_CODE = re.compile(r"\b[0-9]{6}\b")
_CROWD = """
INSERT INTO person (id, nir_tag, card_tag, sealed, status, informed_at, decided_at)
SELECT 'crowd' || n, md5(n::text) || md5((n + 1)::text), md5((n + 2)::text),
    repeat('x', 300), 'invited', 2000000000, 2000000000 FROM generate_series(1, :count) n
"""


def service_options(url: str, folder: str, port: int) -> ServiceOptions:
    """Return how one process serves."""
    keys = Path(folder) / "keys.json"
    return ServiceOptions(
        database=url, keys=keys, port=port, log_level="ERROR", hash_queue=64, client_writes=0
    )


class LastMessages:
    """The last message to each address; one-time codes apart, so that no other replaces them."""

    def __init__(self) -> None:
        self.last: dict[str, str] = {}
        self.codes: dict[str, str] = {}

    async def send(self, letter: OutgoingMessage) -> None:
        """Deliver a message."""
        if found := _CODE.search(letter.text):
            self.codes[letter.to] = found[0]
        else:
            self.last[letter.to] = letter.text


class Population:
    """People invited, and the messages they get: the worker's part of the work."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._messages = LastMessages()
        self._numbers = itertools.count(1)
        self._sending = asyncio.Lock()
        """One sender, as a worker would be: several would only wait for one another."""

    async def invite(self, count: int) -> list[InvitedPerson]:
        """Invite people; return what they know."""
        people = [self._next() for _ in range(count)]
        for batch in batched(people, CLIENTS):
            await asyncio.gather(*map(self._rules.administration.invite, batch))
        while await self._rules.outbox.flush(self._messages):
            pass
        return [self._invited(person) for person in people]

    def _next(self) -> Invitee:
        number = next(self._numbers)
        body = f"28405{88:02}{number:06}"
        nir = f"{body}{97 - int(body) % 97:02}"
        return replace(CAMILLE, nir=nir, serial=f"{number:011}", email=f"p{number}@exemple.fr")

    def _invited(self, person: Invitee) -> InvitedPerson:
        number = int(person.serial)
        code = normalize(self._messages.last[person.email or ""])
        return InvitedPerson(person.nir, person.serial, code, f"personne.{number}")

    async def code_of(self, person: InvitedPerson) -> str:
        """Return the one-time code just sent to a person."""
        to = f"p{int(person.serial)}@exemple.fr"
        async with self._sending:
            if to not in self._messages.codes:
                await asyncio.sleep(_SENDING_SECONDS)
                await self._rules.outbox.flush(self._messages)
        return self._messages.codes.pop(to)


@dataclass(frozen=True)
class ServiceProcess:
    """A process that serves, on a port of its own."""

    process: subprocess.Popen[bytes]
    port: int

    def wait_until_ready(self) -> None:
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
def running_services(url: str, folder: str, processes: int) -> Iterator[list[ServiceProcess]]:
    """Serve in processes of their own, on free ports, until this block or this process ends."""
    with ExitStack() as stack:
        services = [
            ServiceProcess(stack.enter_context(_started(url, folder, p)), p)
            for p in free_ports(processes)
        ]
        for service in services:
            service.wait_until_ready()
        yield services


@contextmanager
def _started(url: str, folder: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", SERVE.format(url, folder, port)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.terminate()


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on just now."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for opened in sockets:
            opened.bind(("127.0.0.1", 0))
        return [opened.getsockname()[1] for opened in sockets]


def serve_until_parent_exits(options: ServiceOptions) -> None:
    """Serve until a signal, or until the parent is gone: standard input then ends."""

    def follow() -> None:
        os.read(sys.stdin.fileno(), 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=follow, daemon=True).start()
    server.run(options)


def _count_hashes(seconds: float) -> int:
    hasher, count, end = PasswordHasher(SERVICE.rounds, SERVICE.kibibytes, 1), 0, time.time()
    while time.time() < end + seconds:
        hasher.hash("Kv7-rTm2qe!")
        count += 1
    return count


def argon2_per_second(seconds: float = 2) -> float:
    """Return how many hashes all the cores make in a second, and nothing else."""
    with ProcessPoolExecutor(CORES) as pool:
        return sum(pool.map(_count_hashes, [seconds] * CORES)) / seconds


def cpu_seconds(pids: Sequence[int]) -> float:
    """Return the seconds of CPU that processes and their children alive have used."""
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def hashing_cpu_seconds(pid: int) -> float:
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


async def run_journeys(
    population: Population, people: list[InvitedPerson], ports: Sequence[int]
) -> tuple[float, dict[str, list[float]]]:
    """Make everybody's journey; return journeys a second, and what the light requests took."""
    seconds: dict[str, list[float]] = {}

    async def journey(client: Client, person: InvitedPerson) -> None:
        await activate(client, person)
        await sign_in(client, person, population.code_of)

    clients = [Client(ports[i % len(ports)], seconds) for i in range(CLIENTS)]
    return await throughput(people, journey, clients), seconds


async def step_p50(population: Population, port: int) -> float:
    """Return the median of a light step, one person at a time."""
    client = Client(port)
    await client.open()
    for person in await population.invite(30):
        await activate(client, person)
    client.close()
    return statistics.median(s for step in ("CARD", "DECISION") for s in client.seconds[step])


def register_crowd(cluster: Cluster, database: str, count: int) -> None:
    """Register people who never use their code."""
    cluster.execute(_CROWD.replace(":count", str(count)), database)
    cluster.execute("ANALYZE", database)
