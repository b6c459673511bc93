"""The local inbox: what was written comes back, once, oldest first, for its owner only."""

from __future__ import annotations

import asyncio
import mailbox
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from espace_tui.activation.mail.deliveries.maildir import Maildir, from_bytes, to_bytes
from espace_tui.activation.mail.delivery import MessageKind, OutgoingMessage
from espace_tui.errors import Unreachable
from espace_tui.model.values import Channel

SENT_AT = datetime(2027, 1, 3, 9, 5, 7, tzinfo=UTC)


def letter(
    name: str = "1", text: str = "Votre code : 034567", **changes: object
) -> OutgoingMessage:
    """Return a letter."""
    given: dict[str, object] = {
        "id": name,
        "kind": MessageKind.SIGN_IN_CODE,
        "channel": Channel.EMAIL,
        "language": "fr",
        "sent_at": SENT_AT,
        "to": "christian@exemple.fr",
        "sender": "Mon espace santé (démonstration) <ne-pas-repondre@exemple.fr>",
        "subject": "Mon espace santé : votre code",
        "text": text,
        "html": f"<p>{text}</p>",
    }
    return OutgoingMessage(**given | changes)  # type: ignore[arg-type] # a letter with something changed


async def test_a_letter_comes_back_as_it_was_written(tmp_path: Path) -> None:
    inbox = Maildir(tmp_path / "inbox")
    await inbox.send(letter())
    [message] = await inbox.messages()
    assert message.model_dump() == {
        "to": "christian@exemple.fr",
        "channel": Channel.EMAIL,
        "subject": "Mon espace santé : votre code",
        "sent_at": SENT_AT,
        "text": "Votre code : 034567",
        "sender": "Mon espace santé (démonstration) <ne-pas-repondre@exemple.fr>",
    }


async def test_messages_are_oldest_first_in_one_second_too(tmp_path: Path) -> None:
    inbox = Maildir(tmp_path / "inbox")
    await inbox.send(letter("9", text="third", sent_at=SENT_AT + timedelta(seconds=1)))
    await inbox.send(letter("2", text="second"))
    await inbox.send(letter("1", text="first"))
    assert [message.text for message in await inbox.messages()] == ["first", "second", "third"]


async def test_a_letter_sent_again_is_there_once_wherever_it_was_put(tmp_path: Path) -> None:
    inbox = Maildir(tmp_path / "inbox")
    await inbox.send(letter())
    await inbox.send(letter())
    assert len(await inbox.messages()) == 1
    [path] = (tmp_path / "inbox" / "new").iterdir()
    path.rename(tmp_path / "inbox" / "cur" / f"{path.name}:2,S")
    await inbox.send(letter())
    assert len(await inbox.messages()) == 1
    assert list((tmp_path / "inbox" / "new").iterdir()) == []


async def test_a_letter_cut_short_by_a_kill_is_delivered_whole(tmp_path: Path) -> None:
    inbox = Maildir(tmp_path / "inbox")
    await inbox.send(letter())
    [path] = (tmp_path / "inbox" / "new").iterdir()
    path.unlink()
    (tmp_path / "inbox" / "tmp" / path.name).write_bytes(b"From: half a le")
    await inbox.send(letter())
    assert [message.text for message in await inbox.messages()] == ["Votre code : 034567"]


async def test_nothing_was_delivered_yet(tmp_path: Path) -> None:
    assert await Maildir(tmp_path / "inbox").messages() == ()


async def test_any_mail_reader_opens_it(tmp_path: Path) -> None:
    await Maildir(tmp_path / "inbox").send(letter())
    [message] = mailbox.Maildir(tmp_path / "inbox", create=False)
    assert message["To"] == "christian@exemple.fr"
    assert message.get_content_type() == "text/plain"


@pytest.mark.parametrize(
    "sender",
    ["Démonstration", "Espace (essai), à vous <ne-pas-repondre@exemple.fr>", "a@exemple.fr"],
)
def test_any_sender_comes_back(sender: str) -> None:
    assert from_bytes(to_bytes(letter(sender=sender))).sender == sender


def test_a_text_message_comes_back() -> None:
    text_message = letter(channel=Channel.SMS, to="+33612345646", subject="", sender="Espace")
    message = from_bytes(to_bytes(text_message))
    assert (message.channel, message.to, message.subject) == (Channel.SMS, "+33612345646", "")


async def test_the_files_are_the_owner_s_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        await Maildir(tmp_path / "inbox").send(letter())
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "inbox").rglob("*")}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}


async def test_a_folder_others_may_enter_is_refused(tmp_path: Path) -> None:
    await Maildir(tmp_path / "inbox").send(letter())
    (tmp_path / "inbox").chmod(0o755)
    for call in (
        Maildir(tmp_path / "inbox").send(letter("2")),
        Maildir(tmp_path / "inbox").messages(),
    ):
        with pytest.raises(Unreachable, match=r"^store-loose$"):
            await call


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=300),
    subject=st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=90),
)
@example(text="From here\n.\n\ndone", subject="=?utf-8?B?YQ==?= « x »")
@example(text="  indented\nlast line ends in a space ", subject="a\r\nBcc: x@exemple.fr")
def test_any_words_come_back(text: str, subject: str) -> None:
    message = from_bytes(to_bytes(letter(text=text, subject=subject)))
    assert message.text == text.rstrip("\n")
    assert message.to == "christian@exemple.fr"
    assert message.sent_at == SENT_AT
    if subject.strip() == subject and "=?" not in subject and "\r" not in subject:
        assert message.subject == subject


def drop(inbox: Path, name: str, content: bytes) -> None:
    """Put a file into the inbox, as anybody may."""
    (inbox / "new" / name).write_bytes(content)


async def test_what_is_no_message_is_shown_as_unreadable_and_hides_no_other(tmp_path: Path) -> None:
    path = tmp_path / "inbox"
    await Maildir(path).send(letter())
    os.mkfifo(path / "new" / "fifo")
    (path / "new" / "folder").mkdir()
    (path / "new" / "link").symlink_to("/dev/zero")
    (tmp_path / "secret").write_bytes(b"From: a\n\nnobody's business")
    (path / "new" / "out").symlink_to(tmp_path / "secret")
    (path / "new" / "loop").symlink_to("loop")
    with (path / "new" / "huge").open("wb") as huge:
        huge.truncate(1 << 33)
    drop(path, "closed", b"From: a\n\n")
    (path / "new" / "closed").chmod(0)
    messages = await asyncio.wait_for(Maildir(path).messages(), 5)
    assert sum(message.is_readable for message in messages) >= 1
    assert len(messages) == 8
    assert not any("business" in message.text for message in messages)
    assert "Votre code : 034567" in [message.text for message in messages]
    assert len([one for one in messages if not one.is_readable]) >= 6


async def test_a_megabyte_is_read_and_not_a_byte_more(tmp_path: Path) -> None:
    path, head = tmp_path / "inbox", b"From: a\n\n"
    await Maildir(path).send(letter())
    for name, size in (("whole", 1024 * 1024), ("beyond", 1024 * 1024 + 1)):
        drop(path, name, head + b"x" * (size - len(head)))
    found = [
        len(each.text) if each.is_readable else None for each in await Maildir(path).messages()
    ]
    assert None in found
    assert 1024 * 1024 - len(head) in found


def test_a_mail_without_a_date_is_older_than_any_other() -> None:
    assert from_bytes(b"From: a\n\nhello").sent_at == datetime(1970, 1, 1, tzinfo=UTC)


MUTANTS = (
    b"Date: not a date\nX-Channel: pigeon\n\nhello",
    b"Date: Mon, 32 Foo 99999 99:99:99 +9999\n\nhello",
    b"Date: Fri, 31 Dec 9999 23:59:59 -1200\n\nhello",
    b"Subject: =?x-unknown?b?////?=\nTo: =?utf-8?b?!!?=\n\nhello",
    b"From: \xff\xfe\nSubject: =?utf-16?q?=D8?=\nContent-Type: text/plain; charset=nope\n\nhello",
    b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: a/b\n\n\n--x\n\nhello\n--x--",
)


@pytest.mark.parametrize("raw", MUTANTS)
def test_a_mail_is_read_as_far_as_it_can_be(raw: bytes) -> None:
    message = from_bytes(raw, SENT_AT)
    assert message.text.strip() == "hello"
    assert message.sent_at == SENT_AT


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_mutated_mail_ends_nothing(data: st.DataObject) -> None:
    raw = bytearray(to_bytes(letter()))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
        raw += b"\n"
    message = from_bytes(bytes(raw), SENT_AT)
    assert message.sent_at.tzinfo is not None
    message.model_dump_json()
