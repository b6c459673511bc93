"""Mail reaches a real server as people read it, and what the server says is understood."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from espace_tui.activation.mail.deliveries.smtp import MailServer, SmtpDelivery
from espace_tui.activation.mail.delivery import DeliveryError
from espace_tui.errors import Unreachable
from tests.activation.mail.deliveries.letters import letter
from tests.activation.mail.deliveries.mail_server import Mailbox, mail_server

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[Mailbox]:
    async with mail_server(tmp_path) as made:
        yield made


@pytest.fixture
async def delivery(mailbox: Mailbox) -> AsyncIterator[SmtpDelivery]:
    made = SmtpDelivery(mailbox.server)
    yield made
    await made.aclose()


async def unreachable(server: MailServer) -> Unreachable:
    delivery = SmtpDelivery(server)
    with pytest.raises(Unreachable) as told:
        await delivery.send(letter())
    await delivery.aclose()
    return told.value


@pytest.mark.parametrize("tls", ["starttls", "tls", "none"])
async def test_a_letter_arrives_as_text_and_html_in_the_language_of_the_person(
    tmp_path: Path, tls: str
) -> None:
    async with mail_server(tmp_path, tls) as mailbox:
        delivery = SmtpDelivery(mailbox.server)
        await delivery.send(letter())
        await delivery.aclose()
    (mail,) = mailbox.taken
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert mail["From"] == mailbox.server.sender
    assert (mail["To"], mail["Message-ID"]) == ("christian@exemple.fr", f"<{1:032}@exemple.fr>")
    assert (mail["Content-Language"], mail["Auto-Submitted"]) == ("fr", "auto-generated")
    assert "Bonjour Christian" in text.get_content()
    assert "034567" in text.get_content()
    assert '<html lang="fr">' in html.get_content()
    assert "034567" in html.get_content()


async def test_one_connection_serves_for_many_letters(
    mailbox: Mailbox, delivery: SmtpDelivery
) -> None:
    for number in range(20):
        await delivery.send(letter(number))
    assert (len(mailbox.taken), mailbox.sessions) == (20, 1)


async def test_as_many_connections_as_letters_at_once(
    mailbox: Mailbox, delivery: SmtpDelivery
) -> None:
    await asyncio.gather(*(delivery.send(letter(number)) for number in range(4)))
    await asyncio.gather(*(delivery.send(letter(number)) for number in range(4)))
    assert (len(mailbox.taken), mailbox.sessions) == (8, 4)


async def test_every_connection_takes_its_leave_at_the_end(mailbox: Mailbox) -> None:
    delivery = SmtpDelivery(mailbox.server)
    await asyncio.gather(*(delivery.send(letter(number)) for number in range(2)))
    assert mailbox.quits == 0
    await delivery.aclose()
    assert (mailbox.quits, mailbox.sessions) == (2, 2)


@pytest.mark.parametrize(
    ("reply", "final"),
    [
        ("451 4.7.1 Greylisted, come back later", False),
        ("452 4.2.2 Mailbox full", False),
        ("500 5.5.1 Unknown", True),
        ("550 5.1.1 No such user", True),
        ("554 5.7.1 Looks like spam", True),
    ],
)
async def test_a_refused_letter_comes_back_and_the_next_one_goes(
    mailbox: Mailbox, delivery: SmtpDelivery, reply: str, *, final: bool
) -> None:
    mailbox.reply("christian@exemple.fr", reply)
    with pytest.raises(DeliveryError) as told:
        await delivery.send(letter())
    assert (told.value.reason, told.value.is_final) == (f"smtp-{reply[:3]}", final)
    await delivery.send(letter())
    assert (len(mailbox.taken), mailbox.sessions) == (1, 1)


async def test_a_server_that_came_back_is_used_again(
    mailbox: Mailbox, delivery: SmtpDelivery
) -> None:
    await delivery.send(letter(1))
    await mailbox.stop()
    with pytest.raises(Unreachable) as told:
        await delivery.send(letter(2))
    assert told.value.code == "network"
    await mailbox.start()
    await delivery.send(letter(2))
    assert len(mailbox.taken) == 2


async def test_a_server_that_shuts_down_makes_every_letter_wait(
    mailbox: Mailbox, delivery: SmtpDelivery
) -> None:
    mailbox.reply("christian@exemple.fr", "421 Shutting down")
    with pytest.raises(Unreachable):
        await delivery.send(letter())


async def test_nothing_goes_in_clear_unless_that_is_asked_for(tmp_path: Path) -> None:
    async with mail_server(tmp_path, "starttls") as mailbox:
        made = mailbox.server
        delivery = SmtpDelivery(
            MailServer(
                made.host,
                made.port,
                user=made.user,
                password=made.password,
                sender=made.sender,
                authority=made.authority,
            )
        )
        await delivery.send(letter())
        await delivery.aclose()
    assert len(mailbox.taken) == 1


async def test_an_accent_in_an_address_needs_a_server_that_takes_it(
    mailbox: Mailbox, delivery: SmtpDelivery
) -> None:
    mailbox.utf8 = False
    with pytest.raises(DeliveryError) as told:
        await delivery.send(letter(to="hélène@exemple.fr"))
    assert (told.value.reason, told.value.is_final) == ("smtp-utf8", True)


async def test_a_wrong_password_loses_no_letter(mailbox: Mailbox) -> None:
    told = await unreachable(replace(mailbox.server, password="wrong"))
    assert told.values == {"reason": "smtp-535"}


@pytest.mark.parametrize("tls", ["starttls", "tls"])
async def test_a_server_nobody_vouches_for_is_given_nothing(tmp_path: Path, tls: str) -> None:
    async with mail_server(tmp_path, tls) as mailbox:
        told = await unreachable(replace(mailbox.server, authority=None))
    assert told.code == "certificate"
    assert mailbox.taken == []


async def test_a_server_that_says_nothing_is_not_waited_for(mailbox: Mailbox) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    hole = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = hole.sockets[0].getsockname()[1]
    told = await unreachable(replace(mailbox.server, port=port, timeout=0.2))
    assert told.code == "timeout"
    hole.close()


async def test_a_letter_given_up_half_way_leaves_no_half_open_connection(
    mailbox: Mailbox, delivery: SmtpDelivery
) -> None:
    await delivery.send(letter(1))
    mailbox.gate.clear()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await delivery.send(letter(2))
    mailbox.gate.set()
    await delivery.send(letter(3))
    assert mailbox.sessions == 2


async def test_a_connection_that_was_idle_for_long_is_not_trusted(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = SmtpDelivery(mailbox.server)
    await delivery.send(letter(1))
    monkeypatch.setattr("espace_tui.activation.mail.deliveries.smtp._KEPT", 0)
    await delivery.send(letter(2))
    assert mailbox.sessions == 2
    await delivery.aclose()


async def test_an_address_beyond_ascii_is_written_to(
    mailbox: Mailbox, delivery: SmtpDelivery
) -> None:
    await delivery.send(letter(to="andré@exemple.fr"))
    assert mailbox.to == ["andré@exemple.fr"]


async def test_nothing_can_be_slipped_into_the_headers(
    mailbox: Mailbox, delivery: SmtpDelivery
) -> None:
    await delivery.send(replace(letter(), subject="Code\r\nBcc: thief@exemple.fr"))
    (mail,) = mailbox.taken
    assert mail["Bcc"] is None
    assert mailbox.to == ["christian@exemple.fr"]


def test_a_mail_server_never_shows_its_password() -> None:
    assert "hush" not in repr(MailServer("localhost", password="hush", sender="a@exemple.fr"))
