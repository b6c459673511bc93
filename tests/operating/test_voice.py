"""An operator is told what is wrong, and why; a service reads nobody's home nor settings."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from espace_tui.activation.mail.deliveries.sms_spool import SpoolDelivery
from espace_tui.cli import exit_codes
from espace_tui.model.values import Channel
from tests.activation.mail.deliveries.letters import letter
from tests.activation.mail.deliveries.mail_server import free_port
from tests.operating.program import Operator
from tests.postgres import Cluster

HOUSE = Path(__file__).parent.parent.parent
KEYS = ".local/share/espace-tui/keys.json"
KEPT = ("kept", "gardé", "typed", "saisi", "tapé")


def keys_of(operator: Operator) -> Path:
    return operator.home / KEYS


async def test_four_at_once_prepare_one_database_with_one_file_of_keys(operator: Operator) -> None:
    ended = await asyncio.gather(*(operator.ended("service", "migrate") for _ in range(4)))
    assert [code for code, _ in ended] == [exit_codes.DONE] * 4, ended
    assert operator.rows("SELECT COUNT(*) FROM mark WHERE name = 'keys'") == [(1,)]
    assert (await operator.ended("admin", "status"))[0] == exit_codes.DONE


def test_no_keys_are_made_for_a_database_that_has_its_own(operator: Operator) -> None:
    operator.run("service", "migrate")
    lost = keys_of(operator)
    lost.rename(lost.with_name("elsewhere"))
    code, told = operator.run("service", "migrate")
    assert (code, "none was created" in told) == (exit_codes.UNREACHABLE, True)
    assert not lost.exists()


def test_no_keys_are_made_for_a_database_that_is_not_reached(operator: Operator) -> None:
    nowhere = f"postgresql:///nothing?host={operator.home}"
    code, told = operator.run("service", "migrate", "--database", nowhere)
    assert (code, "cannot be opened" in told) == (exit_codes.UNREACHABLE, True), told
    assert not keys_of(operator).exists()


def test_a_newer_database_of_others_is_left_alone(operator: Operator) -> None:
    operator.run("service", "migrate")
    other = operator.home / "other" / "keys.json"
    operator.rows("DELETE FROM migration WHERE number = (SELECT MAX(number) FROM migration)")
    before = operator.rows("SELECT COUNT(*) FROM migration")
    other.parent.mkdir(0o700)
    other.write_text(json.dumps({"current": "k1", "keys": {"k1": "ab" * 32}}), "utf-8")
    other.chmod(0o600)
    code, _ = operator.run("service", "migrate", "--keys", str(other))
    assert (code, operator.rows("SELECT COUNT(*) FROM migration")) == (
        exit_codes.UNREACHABLE,
        before,
    )


@pytest.mark.parametrize("command", [("service", "migrate"), ("admin", "status")])
def test_only_who_sends_needs_the_secret_of_the_mail_server(
    operator: Operator, command: tuple[str, ...]
) -> None:
    operator.run("service", "migrate")
    choices = operator.home / "service.toml"
    choices.write_text(
        "[mail]\nhost = 'localhost'\nsender = 'a@exemple.fr'\npassword_file = '/nothing/here'\n"
    )
    assert operator.run(*command, "--config", str(choices))[0] == exit_codes.DONE
    code, told = operator.run("service", "work", "--once", "--config", str(choices))
    assert (code, "/nothing/here" in told) == (exit_codes.USAGE, True)


@pytest.mark.parametrize("home", ["", "/nothing/here"])
def test_a_service_needs_no_home_and_no_settings(operator: Operator, home: str) -> None:
    operator.run("service", "migrate")
    wizard = operator.home / ".config" / "espace-tui"
    wizard.mkdir(parents=True)
    (wizard / "settings.toml").write_text("theme = 'nowhere'\nlanguage = 'de'\n", "utf-8")
    named = {"ESPACE_SERVICE_KEYS": str(keys_of(operator)), "ESPACE_THEME": "nowhere"}
    for place in (home, str(operator.home)):
        for command in (("service", "migrate"), ("admin", "status")):
            code, told = operator.run(*command, **(named | {"HOME": place}))
            assert code == exit_codes.DONE, told


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_connection_too_many_is_told_so(
    operator: Operator, cluster: Cluster, language: str
) -> None:
    operator.run("service", "migrate")
    cluster.execute("CREATE ROLE narrow LOGIN CONNECTION LIMIT 0")
    try:
        address = operator.database.replace("espace@", "narrow@")
        code, told = operator.run("admin", "status", "--database", address, "--lang", language)
    finally:
        cluster.execute("DROP ROLE narrow")
    assert (code, "too many connections" in told) == (exit_codes.UNREACHABLE, True)
    assert not [word for word in KEPT if word in told]


def test_a_read_only_database_is_told_so(operator: Operator) -> None:
    operator.run("service", "migrate")
    name = psycopg.conninfo.conninfo_to_dict(operator.database)["dbname"]
    operator.rows(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    code, told = operator.run("admin", "open-due")
    assert (code, "The database is read-only: " in told) == (exit_codes.UNREACHABLE, True), told
    assert "read-only transaction" in told  # why, in the server's own words
    assert not [word for word in KEPT if word in told]
    for only_looks in (
        ("status",),
        ("audit",),
        ("dead-letters",),
        ("open-due", "--dry-run"),
        ("rotate-keys",),
    ):
        code, told = operator.run("admin", *only_looks)
        assert code == exit_codes.DONE, told


@pytest.mark.parametrize(
    ("mode", "said"), [(0o644, "mode 0644"), (0o640, "mode 0640")], ids=["all", "group"]
)
def test_a_file_that_others_read_is_named_with_its_mode(
    operator: Operator, mode: int, said: str
) -> None:
    operator.run("service", "migrate")
    keys_of(operator).chmod(mode)
    code, told = operator.run("admin", "status")
    assert (code, str(keys_of(operator)) in told, said in told) == (
        exit_codes.UNREACHABLE,
        True,
        True,
    ), told


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_database_that_is_gone_is_told_without_a_word_about_typing(
    operator: Operator, language: str
) -> None:
    for command in (("service", "run"), ("admin", "status"), ("service", "work")):
        nowhere = f"postgresql:///nothing?host={operator.home}"
        code, told = operator.run(*command, "--database", nowhere, "--lang", language)
        assert code in {exit_codes.UNREACHABLE, exit_codes.USAGE}
        assert not [word for word in KEPT if word in told], told


@pytest.mark.parametrize("missing", ["psycopg", "uvicorn", "structlog"])
def test_what_the_service_extra_brings_is_named(operator: Operator, missing: str) -> None:
    program = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        "from espace_tui.cli import main; sys.argv = ['espace-tui', 'service', 'migrate']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=operator.environment,
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "espace-tui[service]" in done.stderr) == (exit_codes.USAGE, True)


@pytest.mark.parametrize("umask", [0o077, 0o022])
def test_gammu_may_read_what_is_left_for_it_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    group = tmp_path.stat().st_gid
    if os.geteuid() == 0:
        group += 4321
        os.chown(tmp_path, -1, group)
    before = os.umask(umask)
    try:
        sms = replace(letter(channel=Channel.SMS, to="+33639981234"), text="Bonjour")
        asyncio.run(SpoolDelivery(tmp_path).send(sms))
    finally:
        os.umask(before)
    (left,) = tmp_path.glob("OUT*")
    assert (stat.S_IMODE(left.stat().st_mode), left.stat().st_gid) == (0o660, group)


def test_the_examples_send_no_secret_to_git_nor_to_who_builds_the_image() -> None:
    ignored = (HOUSE / ".gitignore").read_text("utf-8").splitlines()
    assert "/deploy/secrets/" in ignored
    sent = (HOUSE / ".dockerignore").read_text("utf-8").splitlines()
    assert "*" in sent
    assert not [line for line in sent if line.startswith("!deploy")]
    image = (HOUSE / "deploy" / "Containerfile").read_text("utf-8")
    copied = {
        word for line in image.splitlines() if line.startswith("COPY ") for word in line.split()
    }
    assert {"pyproject.toml", "LICENSE", "espace_tui"} <= copied
    assert all(f"!{name}" in sent for name in ("pyproject.toml", "LICENSE", "espace_tui"))
    assert "\nUSER 1000:1000\n" in image


@pytest.mark.parametrize("unit", sorted((HOUSE / "deploy" / "systemd").iterdir()), ids=str)
def test_nothing_starts_before_the_clock_is_right(unit: Path) -> None:
    lines = unit.read_text("utf-8").splitlines()
    for key in ("Wants=", "After="):
        assert any(line.startswith(key) and "time-sync.target" in line for line in lines)


async def started(operator: Operator, process: asyncio.subprocess.Process) -> None:
    """Wait until a process said that it lives, or ended."""
    while process.returncode is None and not operator.rows("SELECT id FROM process"):
        await asyncio.wait({asyncio.create_task(process.wait())}, timeout=0.05)


async def test_a_key_is_not_used_before_a_process_that_runs_holds_it(operator: Operator) -> None:
    await operator.migrate()
    choices = operator.home / "service.toml"
    choices.write_text(f"[mail]\nmaildir = '{operator.home / 'inbox'}'\n", "utf-8")
    rotate = ("admin", "rotate-keys")
    work = ("service", "work", "--config", str(choices))
    async with operator.started(*work) as worker:
        await started(operator, worker)
        assert (await operator.ended(*rotate, "--add"))[0] == exit_codes.DONE
        code, told = await operator.ended(*rotate, "--use")
        assert (code, f":{worker.pid}" in told) == (exit_codes.FAILED, True), told
        worker.terminate()
        await worker.communicate()
    assert operator.rows("SELECT id FROM process") == []
    async with operator.started(*work) as worker:
        await started(operator, worker)
        assert (await operator.ended(*rotate, "--use"))[0] == exit_codes.DONE
        code, told = await operator.ended(*rotate, "--drop", "k1")
        assert (code, "still the current key" in told) == (exit_codes.FAILED, True), told
        code, told = await operator.ended(*rotate, "--json")
        (process,) = json.loads(told)["processes"]
        assert (process["kind"], process["present"]) == ("work", "k1")
        assert sorted(process["keys"]) == ["k1", "k2"]
        worker.kill()
    operator.rows("UPDATE process SET seen_at = seen_at - 101")
    assert (await operator.ended(*rotate, "--drop", "k1"))[0] == exit_codes.DONE


async def answering(port: int) -> None:
    """Wait until something listens."""
    async with asyncio.timeout(20):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.02)


async def test_a_service_that_runs_says_so_until_it_stops(operator: Operator) -> None:
    await operator.migrate()
    port = free_port()
    async with operator.started("service", "run", "--port", str(port)) as service:
        await started(operator, service)
        await answering(port)  # before, a signal ends it as it ends any program
        assert operator.rows("SELECT kind FROM process") == [("run",)]
        service.terminate()
        await service.communicate()
    assert operator.rows("SELECT id FROM process") == []
