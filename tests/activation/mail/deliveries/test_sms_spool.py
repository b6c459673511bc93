"""A text message leaves by a real gammu-smsd, whose telephone only pretends."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from espace_tui.activation.mail.deliveries.sms_spool import SpoolDelivery
from espace_tui.errors import Unreachable
from espace_tui.model.values import Channel
from tests.activation.mail.deliveries.letters import letter

TO = "+33612345646"
SMS = replace(letter(channel=Channel.SMS, to=TO), text="L’accès : 034567 à « é € »")
needs_gammu = pytest.mark.skipif(
    shutil.which("gammu-smsd") is None, reason="gammu-smsd is not on this machine"
)
SETTINGS = """
[gammu]
model = dummy
connection = none
device = {folder}/telephone
gammuloc = /dev/null
[smsd]
service = files
logfile = {folder}/log
inboxpath = {folder}/in/
outboxpath = {folder}/out/
sentsmspath = {folder}/sent/
errorsmspath = {folder}/failed/
commtimeout = 1
loopsleep = 1
statusfrequency = 0
"""


@needs_gammu
def test_gammu_sends_what_was_left_in_its_outbox(tmp_path: Path) -> None:
    for name in ("telephone/sms/1", "in", "out", "sent", "failed"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "smsdrc").write_text(SETTINGS.format(folder=tmp_path), "utf-8")
    leave(tmp_path / "out")
    with subprocess.Popen(["gammu-smsd", "-c", tmp_path / "smsdrc"]) as gammu:
        try:
            sent = wait_for(tmp_path / "sent")
        finally:
            gammu.terminate()
    assert sent.read_text("utf-16") == 'L\'accès : 034567 à " é € "'
    assert f"Transmitted {sent.name} (total: 1) to {SMS.to}" in (tmp_path / "log").read_text()


def wait_for(folder: Path) -> Path:
    for _ in range(200):
        if found := list(folder.iterdir()):
            return found[0]
        time.sleep(0.1)
    pytest.fail("gammu-smsd sent nothing in 20 s")


def leave(folder: Path) -> None:
    asyncio.run(SpoolDelivery(folder).send(SMS))


def test_a_message_left_twice_is_there_once_and_not_for_everybody(tmp_path: Path) -> None:
    leave(tmp_path)
    leave(tmp_path)
    (left,) = tmp_path.iterdir()
    assert left.name == f"OUTC20261123_090000_00_+33612345646_{SMS.id}.txt"
    assert stat.S_IMODE(left.stat().st_mode) & stat.S_IRWXO == 0


def test_what_a_telephone_may_not_show_is_written_plainly(tmp_path: Path) -> None:
    asyncio.run(
        SpoolDelivery(tmp_path).send(replace(SMS, text="L’an «\N{NO-BREAK SPACE}1 » – 2 — 3… X"))
    )
    (left,) = tmp_path.iterdir()
    assert left.read_text("utf-16") == 'L\'an " 1 " - 2 - 3... X'


def test_what_a_killed_process_left_half_written_is_gone(tmp_path: Path) -> None:
    (tmp_path / f".{SMS.id}").write_text("half")
    leave(tmp_path)
    assert [left.name[:4] for left in tmp_path.iterdir()] == ["OUTC"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder to another group")
def test_a_message_is_of_its_folder_s_group_and_still_its_owner_s(tmp_path: Path) -> None:
    os.chown(tmp_path, -1, 12)
    leave(tmp_path)
    (left,) = tmp_path.iterdir()
    assert (left.stat().st_uid, left.stat().st_gid) == (os.geteuid(), 12)


def test_without_its_folder_every_message_waits(tmp_path: Path) -> None:
    with pytest.raises(Unreachable):
        leave(tmp_path / "gone")
