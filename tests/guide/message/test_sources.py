"""A message is taken from wherever it lies: opened once, never written to, never without an end."""

from __future__ import annotations

import os
import random
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from espace_tui.errors import InvalidValue
from espace_tui.guide.message.limits import HEAD_BYTES, LISTED, MESSAGE_BYTES
from espace_tui.guide.message.process import read_previews
from espace_tui.guide.message.sources import MessageSource, from_bytes, open_source
from tests.guide.message.letters import mail


def numbered(number: int) -> bytes:
    return mail(f"personne{number}@exemple.fr", f"Bonjour {number}", subject=f"Message {number}")


def mbox(count: int) -> bytes:
    return b"".join(
        b"From x Sun Nov 22 10:00:00 2026\n" + numbered(n) + b"\n" for n in range(count)
    )


def maildir(folder: Path, count: int) -> Path:
    for name in ("new", "cur", "tmp"):
        (folder / name).mkdir(parents=True)
    for n in range(count):
        path = folder / ("new" if n % 2 else "cur") / f"{n}.host:2,"
        path.write_bytes(numbered(n))
        os.utime(path, (n + 1, n + 1))
    return folder


def subjects(source: MessageSource) -> list[str]:
    previews = read_previews([source.head(n) for n in range(source.listed)])
    return [each.subject for each in previews]


@contextmanager
def opened_files() -> Iterator[list[tuple[str, int]]]:
    """Every file that is opened meanwhile, with its flags."""
    seen: list[tuple[str, int]] = []
    active = [True]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if active[0] and event == "open":
            seen.append((str(arguments[0]), int(str(arguments[2] or 0))))

    sys.addaudithook(hook)
    try:
        yield seen
    finally:
        active[0] = False


def test_a_file_is_one_message(tmp_path: Path) -> None:
    path = tmp_path / "m.eml"
    path.write_bytes(mail())
    with open_source(path) as source:
        assert (source.total, source.listed, source.message(0)) == (1, 1, mail())
        assert source.head(0) == mail()[:HEAD_BYTES]


def test_an_mbox_lists_its_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "mbox"
    path.write_bytes(mbox(3))
    with open_source(path) as source:
        assert subjects(source) == ["Message 2", "Message 1", "Message 0"]
        assert b"Bonjour 1" in source.message(1)
        assert b"Bonjour 2" not in source.message(1)


def test_an_mbox_with_line_ends_of_windows_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "mbox"
    path.write_bytes(mbox(3).replace(b"\n", b"\r\n"))
    with open_source(path) as source:
        assert subjects(source) == ["Message 2", "Message 1", "Message 0"]


def test_a_line_that_begins_with_from_within_a_message_is_no_other_message(tmp_path: Path) -> None:
    path = tmp_path / "mbox"
    path.write_bytes(b"From x Sun\n" + mail(text="Bonjour\nFrom here on\n") + b"\n")
    with open_source(path) as source:
        assert source.total == 1


def test_only_the_newest_of_a_large_mbox_are_listed_and_progress_is_told(tmp_path: Path) -> None:
    path, told = tmp_path / "mbox", []
    path.write_bytes(mbox(LISTED + 50))
    with open_source(path, lambda done, of: told.append((done, of))) as source:
        assert (source.total, source.listed) == (LISTED + 50, LISTED)
        assert read_previews([source.head(0)])[0].subject == f"Message {LISTED + 49}"
        assert len(subjects(source)) == LISTED
    assert told[-1] == (path.stat().st_size,) * 2


def test_a_maildir_lists_its_newest_first(tmp_path: Path) -> None:
    with open_source(maildir(tmp_path / "mail", 3)) as source:
        assert subjects(source) == ["Message 2", "Message 1", "Message 0"]


def test_nothing_is_marked_as_seen_nor_written(tmp_path: Path) -> None:
    folder = maildir(tmp_path / "mail", 4)
    before = {path: path.stat() for path in folder.rglob("*")}
    with opened_files() as seen, open_source(folder) as source:
        source.message(0)
    after = {path: path.stat() for path in folder.rglob("*")}
    assert before.keys() == after.keys()
    for path, state in before.items():
        assert (state.st_mtime_ns, state.st_ctime_ns) == (
            after[path].st_mtime_ns,
            after[path].st_ctime_ns,
        )
    assert all(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) == 0 for _, flags in seen)


def test_a_message_is_opened_once(tmp_path: Path) -> None:
    path = tmp_path / "m.eml"
    path.write_bytes(mail())
    with opened_files() as seen, open_source(path) as source:
        source.head(0)
        source.message(0)
    assert [name for name, _ in seen if name == str(path)] == [str(path)]


def test_no_link_leads_out_of_a_folder(tmp_path: Path) -> None:
    folder = maildir(tmp_path / "mail", 1)
    (tmp_path / "secret").write_bytes(numbered(9))
    (folder / "new" / "out").symlink_to(tmp_path / "secret")
    with open_source(folder) as source:
        assert source.total == 1
    other = tmp_path / "other"
    other.mkdir()
    (other / "new").symlink_to(folder / "cur")
    with pytest.raises(InvalidValue, match=r"^message\.empty-folder$"), open_source(other):
        pass


def test_a_folder_of_message_files_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.EML").write_bytes(numbered(1))
    (tmp_path / "b.emlx").write_bytes(numbered(2))
    (tmp_path / "c.txt").write_bytes(numbered(3))
    with open_source(tmp_path) as source:
        assert sorted(subjects(source)) == ["Message 1", "Message 2"]


def test_a_folder_without_end_is_read_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("espace_tui.guide.message.sources.ENTRIES", 5)
    with open_source(maildir(tmp_path / "mail", 30)) as source:
        assert source.total == 10


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "is-outlook"),
        (b"%PDF-1.7", "is-pdf"),
        (b"PK\x03\x04", "is-archive"),
        (b"\x1f\x8b\x08", "is-archive"),
        (b"\x89PNG\r\n", "is-image"),
        (b"\xff\xd8\xff\xe0", "is-image"),
        (b"RIFF....WEBP", "is-image"),
        (b"\x00\x00\x00\x18ftypheic", "is-image"),
        (random.Random(8).randbytes(3000), "is-binary"),
        (b"\x7fELF\x02\x01\x01\x00", "is-binary"),
        (b"Subject: x\n\n" + bytes(100), "is-binary"),
    ],
)
def test_what_is_no_message_is_told_how_to_be_saved(
    tmp_path: Path, start: bytes, code: str
) -> None:
    path = tmp_path / "x"
    path.write_bytes(start + bytes(100))
    with pytest.raises(InvalidValue, match=code), open_source(path):
        pass
    with pytest.raises(InvalidValue, match=code):
        from_bytes(start)


@pytest.mark.parametrize(
    "text",
    [
        b"Subject: \x1b[31mx\x1b[0m\r\n\r\n\tBonjour\x0c\x00",
        "Votre Espace sant\u00e9 est pr\u00eat".encode("utf-16"),
        "Votre Espace sant\u00e9 est pr\u00eat".encode("latin-1"),
        b"\n",
    ],
)
def test_a_text_is_read_whatever_its_encoding(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(text)
    with open_source(path) as source:
        assert source.message(0) == text
    assert from_bytes(text).message(0) == text


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        for path in (tmp_path / "fifo", tmp_path / "socket", Path("/dev/zero")):
            with pytest.raises(InvalidValue, match=r"^message\.not-a-file$"), open_source(path):
                pass


@pytest.mark.parametrize(
    ("name", "code"),
    [("absent", "not-there"), ("a\0b", "not-readable"), ("n" * 300, "not-readable")],
)
def test_what_is_not_there_is_told(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(InvalidValue, match=code), open_source(tmp_path / name):
        pass


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=r"^message\.empty-folder$"), open_source(tmp_path):
        pass


def test_a_file_of_a_gigabyte_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.write(b"Subject: x\n")
        file.truncate(1024**3)
    with pytest.raises(InvalidValue, match=r"^message\.too-large$"), open_source(path):
        pass
    with pytest.raises(InvalidValue, match=r"^message\.too-large$"):
        from_bytes(b"x" * (MESSAGE_BYTES + 1))


def test_a_large_message_of_a_mailbox_is_refused_but_listed(tmp_path: Path) -> None:
    path = tmp_path / "mbox"
    path.write_bytes(
        mbox(1) + b"From x Sun\nSubject: Long\n\n" + b"x" * MESSAGE_BYTES + b"\n\n" + mbox(1)
    )
    with open_source(path) as source:
        assert subjects(source) == ["Message 0", "Long", "Message 0"]
        with pytest.raises(InvalidValue, match=r"^message\.too-large$"):
            source.message(1)
