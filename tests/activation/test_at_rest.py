"""What is on the disk: nothing of anybody in clear, and what was erased is gone."""

from __future__ import annotations

import logging
import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from espace_tui.activation.crypto.keys import Keys, open_keys
from espace_tui.activation.data_requests.trail import Trail
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.errors import Unreachable
from espace_tui.local import private_files
from espace_tui.model.values import Channel
from tests.activation.test_recovery import NEW
from tests.activation.world import PASSWORD, World, opened, refusal
from tests.people import CHRISTIAN, DOMINIQUE
from tests.postgres import Cluster


def canaries() -> set[str]:
    """Return every value of the person that must be nowhere."""
    return {
        CHRISTIAN.first_name,
        CHRISTIAN.last_name,
        CHRISTIAN.birth_date.isoformat(),
        CHRISTIAN.nir,
        CHRISTIAN.nir[:13],
        CHRISTIAN.serial,
        CHRISTIAN.email or "",
        CHRISTIAN.mobile or "",
        "neuf@exemple.fr",
        "christian.exemple",
        PASSWORD,
        NEW,
    }


def leaks(folder: Path, words: set[str]) -> list[str]:
    """Return the words found in the files of a store (its keys and its log included)."""
    return leaked(b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file()), words)


def leaked(content: bytes, words: set[str]) -> list[str]:
    """Return the words found in a content, whatever their case."""
    lower = content.lower()
    return sorted(word for word in words if word.encode().lower() in lower)


async def journey(world: World) -> set[str]:
    """Do everything a person can do; return every code and token there was."""
    steps, sign_in, recovery = world.rules.activation, world.rules.sign_in, world.rules.recovery
    codes = {code := await world.invite()}
    flow = await world.reach(code=code)
    request = await steps.change_contact(flow, Channel.EMAIL, "neuf@exemple.fr")
    codes |= {await world.code(), flow.token.get_secret_value()}
    flow = await steps.prove_contact(flow, request, await world.code())
    await steps.complete(flow, "christian.exemple", PASSWORD)
    await refusal(sign_in.open("christian.exemple", "Wrong-7-Word", Channel.EMAIL))
    request = await world.ask_to_sign_in()
    space = await sign_in.verify(request, await world.code())
    codes |= {request.token.get_secret_value(), space.token.get_secret_value()}
    await world.rules.space.close(space)
    await recovery.send_identifier(CHRISTIAN.birth_date, CHRISTIAN.nir, Channel.SMS)
    request = await recovery.reset_password("christian.exemple", CHRISTIAN.nir, Channel.SMS)
    reset = await recovery.prove_reset(request, await world.code())
    await recovery.set_password(reset, NEW)
    await sign_in.sign_out(space)
    await world.letters()
    return codes | {reset.token.get_secret_value()}


async def test_nothing_of_anybody_is_in_clear_at_any_moment(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with opened(folder) as world:
        codes = await journey(world)
        secrets = {code for code in codes if not re.fullmatch("[0-9]{6}", code)}
        assert (folder / "espace.db-wal").stat().st_size
        assert leaks(folder, canaries() | secrets) == []
    assert leaks(folder, canaries() | secrets) == []


async def test_nothing_of_anybody_is_in_clear_in_postgresql(
    own_cluster: Cluster, tmp_path: Path
) -> None:
    """Its tables, its journal and its log, while it runs; then a dump."""
    async with opened(tmp_path / "data", store=PostgresStore(own_cluster.url())) as world:
        codes = await journey(world)
    secrets = {code for code in codes if not re.fullmatch("[0-9]{6}", code)}
    own_cluster.execute("CHECKPOINT")
    dump = own_cluster.dump()
    files = [path for path in own_cluster.folder.rglob("*") if path.is_file()]
    held = b"".join(path.read_bytes() for path in files)
    assert b"password-changed" in dump
    assert held.count(b"password-changed") > 1, "in a table and in the journal"
    assert leaked(dump + held, canaries() | secrets) == []


async def test_no_message_holds_a_number_of_the_person(world: World) -> None:
    await journey(world)
    await world.rules.administration.invite(DOMINIQUE)
    world.clock.move(days=43)
    await world.rules.administration.open_due()
    letters = await world.letters()
    assert len({letter.kind for letter in letters}) > 8
    said = " ".join(f"{each.to} {each.subject} {each.text} {each.html}" for each in letters)
    numbers = [
        number[:13] for who in (CHRISTIAN, DOMINIQUE) for number in (who.nir, who.serial, NEW)
    ]
    assert [number for number in numbers if number in re.sub(r"[\s.-]", "", said)] == []


async def test_a_one_time_code_is_kept_under_the_service_s_keys(world: World) -> None:
    """Who holds the store tries a million codes in vain: without the keys none of them is right."""
    await world.activate()
    request = await world.ask_to_sign_in()
    code = await world.code()
    without = replace(world.rules.context, keys=Keys("k1", {"k1": bytes(32)}))
    assert (await refusal(Rules(without).sign_in.verify(request, code))).code == "refused"
    await world.rules.sign_in.verify(request, code)


async def test_a_one_time_code_moved_to_another_request_in_the_store_is_of_no_use(
    world: World,
) -> None:
    await world.activate()
    first = await world.ask_to_sign_in()
    code = await world.code()
    world.clock.move(seconds=30)
    second = await world.ask_to_sign_in()
    async with world.rules.context.store.transaction() as tx:
        await tx.run(
            "UPDATE code_request SET code_tag = (SELECT code_tag FROM code_request WHERE id = :id)",
            id=first.id,
        )
    assert (await refusal(world.rules.sign_in.verify(second, code))).code == "refused"
    await world.rules.sign_in.verify(first, code)


async def test_the_diagnostic_log_says_nothing_of_anybody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with opened(tmp_path / "data") as world:
            codes = await journey(world)
            trail = repr(await Trail(world.rules.context).page(limit=10_000))
    said = caplog.text + trail
    assert [word for word in canaries() | codes if word in said] == []
    assert "\n" not in trail


async def test_a_letter_that_waits_is_sealed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with opened(folder) as world:
        await world.rules.administration.invite(CHRISTIAN)
        [row] = await world.rows("SELECT sealed FROM outbox")
        assert leaks(folder, canaries()) == []
        assert str(row["sealed"]).encode() in (folder / "espace.db-wal").read_bytes()
        code = await world.code()
        assert leaks(folder, {code}) == []


async def test_what_was_sent_is_gone_from_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with opened(folder) as world:
        await world.rules.administration.invite(CHRISTIAN)
        [row] = await world.rows("SELECT sealed FROM outbox")
        await world.letters()
    assert leaks(folder, {str(row["sealed"])}) == []


async def test_the_hash_of_a_used_code_is_gone_from_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with opened(folder) as world:
        code = await world.invite()
        [row] = await world.rows("SELECT hash FROM invitation")
        await world.rules.activation.complete(await world.reach(code=code), "christian", PASSWORD)
    assert leaks(folder, {str(row["hash"])}) == []


async def test_the_trail_can_only_grow(either: World) -> None:
    await either.invite()
    for statement in ("DELETE FROM audit", "UPDATE audit SET event = 'x'"):
        with pytest.raises(Exception, match="can only grow"):
            await either.rows(statement)
    assert len(await Trail(either.rules.context).page()) == 1


async def test_a_store_is_of_no_use_with_other_keys(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with opened(folder) as world:
        await world.invite()
    (folder / "keys.json").unlink()
    with pytest.raises(Unreachable, match=r"^other-keys$"):
        async with opened(folder):
            pass


async def test_a_row_that_was_moved_or_changed_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with opened(folder) as world:
        await world.activate()
    with sqlite3.connect(folder / "espace.db") as connection:
        connection.execute("UPDATE person SET sealed = replace(sealed, 'k1.', 'k1.A')")
    connection.close()
    async with opened(folder) as world:
        with pytest.raises(Unreachable, match=r"^store-corrupt$"):
            await world.ask_to_sign_in()


def test_what_a_lost_key_closed_stays_closed() -> None:
    sealed = Keys("k1", {"k1": bytes(32)}).seal("text", "row")
    with pytest.raises(Unreachable, match=r"^store-corrupt$"):
        Keys("k2", {"k2": bytes(32)}).unseal(sealed, "row")


@pytest.mark.parametrize("content", ["", "{}", '{"current": "k1", "keys": {"k1": "zz"}}', "[]"])
def test_a_keys_file_that_cannot_be_read_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.touch(mode=0o600)
    path.write_text(content)
    with pytest.raises(Unreachable, match=r"^store-corrupt$"):
        open_keys(path)


def test_keys_say_nothing_of_themselves() -> None:
    keys = Keys("k1", {"k1": b"s" * 32})
    assert repr(keys) == "Keys('k1')"
    assert "ssss" not in repr(vars(keys))


@pytest.mark.parametrize("user", [0, 1000])
def test_a_file_is_its_owners_only_whoever_makes_it(
    user: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.geteuid", lambda: user)
    made = private_files.ensure_file(private_files.ensure_folder(tmp_path / "data") / "file").stat()
    assert (made.st_mode & 0o777, made.st_uid) == (0o600, tmp_path.stat().st_uid)
