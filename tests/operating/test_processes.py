"""Real processes: a service that serves, workers that are stopped and killed."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
from collections import Counter

import httpx2
import pytest

from espace_tui.cli import exit_codes
from tests.activation.mail.deliveries.mail_server import PASSWORD, Mailbox, free_port
from tests.operating.program import Operator
from tests.operating.sheets import file, row
from tests.postgres import Cluster

AT_ONCE = 4
CHOICES = """
[mail]
host = "{server.host}"
port = {server.port}
user = "{server.user}"
password_file = "{secret}"
sender = "{server.sender}"
authority = "{server.authority}"
at_once = {at_once}
"""


async def prepared(operator: Operator, mailbox: Mailbox, count: int) -> str:
    """Invite people; return the file of choices of a worker."""
    secret, choices = operator.home / "secret", operator.home / "service.toml"
    secret.write_text(f"{PASSWORD}\n", "utf-8")
    choices.write_text(CHOICES.format(server=mailbox.server, secret=secret, at_once=AT_ONCE))
    await operator.migrate()
    path = file(operator.home, [row(number) for number in range(count)])
    code, told = await operator.ended("admin", "invite", "--csv", str(path))
    assert code == exit_codes.DONE, told
    return str(choices)


async def until(mailbox: Mailbox, count: int) -> None:
    async with asyncio.timeout(60):
        while len(mailbox.taken) < count:
            await mailbox.came.wait()
            mailbox.came.clear()


async def test_a_worker_told_to_stop_finishes_what_it_has_in_hand(
    operator: Operator, mailbox: Mailbox
) -> None:
    choices = await prepared(operator, mailbox, 30)
    async with operator.started("service", "work", "--config", choices) as worker:
        await until(mailbox, 10)
        worker.send_signal(signal.SIGTERM)
        _, log = await worker.communicate()
    assert worker.returncode == exit_codes.DONE
    stopped = json.loads(log.decode().splitlines()[-1])
    assert (stopped["event"], stopped["went"]) == ("stopped", len(mailbox.taken))
    left = operator.rows("SELECT COUNT(*) FROM outbox")[0][0]
    assert left == 30 - len(mailbox.taken)
    assert (await operator.ended("service", "work", "--once", "--config", choices))[
        0
    ] == exit_codes.DONE
    assert Counter(mailbox.to) == Counter(f"n{number}@exemple.fr" for number in range(30))


async def test_a_worker_killed_sends_again_only_what_it_had_in_hand(
    operator: Operator, mailbox: Mailbox
) -> None:
    choices = await prepared(operator, mailbox, 30)
    async with operator.started("service", "work", "--config", choices) as worker:
        await until(mailbox, 10)
        worker.kill()
    operator.rows("UPDATE outbox SET due_at = 0")  # as when the leases are over
    assert (await operator.ended("service", "work", "--once", "--config", choices))[
        0
    ] == exit_codes.DONE
    again = Counter(mail["Message-ID"] for mail in mailbox.taken)
    assert set(mailbox.to) == {f"n{number}@exemple.fr" for number in range(30)}
    assert len(again) == 30
    assert sum(again.values()) - 30 <= AT_ONCE


async def test_nothing_secret_is_in_the_log_of_a_worker(
    operator: Operator, mailbox: Mailbox
) -> None:
    choices = await prepared(operator, mailbox, 3)
    mailbox.reply("n1@exemple.fr", "550 5.1.1 No such user n1@exemple.fr")
    _, log = await operator.ended("service", "work", "--once", "--config", choices)
    text = str(mailbox.taken[0].get_body(("plain",)))
    codes = re.findall(r"^[0-9A-Za-z]{12}$", text, re.MULTILINE)
    assert '"fate": "dead"' in log
    for canary in ("exemple.fr", PASSWORD, "Zoé", *codes):
        assert canary not in log


async def test_a_gateway_asked_by_its_address_leaves_nothing_of_it_in_the_log(
    operator: Operator,
) -> None:
    choices = operator.home / "service.toml"
    await operator.migrate()
    path = file(operator.home, [row(1, email="", mobile="06 12 34 56 46")])
    await operator.ended("admin", "invite", "--csv", str(path))
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as gateway:
        port = gateway.sockets[0].getsockname()[1]
        address = f"http://127.0.0.1:{port}/{{secret}}?to={{to}}&text={{text}}"
        told = f"log_level = 'DEBUG'\n[sms]\nurl = '{address}'\nmethod = 'GET'\n"
        choices.write_text(told, "utf-8")
        secret = {"ESPACE_SERVICE_SMS_SECRET": "hush"}
        work = ("service", "work", "--once", "--config", str(choices))
        code, log = await operator.ended(*work, **secret)
    assert (code, len(asked)) == (exit_codes.DONE, 1)
    assert b"/hush?to=%2B33612345646" in asked[0]
    for canary in ("hush", "33612345646", "text="):
        assert canary not in log


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
async def test_a_service_serves_until_it_is_told_to_stop(
    operator: Operator, stop: signal.Signals
) -> None:
    await operator.migrate()
    port = str(free_port())
    async with operator.started("service", "run", "--port", port) as service:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            assert await ready(client) == 200
        service.send_signal(stop)
        await service.communicate()
    assert service.returncode in {exit_codes.DONE, -stop}


async def ready(client: httpx2.AsyncClient) -> int:
    for _ in range(300):
        try:
            return (await client.get("/readyz")).status_code
        except httpx2.ConnectError:
            await asyncio.sleep(0.05)
    return 0


async def test_a_service_whose_database_is_not_ready_does_not_start(
    operator: Operator,
) -> None:
    code, told = await operator.ended("service", "run")
    assert (code, "service migrate" in told) == (exit_codes.USAGE, True)


async def test_the_password_of_a_database_comes_from_a_file(
    operator: Operator, cluster: Cluster
) -> None:
    rules = cluster.folder / "data" / "pg_hba.conf"
    rules.write_text(f"local all locked scram-sha-256\n{rules.read_text()}")
    operator.rows("SELECT pg_reload_conf()")
    operator.rows("CREATE ROLE locked LOGIN SUPERUSER PASSWORD 'a long secret'")
    address = operator.database.replace("espace@", "locked@")
    secret, choices = operator.home / "secret", operator.home / "service.toml"
    choices.write_text(f"database = '{address}'\ndatabase_password_file = '{secret}'\n")
    migrate = ("service", "migrate", "--database", address, "--config", str(choices))
    for password, expected in (
        ("wrong", exit_codes.UNREACHABLE),
        ("a long secret", exit_codes.DONE),
    ):
        secret.write_text(f"{password}\n")
        assert (await operator.ended(*migrate))[0] == expected


@pytest.mark.parametrize("option", ["--port", "--metrics-port"])
def test_a_port_that_is_taken_is_told_so(operator: Operator, option: str) -> None:
    operator.run("service", "migrate")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        given = {"--port": "0", "--metrics-port": "0"} | {option: port}
        words = [word for pair in given.items() for word in pair]
        code, told = operator.run("service", "run", *words)
    assert code == exit_codes.USAGE
    assert f"127.0.0.1:{port} cannot be opened" in told
