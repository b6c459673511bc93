"""What an operator does for one person, on either engine: the whole of it, and nobody else's."""

from __future__ import annotations

from datetime import datetime

import pytest

from espace_tui.activation.audit import Event
from espace_tui.activation.data_requests.mandate import Mandate
from espace_tui.activation.data_requests.person_file import PersonDesk
from espace_tui.activation.data_requests.restored import Restoration
from espace_tui.activation.data_requests.trail import Trail, TrailFilter
from espace_tui.activation.mail.dead_letters import DeadLetters
from espace_tui.errors import InvalidSettings
from espace_tui.model.values import Channel, SpaceStatus
from tests.activation.world import World, refusal
from tests.people import CHRISTIAN, DOMINIQUE, STRANGER_NIR

BY = Mandate.read("a.martin", "letter of 3 November")
OF_A_PERSON = ("invitation", "flow", "credential", "code_request", "session", "outbox")


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        ("  ", "mandate-missing"),
        ("a" * 201, "mandate-characters"),
        ("a\x1bb", "mandate-characters"),
        ("of 2 55 08 14 168 025 38", "mandate-number"),
        ("camille@exemple.fr", "mandate-number"),
    ],
)
def test_a_mandate_is_short_and_names_nobody(reason: str, code: str) -> None:
    assert Mandate.read("a.martin", "a" * 200).reason == "a" * 200
    with pytest.raises(InvalidSettings) as told:
        Mandate.read("a.martin", reason)
    assert (told.value.code, told.value.values["key"]) == (code, "--reason")


def desk(world: World) -> PersonDesk:
    return PersonDesk(world.rules.context, world.rules.outbox)


async def test_all_of_an_active_person_is_exported(either: World) -> None:
    await either.activate()
    await either.sign_in()
    exported = await desk(either).export(CHRISTIAN.nir, BY)
    assert exported
    assert (exported["status"], exported["identifier"]) == ("active", "christian.exemple")
    assert (exported["first_name"], exported["birth_date"]) == ("Christian", "1955-08-12")
    assert exported["activation"]["stage"] == "done"
    [session] = exported["sessions"]
    assert [datetime.fromisoformat(at).year for at in session.values()] == [2026, 2026]
    events = [line["event"] for line in exported["events"]]
    assert events[0] == "invited"
    assert "signed-in" in events
    shown = await desk(either).show(CHRISTIAN.nir, BY)
    assert shown
    assert (shown["sessions"], "identifier" in shown) == (1, False)


async def test_every_message_says_whom_it_is_for(either: World) -> None:
    await either.rules.administration.invite(CHRISTIAN)
    await either.rules.recovery.request_code(
        CHRISTIAN.birth_date, CHRISTIAN.nir, CHRISTIAN.kind, CHRISTIAN.serial, Channel.EMAIL
    )
    either.clock.move(days=43)
    await either.rules.administration.open_due()
    assert len(await either.rows("SELECT id FROM outbox")) > 0
    rows = await either.rows("SELECT COUNT(*) AS number FROM outbox WHERE person IS NULL")
    assert rows == [{"number": 0}]


async def test_erasing_one_leaves_nothing_of_them_and_all_of_others(either: World) -> None:
    await either.invite(DOMINIQUE)
    await either.activate()
    await either.sign_in()
    await refusal(either.rules.activation.identify("x" * 12, CHRISTIAN.nir))
    assert await desk(either).erase(CHRISTIAN.nir, BY)
    assert [row["status"] for row in await either.rows("SELECT status FROM person")] == ["invited"]
    for table in OF_A_PERSON:
        sql = f"SELECT * FROM {table} WHERE person NOT IN (SELECT id FROM person)"
        assert await either.rows(sql) == []
    assert await either.rows("SELECT * FROM failure") == []
    assert not await desk(either).erase(CHRISTIAN.nir, BY)


async def test_an_operator_closes_an_active_space_only(either: World) -> None:
    await either.invite(CHRISTIAN)
    assert (await refusal(desk(either).close(CHRISTIAN.nir, BY))).code == "not-active"
    await either.activate()
    space = await either.sign_in()
    assert await desk(either).close(CHRISTIAN.nir, BY)
    assert (await refusal(either.rules.space.profile(space))).code == "session-expired"
    assert (await either.kinds())[-1] == "closed"
    status = await either.rules.administration.status()
    assert status[SpaceStatus.CLOSED] == 1


@pytest.mark.parametrize("nir", [CHRISTIAN.nir, STRANGER_NIR])
async def test_the_trail_of_one_person_holds_nobody_else(either: World, nir: str) -> None:
    await either.invite(CHRISTIAN)
    await either.invite(DOMINIQUE)
    await refusal(either.rules.activation.identify("x" * 12, STRANGER_NIR))
    trail = Trail(either.rules.context)
    names = await trail.pseudonyms(nir)
    (line,) = await trail.page(TrailFilter(pseudonyms=names))
    expected = Event.INVITED if nir == CHRISTIAN.nir else Event.IDENTIFICATION_REFUSED
    assert line.event is expected
    later = TrailFilter(since=int(line.recorded_at.timestamp()) + 1, pseudonyms=names)
    assert not await trail.page(later)
    assert not await trail.page(TrailFilter(pseudonyms=names), after=line.id)


async def test_after_an_older_backup_somebody_erased_is_told_without_contact(
    either: World,
) -> None:
    await either.rules.administration.invite(CHRISTIAN)
    async with either.rules.context.store.transaction() as tx:
        await tx.run("UPDATE outbox SET person = 'gone'")
        await tx.run(
            "INSERT INTO outbox (id, sealed, written_at, due_at) VALUES ('nobody', '', 0, 0)"
        )
    restoration = Restoration(either.rules.context)
    await restoration.begin(BY)
    done, (told,) = await restoration.some(0)
    assert (done, told.email, told.mobile, told.ended) == (2, None, None, "message")
    assert await restoration.some(0) == (0, [])


async def test_one_dead_letter_of_several_is_revived(either: World) -> None:
    async with either.rules.context.store.transaction() as tx:
        for name in "ab":
            await tx.run(
                "INSERT INTO dead_letter VALUES (:id, '', 'email', 0, '', 1, 0, NULL, NULL, 0, 'x',"
                " NULL)",
                id=name,
            )
    letters = DeadLetters(either.rules.context)
    assert [each.is_useful for each in await letters.page()] == [True, True]
    assert await letters.revive("nothing") == 0
    assert await letters.revive("a") == 1
    assert [each.id for each in await letters.page()] == ["b"]
    assert await letters.revive() == 1
