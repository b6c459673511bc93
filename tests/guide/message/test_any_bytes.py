"""Any bytes are a message: the reader stays within its limits, and « unreadable » is the worst."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.guide.message import process
from espace_tui.guide.message.inspection import inspect
from espace_tui.guide.message.letter import Letter, from_json, to_json
from espace_tui.guide.message.limits import OUTPUT_BYTES, TOKEN, WALL_SECONDS
from espace_tui.guide.message.mime import decoded
from espace_tui.guide.message.process import read_letter
from espace_tui.guide.message.reader import answer
from espace_tui.guide.message.signs.authentication import BELIEVED
from espace_tui.guide.message.signs.links import find_links, judge_links
from espace_tui.guide.message.visible import line, visible
from tests.guide.message.forgeries import RED_TEAM
from tests.guide.message.frauds import FRAUDS
from tests.guide.message.genuine import GENUINE
from tests.guide.message.layouts import LAYOUTS, WHOLE_SOURCE
from tests.guide.message.letters import gmail, mail

SEEDS = [case.data for case in GENUINE + FRAUDS + RED_TEAM]
PIECES = (
    b"\x00", b"\xff\xfe", b"\r\n\r\n", b"\n--b\n", b"=?utf-8?b?", b"?=", b"Content-Type: ",
    b"; charset=x", b"multipart/", b"message/rfc822\n\n", b"filename*0*=utf-8''%", b"(" * 50,
    b"<" * 20, b"\xe2\x80\xae", b"\x1b[2J", b"From: <x@y.fr>, ", b"<a href=", b'"', b"&#x1b;",
    b"Content-Transfer-Encoding: base64\n",
)  # fmt: skip
MUTATIONS = 1_500
SOAK = 100_000
SLACK = 5.0
"""What a busy machine takes to start and end a process that was given its whole time."""
NEVER = [chr(code) for code in (*range(10), *range(11, 32), *range(127, 160))]
NEVER += ["\u202e", "\u2066", "\u200b", "\u200f", "\u2028", "\ufeff", "\U000e0041", "\ud800"]


def mutated(chance: random.Random) -> bytes:
    """One of the invented messages, spoiled in a few places."""
    data = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data) + 1)
        kind = chance.randrange(4)
        if kind == 0:
            data[at:at] = chance.choice(PIECES)
        elif kind == 1:
            del data[at : at + chance.randint(1, 40)]
        elif kind == 2 and at < len(data):
            data[at] = chance.randrange(256)
        else:
            data[at:at] = data[at : at + chance.randint(1, 200)]
    return bytes(data)


def check(data: bytes) -> None:
    """Judge a message as the reader process does; what it answers is small, valid and harmless."""
    try:
        written = answer("read", data, BELIEVED)
    except RecursionError:
        return  # the reader process ends, and its parent says « unreadable »
    assert len(written) <= OUTPUT_BYTES
    letter = from_json(json.loads(written))
    assert harmless(letter)


def harmless(letter: Letter) -> bool:
    shown = [letter.text, *texts_of(letter)]
    return not any(character in text for text in shown for character in NEVER)


def texts_of(letter: Letter) -> list[str]:
    values = [value for finding in letter.findings for value in finding.values.values()]
    names = [letter.sender, letter.sender_name, letter.recipient, letter.subject]
    return [*names, letter.forwarded_by, *letter.hosts, *values]


def test_a_mutated_message_is_judged_or_unreadable() -> None:
    chance = random.Random(20261126)
    for _ in range(MUTATIONS):
        check(mutated(chance))


@pytest.mark.soak
def test_a_hundred_thousand_mutated_messages_are_judged_or_unreadable() -> None:
    chance = random.Random(8601)
    for _ in range(SOAK):
        check(mutated(chance))


def test_a_mutated_message_never_gains_by_it() -> None:
    """No spoiled forgery is « nothing unusual »: that needs the headers of a believed server."""
    chance = random.Random(7)
    for _ in range(MUTATIONS // 3):
        data = mutated(random.Random(chance.random()))
        verdict = inspect(data, ()).verdict
        assert verdict != "nothing-unusual"


NESTED = b"".join(b"Content-Type: message/rfc822\n\n" for _ in range(3_000))
BOMBS = {
    "nested mails": b"Subject: x\n" + NESTED,
    "parentheses": b"From: " + b"(" * 20_000 + b"\nSubject: x\n\nx",
    "boundaries": b"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n" * 200_000,
    "multiparts": b"Subject: x\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(2_000)
    ),
    "headers": b"Subject: x\n" + b"X-Y: z\n" * 300_000 + b"\nx",
    "one header": b"Subject: " + b"x" * 4_000_000 + b"\n\nx",
    "encoded words": b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\n\nx",
    "tags": b"Subject: x\nContent-Type: text/html\n\n" + b"<div>" * 400_000,
    "open tags": b"Subject: x\nContent-Type: text/html\n\n" + b"<a href=" * 300_000,
    "entities": b"Subject: x\nContent-Type: text/html\n\n" + b"&" * 1_000_000,
    "links": b"http://a.fr/ " * 300_000,
    "dots": b"a." * 2_000_000,
    "words": b"carte vitale " * 300_000,
    "verbs": b"saisissez " * 400_000,
    "marks": ("a" + "\u0301" * 1_000_000).encode(),
    "zeros": bytes(5 * 1024 * 1024),
    "rfc2231": b"Subject: x\nContent-Disposition: attachment; "
    + b"; ".join(b"filename*%d*=%%41" % n for n in range(20_000)) + b"\n\nx",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_within_the_limits(name: str) -> None:
    started = time.monotonic()
    try:
        assert harmless(read_letter(BOMBS[name]))
    except InvalidValue as error:
        assert error.code in {"message.unreadable", "message.empty"}  # noqa: PT017 — either is right
    assert time.monotonic() - started < WALL_SECONDS + SLACK


def test_a_mail_is_known_by_the_reader_process_after_it_gave_up_its_files() -> None:
    """Codecs and modules that the standard library imports late are there before."""
    odd = (
        "=?koi8-r?b?8NLJ18XU?=", "=?iso-8859-15?q?=A4?=", "=?x-unknown?q?a?=", "=?utf-7?q?+AGE-?=",
    )  # fmt: skip
    for subject in odd:
        assert read_letter(mail(subject=subject)).sender
    named = b"Content-Disposition: attachment; filename*=x-unknown''%41\n"
    found = read_letter(b"Subject: x\n" + named + b"\nx").findings
    assert "incomplete" not in {finding.code for finding in found}
    body = b"Subject: x\nContent-Type: text/plain; charset=%s\n\nr\xe9ponse"
    for charset in (b"x-unknown", b"utf-16", b"idna", b"rot13", b"\xff", b"iso-2022-jp"):
        assert "ponse" in read_letter(body % charset).text or charset == b"utf-16"


def test_a_reader_that_is_killed_leaves_an_unreadable_message() -> None:
    """`kill -9`, while it reads."""
    before = children()
    bomb = threading.Timer(0.05, lambda: kill(children() - before))
    bomb.start()
    try:
        read_letter(BOMBS["encoded words"])
    except InvalidValue as error:
        assert error.code == "message.unreadable"  # noqa: PT017 — it may have been quicker
    bomb.join()


def kill(processes: set[int]) -> None:
    for each in processes:
        os.kill(each, signal.SIGKILL)


def children() -> set[int]:
    path = Path(f"/proc/self/task/{threading.main_thread().native_id}/children")
    return {int(each) for each in path.read_text().split()} if path.exists() else set()


LIMITS = """
import sys; sys.path[:0] = sys.argv[1:3]
from espace_tui.guide.message import reader
reader._load_what_is_needed(); reader._give_up_everything()
def refused(attempt):
    try: attempt()
    except (OSError, MemoryError): return True
    return False
import socket, os
assert refused(lambda: open("/etc/passwd"))
assert refused(socket.socket)
assert refused(os.pipe)
assert refused(lambda: bytearray(400 * 1024 * 1024))
print("held")
"""


def test_the_reader_can_open_no_file_and_no_socket_and_has_little_memory() -> None:
    done = _with_limits(LIMITS)
    assert (done.stdout, done.stderr) == ("held\n", "")


ALIKE = """
import sys; sys.path[:0] = sys.argv[1:3]
import json
from espace_tui.guide.message import reader
messages = [bytes.fromhex(each) for each in json.load(sys.stdin)]
reader._load_what_is_needed(); reader._give_up_everything()
print(json.dumps([reader.answer("read", each, sys.argv[3:]).decode() for each in messages]))
"""


def test_without_any_file_every_message_is_read_as_with_them() -> None:
    """No codec nor module is missing once the reader has given up its files."""
    messages = [*SEEDS, *LAYOUTS.values(), WHOLE_SOURCE.encode()]
    done = _with_limits(ALIKE, *BELIEVED, given=json.dumps([each.hex() for each in messages]))
    assert done.stderr == ""
    assert json.loads(done.stdout) == [answer("read", m, BELIEVED).decode() for m in messages]


def _with_limits(script: str, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script as the reader process runs."""
    import typing_extensions  # noqa: PLC0415 — as the parent finds it

    folders = [Path(process.__file__).parents[3], Path(typing_extensions.__file__).parent]
    command = [sys.executable, "-I", "-S", "-c", script, *map(str, folders), *words]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "found",
    [
        None,
        [],
        {},
        to_json(Letter()) | {"sender": 1},
        to_json(Letter()) | {"sent_on": "2026-13-45"},
        to_json(Letter()) | {"sent_on": "yesterday"},
        to_json(Letter()) | {"code": "<script>"},
        to_json(Letter()) | {"hosts": "x"},
        to_json(Letter()) | {"findings": [["authentic", {}]]},
        to_json(Letter()) | {"findings": [["link.disguised", {"how": "?"}]]},
        to_json(Letter()) | {"findings": [["hurry", []]]},
    ],
)
def test_what_the_reader_says_is_checked_as_if_it_were_foreign(found: object) -> None:
    with pytest.raises(InvalidValue, match=r"message\.unreadable"):
        from_json(found)


def test_what_the_reader_says_is_made_harmless_again() -> None:
    letter = from_json(to_json(Letter(subject="\x1b[2Jx", text="\u202ex", sender="y" * 500)))
    assert harmless(letter)
    assert len(letter.sender) == TOKEN


def test_an_empty_or_a_huge_message_is_not_read() -> None:
    for data, code in ((b" \n", "message.empty"), (b"x" * (5 * 1024**2 + 1), "message.too-large")):
        with pytest.raises(InvalidValue, match=code):
            read_letter(data)


@given(st.text())
def test_any_text_becomes_visible(text: str) -> None:
    assert not any(character in visible(text) for character in NEVER)
    shown = line(text, 40)
    assert len(shown) <= 40
    assert "\n" not in shown


@given(st.text(max_size=200))
def test_any_header_is_decoded(text: str) -> None:
    assert isinstance(decoded(text), str)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_link_is_judged(address: str, shown: str) -> None:
    for finding in judge_links([(address, shown), (f"https://{address}", shown)]):
        assert not any(c in text for text in finding.values.values() for c in NEVER)
    find_links(address)


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_header_of_a_sender_proves_anything(name: str, value: str) -> None:
    forged = ((name.replace("\n", " "), value.replace("\n", " ")),)
    assert inspect(mail(above=forged), BELIEVED).verdict != "nothing-unusual"


def test_the_genuine_one_is_still_recognised() -> None:
    assert inspect(gmail(), BELIEVED).verdict == "nothing-unusual"
