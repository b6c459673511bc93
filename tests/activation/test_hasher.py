"""Hashing is heavy: it goes last, and its threads end with the hasher."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from espace_tui.activation.crypto.hasher import Hasher
from espace_tui.activation.crypto.keys import open_keys
from tests.activation.world import QUICK

NICE = 16
"""Where the niceness stands after the name of a thread, in the words of proc(5)."""


THREADS = Path("/proc/self/task")


def threads() -> set[Path]:
    """Return the threads of this process."""
    return set(THREADS.iterdir())


def niceness(thread: Path) -> int:
    """Return how much a thread of this process lets others go first."""
    return int((thread / "stat").read_text("utf-8").rpartition(")")[2].split()[NICE])


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere threads have no niceness of theirs")
async def test_a_hash_lets_everything_else_go_first(tmp_path: Path) -> None:
    usual, before = os.nice(0), threads()
    hasher = Hasher(open_keys(tmp_path / "keys.json"), QUICK)
    await hasher.hash("password", "Kv7-rTm2qe!")
    made = threads() - before
    assert {niceness(each) for each in made} == {min(usual + 10, 19)}
    assert os.nice(0) == usual
    await hasher.aclose()


async def test_the_threads_end_with_the_hasher(tmp_path: Path) -> None:
    before = set(threading.enumerate())
    hasher = Hasher(open_keys(tmp_path / "keys.json"), QUICK)
    await hasher.hash("password", "Kv7-rTm2qe!")
    made = set(threading.enumerate()) - before
    await hasher.aclose()
    for thread in made:
        thread.join(5)
    assert made
    assert not any(thread.is_alive() for thread in made)
